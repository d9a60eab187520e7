namespace Tutti.Server.Access.Accounts;

/// <summary>Port: where links for a new password are kept, one for each account at most.</summary>
public interface IResetLinkStore
{
    /// <summary>Keeps a link in the place of the account's last one.</summary>
    /// <returns>False when there is no such account.</returns>
    Task<bool> PutAsync(ResetLink link, CancellationToken ct);

    /// <summary>The account of a link that is good; null when it is not.</summary>
    Task<AccountRecord?> FindAsync(string hash, UtcMicros now, CancellationToken ct);

    /// <summary>Uses the link up and sets the password, or neither.</summary>
    /// <returns>False when the link is good no more.</returns>
    Task<bool> UseAsync(string hash, string passwordHash, UtcMicros now, CancellationToken ct);
}

/// <summary>Lets one person give their account a new password, once.</summary>
/// <param name="Hash">Of its secret.</param>
public sealed record ResetLink(AccountId Account, string Hash, UtcMicros ExpiresAt);
