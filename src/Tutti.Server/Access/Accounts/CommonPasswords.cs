using System.Collections.Frozen;

namespace Tutti.Server.Access.Accounts;

/// <summary>
/// Passwords that guessers try first. A short list is enough here: guesses are few (<see cref="Guessing.GuessLimits"/>), and no list of a
/// hundred thousand would be left to them.
/// </summary>
internal static class CommonPasswords
{
    private static readonly string[] s_stems =
    [
        "password", "passwort", "passw0rd", "p@ssword", "p@ssw0rd", "letmein", "welcome", "willkommen", "qwerty", "qwertyui", "qwertyuiop", "qwertz", "qwertzui",
        "azerty", "azertyui", "asdfghjk", "asdfghjkl", "iloveyou", "sunshine", "princess", "football", "baseball", "superman", "batman", "starwars",
        "trustno1", "whatever", "computer", "internet", "changeme", "changeit", "administrator", "admin", "master", "michelle", "jennifer", "charlie",
        "1q2w3e4r", "1qaz2wsx", "q1w2e3r4", "zaq12wsx", "abcd", "abcdefgh", "abc123", "a1b2c3d4", "monkey", "dragon", "secret", "geheim", "shadow", "hallo", "hello",
        "music", "spotify", "youtube", "tutti", "guest", "default", "login", "12345678", "123456789", "1234567890", "87654321", "987654321", "0987654321",
    ];

    private static readonly string[] s_endings = ["", "1", "12", "123", "1234", "12345", "123456", "!", "1!", "123!", "?", "2024", "2025", "2026", "2027"];

    private static readonly FrozenSet<string> s_all =
        s_stems.SelectMany(_ => s_endings, static (stem, ending) => stem + ending).ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public static bool Contains(string password) => s_all.Contains(password);
}
