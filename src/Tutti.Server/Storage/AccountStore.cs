using System.Data.Common;
using Dapper;
using Tutti.Server.Access;
using Tutti.Server.Access.Accounts;

namespace Tutti.Server.Storage;

/// <summary>Accounts and sign-up links in the database.</summary>
public sealed class AccountStore(Database database) : IAccountStore
{
    private const string Columns = "id, name, password_hash AS PasswordHash, is_administrator AS IsAdministrator, may_upload AS MayUpload, created_micros AS CreatedMicros";

    public Task<AccountRecord?> FindAsync(AccountId id, CancellationToken ct) => FindAsync($"SELECT {Columns} FROM accounts WHERE id = @value;", id.Value, ct);

    public Task<AccountRecord?> FindByNameAsync(string nameKey, CancellationToken ct) =>
        FindAsync($"SELECT {Columns} FROM accounts WHERE name_key = @value;", nameKey, ct);

    public async Task<bool> HasAdministratorAsync(CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        return await connection.ExecuteScalarAsync<int>("SELECT count(*) FROM accounts WHERE is_administrator = 1;") > 0;
    }

    public async Task<AddedAccount> AddAsync(AccountRecord account, string nameKey, string? signUpLinkHash, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        await using var transaction = await database.BeginWriteAsync(connection, ct);
        // The row itself is the lock: of two that use one link at once, one deletes it.
        if (signUpLinkHash is not null && await connection.ExecuteAsync(
            "DELETE FROM sign_up_links WHERE hash = @signUpLinkHash AND expires_micros > @now;",
            new { signUpLinkHash, now = account.CreatedAt.Value },
            transaction) == 0)
        {
            return AddedAccount.LinkNotGood;
        }

        var added = await connection.ExecuteAsync(
            """
            INSERT INTO accounts (id, name, name_key, password_hash, is_administrator, created_micros)
            VALUES (@Id, @Name, @nameKey, @PasswordHash, @IsAdministrator, @CreatedMicros)
            ON CONFLICT (name_key) DO NOTHING;
            """,
            new { Id = account.Id.Value, account.Name, nameKey, account.PasswordHash, IsAdministrator = account.IsAdministrator ? 1L : 0L, CreatedMicros = account.CreatedAt.Value },
            transaction);
        if (added == 0)
        {
            return AddedAccount.NameTaken;
        }

        await transaction.CommitAsync(ct);
        return AddedAccount.Added;
    }

    public async Task<IReadOnlyList<(AccountRecord Account, UtcMicros? UsedAt)>> ListAsync(CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        var used = (await connection.QueryAsync<(string Account, long Used)>("SELECT account_id, max(used_micros) FROM credentials GROUP BY account_id;")).ToDictionary();
        var rows = await connection.QueryAsync<Row>($"SELECT {Columns} FROM accounts ORDER BY name_key;");
        return [.. rows.Select(row => (row.ToAccount(), used.TryGetValue(row.Id, out var at) ? new UtcMicros(at) : (UtcMicros?)null))];
    }

    public async Task<bool> ReplacePasswordHashAsync(AccountId id, string former, string next, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        return await connection.ExecuteAsync(
            "UPDATE accounts SET password_hash = @next WHERE id = @Value AND password_hash = @former;", new { id.Value, former, next }) > 0;
    }

    public async Task<bool> SetMayUploadAsync(AccountId id, bool mayUpload, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        return await connection.ExecuteAsync("UPDATE accounts SET may_upload = @may WHERE id = @Value;", new { id.Value, may = mayUpload ? 1L : 0L }) > 0;
    }

    public async Task<bool> DeleteAsync(AccountId id, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        await using var transaction = await database.BeginWriteAsync(connection, ct);
        await database.LockAsync(connection, "accounts", transaction);
        var isNeeded = await connection.ExecuteScalarAsync<bool>(
            """
            SELECT (SELECT is_administrator FROM accounts WHERE id = @Value) = 1 AND count(*) > 0 AND coalesce(sum(is_administrator), 0) = 0
            FROM accounts WHERE id <> @Value;
            """,
            new { id.Value },
            transaction);
        if (isNeeded)
        {
            return false;
        }

        await connection.ExecuteAsync(
            """
            INSERT INTO ended_accounts (id, name) SELECT id, name FROM accounts WHERE id = @Value;
            DELETE FROM accounts WHERE id = @Value;
            """,
            new { id.Value },
            transaction);
        await transaction.CommitAsync(ct);
        return true;
    }

    public async Task<IReadOnlyList<(AccountId Id, string Name)>> EndedAsync(CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        var rows = await connection.QueryAsync<(string Id, string Name)>("SELECT id, name FROM ended_accounts ORDER BY id;");
        return [.. rows.Select(static row => (new AccountId(row.Id), row.Name))];
    }

    public async Task ClearedAsync(AccountId id, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        await connection.ExecuteAsync("DELETE FROM ended_accounts WHERE id = @Value;", new { id.Value });
    }

    public async Task AddSignUpLinkAsync(SignUpLink link, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        await connection.ExecuteAsync(
            """
            DELETE FROM sign_up_links WHERE expires_micros <= @CreatedMicros;
            INSERT INTO sign_up_links (id, hash, created_micros, expires_micros) VALUES (@Id, @Hash, @CreatedMicros, @ExpiresMicros);
            """,
            new { link.Id, link.Hash, CreatedMicros = link.CreatedAt.Value, ExpiresMicros = link.ExpiresAt.Value });
    }

    public async Task<IReadOnlyList<SignUpLink>> SignUpLinksAsync(UtcMicros now, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        var rows = await connection.QueryAsync<(string Id, string Hash, long Created, long Expires)>(
            "SELECT id, hash, created_micros, expires_micros FROM sign_up_links WHERE expires_micros > @Value ORDER BY created_micros DESC, id;", new { now.Value });
        return [.. rows.Select(static row => new SignUpLink(row.Id, row.Hash, new UtcMicros(row.Created), new UtcMicros(row.Expires)))];
    }

    public async Task<bool> DeleteSignUpLinkAsync(string id, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        return await connection.ExecuteAsync("DELETE FROM sign_up_links WHERE id = @id;", new { id }) > 0;
    }

    private async Task<AccountRecord?> FindAsync(string query, string value, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        var row = await connection.QuerySingleOrDefaultAsync<Row>(query, new { value });
        return row?.ToAccount();
    }

    private sealed class Row
    {
        public required string Id { get; init; }
        public required string Name { get; init; }
        public required string PasswordHash { get; init; }
        public required long IsAdministrator { get; init; }
        public required long MayUpload { get; init; }
        public required long CreatedMicros { get; init; }

        public AccountRecord ToAccount() => new(new AccountId(Id), Name, PasswordHash, IsAdministrator != 0, new UtcMicros(CreatedMicros)) { MayUpload = MayUpload != 0 };
    }
}
