using Dapper;
using Tutti.Server.Access;
using Tutti.Server.Access.Accounts;

namespace Tutti.Server.Storage;

/// <summary>Links for a new password in the database.</summary>
public sealed class ResetLinkStore(Database database, IAccountStore accounts) : IResetLinkStore
{
    public async Task<bool> PutAsync(ResetLink link, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        return await connection.ExecuteAsync(
            """
            INSERT INTO password_reset_links (account_id, hash, expires_micros) SELECT id, @Hash, @Expires FROM accounts WHERE id = @Account
            ON CONFLICT (account_id) DO UPDATE SET hash = excluded.hash, expires_micros = excluded.expires_micros;
            """,
            new { Account = link.Account.Value, link.Hash, Expires = link.ExpiresAt.Value }) > 0;
    }

    public async Task<AccountRecord?> FindAsync(string hash, UtcMicros now, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        var account = await connection.QuerySingleOrDefaultAsync<string>(
            "SELECT account_id FROM password_reset_links WHERE hash = @hash AND expires_micros > @Value;", new { hash, now.Value });
        return account is null ? null : await accounts.FindAsync(new AccountId(account), ct);
    }

    public async Task<bool> UseAsync(string hash, string passwordHash, UtcMicros now, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        await using var transaction = await database.BeginWriteAsync(connection, ct);
        // The row itself is the lock: of two that use one link at once, one deletes it.
        var account = await connection.QuerySingleOrDefaultAsync<string>(
            "DELETE FROM password_reset_links WHERE hash = @hash AND expires_micros > @Value RETURNING account_id;", new { hash, now.Value }, transaction);
        if (account is null)
        {
            return false;
        }

        await connection.ExecuteAsync("UPDATE accounts SET password_hash = @passwordHash WHERE id = @account;", new { account, passwordHash }, transaction);
        await transaction.CommitAsync(ct);
        return true;
    }
}
