using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Tutti.Server.Access.Accounts;

/// <summary>
/// Password rules, and ASP.NET Core Identity's hasher: PBKDF2 with HMAC-SHA512 and 210,000 rounds (OWASP Password Storage Cheat Sheet). Hashing
/// takes a tenth of a second of a core, so at most half the cores do it at once: clock probes must not wait for it.
/// </summary>
public sealed class Passwords : IDisposable
{
    public const int MinLength = 8;
    public const int MaxLength = 256;
    private const int Rounds = 210_000;
    private const int MinDistinct = 5;

    private readonly PasswordHasher<AccountRecord> _hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = Rounds }));
    private readonly SemaphoreSlim _slots = new(Math.Max(1, Environment.ProcessorCount / 2));
    private readonly Lazy<string> _nobodysHash;

    public Passwords() => _nobodysHash = new(() => _hasher.HashPassword(null!, Randoms.Secret()));

    /// <summary>Null when the password will do, else why not, for people.</summary>
    public static string? Unfit(string password, string name)
    {
        ArgumentNullException.ThrowIfNull(password);
        return password.Length switch
        {
            < MinLength => $"A password has at least {MinLength} characters.",
            > MaxLength => $"A password has at most {MaxLength} characters.",
            _ when password.Distinct().Count() < MinDistinct => "This password repeats too few characters; take a longer phrase.",
            _ when CommonPasswords.Contains(password) => "This password is one of the first that anybody tries; take another.",
            _ when AccountNames.KeyOf(password).Contains(AccountNames.KeyOf(name), StringComparison.Ordinal) && password.Length < name.Length + MinLength
                => "A password must not be little more than the name.",
            _ => null,
        };
    }

    public Task<string> HashAsync(string password, CancellationToken ct) => InTurnAsync(() => _hasher.HashPassword(null!, password), ct);

    /// <summary>Whether the password is right. With no hash it takes as long and is wrong: nobody learns which names exist.</summary>
    public Task<PasswordCheck> CheckAsync(string? hash, string password, CancellationToken ct) => InTurnAsync(
        () => _hasher.VerifyHashedPassword(null!, hash ?? _nobodysHash.Value, password) switch
        {
            _ when hash is null => PasswordCheck.Wrong,
            PasswordVerificationResult.Success => PasswordCheck.Right,
            PasswordVerificationResult.SuccessRehashNeeded => PasswordCheck.RightButHashedOldFashioned,
            _ => PasswordCheck.Wrong,
        },
        ct);

    /// <summary>Does what takes as long as hashing a password in its turn; rooms' passwords too.</summary>
    public async Task<T> InTurnAsync<T>(Func<T> work, CancellationToken ct)
    {
        await _slots.WaitAsync(ct);
        try
        {
            return await Task.Run(work, ct);
        }
        finally
        {
            _slots.Release();
        }
    }

    public void Dispose() => _slots.Dispose();
}

/// <summary>How a password check ended.</summary>
public enum PasswordCheck
{
    Wrong,
    Right,

    /// <summary>Right; its hash should be made anew.</summary>
    RightButHashedOldFashioned,
}
