using Tutti.Protocol;
using Tutti.Server.Access.Credentials;
using Tutti.Server.Access.Guessing;

namespace Tutti.Server.Access.Accounts;

/// <summary>Makes accounts, checks passwords, changes and deletes.</summary>
public sealed class AccountDesk(IAccountStore store, CredentialDesk credentials, Passwords passwords, GuessLimits guesses, SetUpCode setUp, TimeProvider time)
{
    /// <summary>Makes an account.</summary>
    /// <param name="linkSecret">Of a sign-up link; null where none is needed.</param>
    public async Task<AccountOutcome> SignUpAsync(string name, string password, string? linkSecret, CancellationToken ct) =>
        Unfit(name, password) ?? await AddAsync(name, password, isAdministrator: false, linkSecret is null ? null : Randoms.HashOf(linkSecret), ct);

    /// <summary>Makes the administrator, with the code that the server printed when it started.</summary>
    public async Task<AccountOutcome> SetUpAsync(string code, string name, string password)
    {
        if (Unfit(name, password) is { } unfit)
        {
            return unfit;
        }

        if (!setUp.TryTake(code))
        {
            return AccountOutcome.Of(ErrorCode.SetUpRefused, "This set-up code is wrong or used. A server without an administrator prints a new one at its next start.");
        }

        AccountOutcome? outcome = null;
        try
        {
            // Not to be called off: whoever asks may go away while the password is hashed, and the code would be gone with them.
            outcome = await AddAsync(name, password, isAdministrator: true, null, CancellationToken.None);
            return outcome;
        }
        finally
        {
            if (outcome is not AccountOutcome.Done)
            {
                setUp.PutBack();
            }
        }
    }

    /// <summary>Checks name and password.</summary>
    /// <param name="knownBrowser">An account that has signed in on this browser before, and the browser's id; null when it has shown none.</param>
    public async Task<AccountOutcome> SignInAsync(string name, string password, ClientAddress address, (AccountId Account, string Id)? knownBrowser, CancellationToken ct)
    {
        var key = AccountNames.KeyOf(name);
        var account = await store.FindByNameAsync(key, ct);
        var guess = new Guess(key, address, account is not null && knownBrowser?.Account == account.Id ? knownBrowser.Value.Id : null);
        return await CheckAsync(account, password, guess, ct);
    }

    /// <summary>Changes the password and ends every other sign-in.</summary>
    /// <param name="credentialId">The credential of whoever asks; it stays good.</param>
    public async Task<AccountOutcome> ChangePasswordAsync(AccountId id, string current, string next, string credentialId, ClientAddress address, CancellationToken ct)
    {
        var confirmed = await ConfirmAsync(id, current, credentialId, address, ct);
        if (confirmed is not AccountOutcome.Done { Account: var account })
        {
            return confirmed;
        }

        if (Passwords.Unfit(next, account.Name) is { } unfit)
        {
            return AccountOutcome.Of(ErrorCode.PasswordUnfit, unfit);
        }

        if (!await store.ReplacePasswordHashAsync(id, account.PasswordHash, await passwords.HashAsync(next, ct), ct))
        {
            return AccountOutcome.Of(ErrorCode.WrongCredentials, "The password was changed this very moment.");
        }

        // Not to be called off: whoever asks may go away, and those whom the new password is to keep out would stay.
        await credentials.RevokeSignInsAsync(id, credentialId, CancellationToken.None);
        return confirmed;
    }

    /// <summary>Deletes the account with everything that lets anybody in as it.</summary>
    public async Task<AccountOutcome> DeleteAsync(AccountId id, string password, string credentialId, ClientAddress address, CancellationToken ct)
    {
        var confirmed = await ConfirmAsync(id, password, credentialId, address, ct);
        if (confirmed is not AccountOutcome.Done)
        {
            return confirmed;
        }

        var held = await credentials.ListAsync(id, ct);
        if (!await store.DeleteAsync(id, CancellationToken.None))
        {
            return AccountOutcome.Of(ErrorCode.LastAdministrator, "You are the only administrator, and there are other accounts.");
        }

        credentials.Forget([.. held.Select(static credential => credential.Id)]);
        return confirmed;
    }

    private static AccountOutcome.Refused? Unfit(string name, string password) =>
        !AccountNames.IsFit(name) ? AccountOutcome.Of(ErrorCode.InvalidField, $"name: {AccountNames.Rule}")
        : Passwords.Unfit(password, name) is { } unfit ? AccountOutcome.Of(ErrorCode.PasswordUnfit, unfit)
        : null;

    private async Task<AccountOutcome> AddAsync(string name, string password, bool isAdministrator, string? linkHash, CancellationToken ct)
    {
        var account = new AccountRecord(new AccountId(Randoms.Id()), name, await passwords.HashAsync(password, ct), isAdministrator, UtcMicros.Now(time));
        return await store.AddAsync(account, AccountNames.KeyOf(name), linkHash, ct) switch
        {
            AddedAccount.Added => new AccountOutcome.Done(account),
            AddedAccount.NameTaken => AccountOutcome.Of(ErrorCode.NameTaken, "Somebody has this name; take another."),
            _ => AccountOutcome.Of(ErrorCode.SignUpClosed, "This sign-up link is used, over, or none of this server's."),
        };
    }

    // Somebody who found an unlocked phone has a good credential too: guesses are counted for it alone.
    private async Task<AccountOutcome> ConfirmAsync(AccountId id, string password, string credentialId, ClientAddress address, CancellationToken ct) =>
        await store.FindAsync(id, ct) is { } account
            ? await CheckAsync(account, password, new Guess(AccountNames.KeyOf(account.Name), address, credentialId), ct)
            : AccountOutcome.Of(ErrorCode.CredentialRevoked, "This account is gone.");

    private async Task<AccountOutcome> CheckAsync(AccountRecord? account, string password, Guess guess, CancellationToken ct)
    {
        var wait = guesses.Begin(guess, UtcMicros.Now(time));
        if (wait > TimeSpan.Zero)
        {
            return new AccountOutcome.Refused(ErrorCode.LockedOut, "Too many wrong passwords from here; try again later.", wait);
        }

        // No password is longer, and hashing a megabyte would be work for nothing.
        var check = password.Length <= Passwords.MaxLength ? await passwords.CheckAsync(account?.PasswordHash, password, ct) : PasswordCheck.Wrong;
        if (check is PasswordCheck.Wrong || account is null)
        {
            return AccountOutcome.Of(ErrorCode.WrongCredentials, "Name or password is wrong.");
        }

        guesses.WasRight(guess, UtcMicros.Now(time));
        return new AccountOutcome.Done(check is PasswordCheck.RightButHashedOldFashioned ? await HashedAnewAsync(account, password, ct) : account);
    }

    // In the place of that very hash: a password that was changed meanwhile stays changed.
    private async Task<AccountRecord> HashedAnewAsync(AccountRecord account, string password, CancellationToken ct)
    {
        var hash = await passwords.HashAsync(password, ct);
        return await store.ReplacePasswordHashAsync(account.Id, account.PasswordHash, hash, ct) ? account with { PasswordHash = hash } : account;
    }
}
