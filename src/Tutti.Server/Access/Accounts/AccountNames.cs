namespace Tutti.Server.Access.Accounts;

/// <summary>What an account may be called.</summary>
public static class AccountNames
{
    public const int MinLength = 2;
    public const int MaxLength = 32;

    /// <summary>What the rule is, for people.</summary>
    public static string Rule { get; } =
        $"A name has {MinLength} to {MaxLength} letters and digits, with spaces, dots, hyphens, underscores or apostrophes between them.";

    /// <summary>Combining marks and signs outside the basic plane are left out: two names that look alike should be alike.</summary>
    public static bool IsFit(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Length is >= MinLength and <= MaxLength
            && char.IsLetterOrDigit(name[0]) && char.IsLetterOrDigit(name[^1])
            && name.All(static letter => char.IsLetterOrDigit(letter) || letter is ' ' or '.' or '-' or '_' or '\'');
    }

    /// <summary>By what an account is found: case makes no difference.</summary>
    public static string KeyOf(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Trim().ToLowerInvariant();
    }
}
