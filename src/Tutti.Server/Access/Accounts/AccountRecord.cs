namespace Tutti.Server.Access.Accounts;

/// <summary>An account as it is kept.</summary>
/// <param name="Name">As it was typed; <see cref="AccountNames.KeyOf"/> of it is unique.</param>
/// <param name="PasswordHash">Of ASP.NET Core Identity's hasher: its format, salt and iterations are in it.</param>
public sealed record AccountRecord(AccountId Id, string Name, string PasswordHash, bool IsAdministrator, UtcMicros CreatedAt)
{
    /// <summary>Whether the administrator gave it the right to upload; administrators need none.</summary>
    public bool MayUpload { get; init; }

    /// <summary>Keeps the hash out of logs.</summary>
    public override string ToString() => $"account {Id}";
}

/// <summary>Port: where accounts are kept.</summary>
public interface IAccountStore
{
    Task<AccountRecord?> FindAsync(AccountId id, CancellationToken ct);

    Task<AccountRecord?> FindByNameAsync(string nameKey, CancellationToken ct);

    Task<bool> HasAdministratorAsync(CancellationToken ct);

    /// <summary>False when the name is taken, or the link is not good any more; then nothing has changed, the link included.</summary>
    /// <param name="signUpLinkHash">A sign-up link that is used up by this; null when none is needed.</param>
    Task<AddedAccount> AddAsync(AccountRecord account, string nameKey, string? signUpLinkHash, CancellationToken ct);

    /// <returns>False when the account has another hash by now, or is gone; then nothing has changed.</returns>
    Task<bool> ReplacePasswordHashAsync(AccountId id, string former, string next, CancellationToken ct);

    /// <returns>False when there is no such account.</returns>
    Task<bool> SetMayUploadAsync(AccountId id, bool mayUpload, CancellationToken ct);

    /// <summary>All accounts by name, each with when a credential of it was last used; null: never.</summary>
    Task<IReadOnlyList<(AccountRecord Account, UtcMicros? UsedAt)>> ListAsync(CancellationToken ct);

    /// <summary>Deletes the account with all its credentials, and notes in the same step that what it left elsewhere is to be cleared away.</summary>
    /// <returns>False when it is the only administrator while there are other accounts; then nothing has changed.</returns>
    Task<bool> DeleteAsync(AccountId id, CancellationToken ct);

    /// <summary>Accounts that were deleted, and are not cleared away yet.</summary>
    Task<IReadOnlyList<(AccountId Id, string Name)>> EndedAsync(CancellationToken ct);

    /// <summary>A deleted account has left nothing any more.</summary>
    Task ClearedAsync(AccountId id, CancellationToken ct);

    Task AddSignUpLinkAsync(SignUpLink link, CancellationToken ct);

    /// <summary>Links that are still good, newest first.</summary>
    Task<IReadOnlyList<SignUpLink>> SignUpLinksAsync(UtcMicros now, CancellationToken ct);

    /// <returns>False when there was none.</returns>
    Task<bool> DeleteSignUpLinkAsync(string id, CancellationToken ct);
}

/// <summary>How adding an account ended.</summary>
public enum AddedAccount
{
    Added,
    NameTaken,
    LinkNotGood,
}

/// <summary>Lets one person sign up, once.</summary>
/// <param name="Hash">Of its secret.</param>
public sealed record SignUpLink(string Id, string Hash, UtcMicros CreatedAt, UtcMicros ExpiresAt)
{
    /// <summary>A new link and its secret, which is kept nowhere.</summary>
    public static (SignUpLink Link, string Secret) New(UtcMicros now, TimeSpan life)
    {
        var secret = Randoms.Secret();
        return (new SignUpLink(Randoms.Id(), Randoms.HashOf(secret), now, now + life), secret);
    }
}
