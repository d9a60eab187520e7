using Microsoft.Extensions.Options;
using Tutti.Protocol;
using Tutti.Server.Access.Credentials;

namespace Tutti.Server.Access.Accounts;

/// <summary>
/// A new password for somebody who forgot theirs: the administrator makes a link, and whoever holds it chooses the password. Nobody but them ever
/// knows it.
/// </summary>
public sealed class PasswordResets(
    IResetLinkStore links, IAccountStore accounts, CredentialDesk credentials, Passwords passwords, IOptions<AccessOptions> options, TimeProvider time)
{
    /// <summary>Makes a link; the account's last one is worth nothing from then on.</summary>
    /// <returns>The account, the link's secret, which is kept nowhere, and its end; null when there is no such account.</returns>
    public async Task<(AccountRecord Account, string Secret, UtcMicros ExpiresAt)?> OfferAsync(AccountId id, CancellationToken ct)
    {
        var secret = Randoms.Secret();
        var end = UtcMicros.Now(time) + TimeSpan.FromHours(options.Value.ResetLinkHours);
        return await links.PutAsync(new ResetLink(id, Randoms.HashOf(secret), end), ct) && await accounts.FindAsync(id, ct) is { } account
            ? (account, secret, end)
            : null;
    }

    /// <summary>Sets the password, and ends every sign-in and token of the account: whoever else had come in is out.</summary>
    public async Task<AccountOutcome> UseAsync(string secret, string password, CancellationToken ct)
    {
        var (hash, now) = (Randoms.HashOf(secret), UtcMicros.Now(time));
        if (await links.FindAsync(hash, now, ct) is not { } account)
        {
            return NotGood();
        }

        if (Passwords.Unfit(password, account.Name) is { } unfit)
        {
            return AccountOutcome.Of(ErrorCode.PasswordUnfit, unfit);
        }

        // Of two that use one link at once, one is late.
        var passwordHash = await passwords.HashAsync(password, ct);
        if (!await links.UseAsync(hash, passwordHash, now, ct))
        {
            return NotGood();
        }

        // Not to be called off: the link is used, and nobody else would put out whoever had come in.
        await credentials.RevokeAllAsync(account.Id, CancellationToken.None);
        return new AccountOutcome.Done(account with { PasswordHash = passwordHash });
    }

    private static AccountOutcome.Refused NotGood() =>
        AccountOutcome.Of(ErrorCode.ResetLinkRefused, "This link is used, over, or none of this server's. The administrator can make a new one.");
}
