namespace Tutti.Server.Access.Credentials;

/// <summary>What an account signed in with, as it is kept: one row for each browser, app and script, until it is revoked or has expired.</summary>
/// <param name="Name">What it is, for people: the browser, or the name that a token was given.</param>
/// <param name="SecretHash">Of the secret that it shows; empty for a bearer token, whose signature is its proof.</param>
/// <param name="UsedAt">To some minutes.</param>
/// <param name="ExpiresAt">Null: never.</param>
public sealed record CredentialRecord(
    string Id, AccountId Account, CredentialKind Kind, string Name, string SecretHash, UtcMicros CreatedAt, UtcMicros UsedAt, UtcMicros? ExpiresAt)
{
    public bool IsExpiredAt(UtcMicros now) => ExpiresAt <= now;

    /// <summary>Keeps the hash out of logs.</summary>
    public override string ToString() => $"{Kind} {Id}";
}

public enum CredentialKind
{
    /// <summary>A browser's session: an http-only cookie. Lives on as it is used.</summary>
    Browser,

    /// <summary>An app's or a script's sign-in: a signed token with a fixed end.</summary>
    Bearer,

    /// <summary>A personal access token, made by name for one script.</summary>
    Token,
}

/// <summary>Port: where credentials are kept.</summary>
public interface ICredentialStore
{
    /// <param name="passwordHash">The hash that was checked for it: a password that was changed meanwhile lets nobody in any more. Null where none was.</param>
    /// <returns>False when the account is gone, or has another hash by now; then nothing was added.</returns>
    Task<bool> AddAsync(CredentialRecord credential, string? passwordHash, CancellationToken ct);

    /// <summary>The credential with its account; null when it was revoked or never was.</summary>
    Task<(CredentialRecord Credential, Accounts.AccountRecord Account)?> FindAsync(string id, CancellationToken ct);

    /// <summary>An account's credentials, newest first.</summary>
    Task<IReadOnlyList<CredentialRecord>> ListAsync(AccountId account, CancellationToken ct);

    /// <summary>Those of these ids that still are.</summary>
    Task<IReadOnlySet<string>> StillThereAsync(IReadOnlyCollection<string> ids, CancellationToken ct);

    /// <returns>False when the account has no such credential.</returns>
    Task<bool> DeleteAsync(AccountId account, string id, CancellationToken ct);

    Task DeleteExpiredAsync(UtcMicros now, CancellationToken ct);

    /// <summary>Notes when credentials were last used, and when those that live on by use now end.</summary>
    Task NoteUseAsync(IReadOnlyCollection<(string Id, UtcMicros UsedAt, UtcMicros? ExpiresAt)> uses, CancellationToken ct);
}
