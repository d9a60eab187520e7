using System.Text;

namespace Tutti.Server.Library.Uploads;

/// <summary>Names from outside as names of files: one plain component, good on every file system, never hidden, never a way out of the folder.</summary>
public static class SafeNames
{
    private const int MaxBytes = 150;
    private static readonly string[] s_reserved = ["CON", "PRN", "AUX", "NUL", .. Enumerable.Range(1, 9).SelectMany(n => new[] { $"COM{n}", $"LPT{n}" })];

    /// <summary>The last part of a path, made safe; <paramref name="otherwise"/> when nothing is left of it.</summary>
    public static string OfFile(string name, string otherwise) => Of(name[(name.LastIndexOfAny(['/', '\\']) + 1)..], otherwise);

    /// <inheritdoc cref="OfFile"/>
    /// <summary>A name as one component: slashes in it become <c>-</c>.</summary>
    public static string Of(string name, string otherwise)
    {
        var safe = new StringBuilder();
        var bytes = 0;
        foreach (var rune in name.EnumerateRunes())
        {
            var kept = rune.Value is '/' or '\\' or ':' or '|' ? new Rune('-')
                : Rune.IsControl(rune) || rune.Value is '<' or '>' or '"' or '?' or '*' or 0xFFFD or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069) ? (Rune?)null
                : rune;
            if (kept is { } letter && (bytes += letter.Utf8SequenceLength) <= MaxBytes)
            {
                safe.Append(letter);
            }
        }
        var text = safe.ToString().Trim().TrimStart('.').TrimEnd('.', ' ').TrimStart();
        return text.Length == 0 || s_reserved.Contains(text.Split('.')[0].ToUpperInvariant()) ? otherwise : text;
    }
}
