using Dapper;
using Tutti.Server.Access;
using Tutti.Server.Access.Accounts;
using Tutti.Server.Access.Credentials;

namespace Tutti.Server.Storage;

/// <summary>Credentials in the database.</summary>
public sealed class CredentialStore(Database database) : ICredentialStore
{
    private const int ChunkSize = 500;

    private const string Columns =
        """
        c.id, c.account_id AS AccountId, c.kind, c.name, c.secret_hash AS SecretHash, c.created_micros AS CreatedMicros, c.used_micros AS UsedMicros,
        c.expires_micros AS ExpiresMicros
        """;

    public async Task<bool> AddAsync(CredentialRecord credential, string? passwordHash, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        return await connection.ExecuteAsync(
            """
            INSERT INTO credentials (id, account_id, kind, name, secret_hash, created_micros, used_micros, expires_micros)
            SELECT @Id, id, @Kind, @Name, @SecretHash, @Created, @Used, CAST(@Expires AS bigint)
            FROM accounts WHERE id = @Account AND (@Checked = '' OR password_hash = @Checked);
            """,
            new
            {
                credential.Id,
                Account = credential.Account.Value,
                Kind = credential.Kind.ToString(),
                credential.Name,
                credential.SecretHash,
                Created = credential.CreatedAt.Value,
                Used = credential.UsedAt.Value,
                Expires = credential.ExpiresAt?.Value,
                Checked = passwordHash ?? "",
            }) > 0;
    }

    public async Task<(CredentialRecord Credential, AccountRecord Account)?> FindAsync(string id, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        var row = await connection.QuerySingleOrDefaultAsync<Row>(
            $"""
            SELECT {Columns}, a.name AS AccountName, a.is_administrator AS IsAdministrator, a.may_upload AS MayUpload, a.created_micros AS AccountCreatedMicros
            FROM credentials c JOIN accounts a ON a.id = c.account_id WHERE c.id = @id;
            """,
            new { id });
        return row is null ? null : (row.ToCredential(), row.ToAccount());
    }

    public async Task<IReadOnlyList<CredentialRecord>> ListAsync(AccountId account, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        var rows = await connection.QueryAsync<Row>(
            $"SELECT {Columns} FROM credentials c WHERE c.account_id = @Value ORDER BY c.created_micros DESC, c.id;", new { account.Value });
        return [.. rows.Select(static row => row.ToCredential())];
    }

    public async Task<IReadOnlySet<string>> StillThereAsync(IReadOnlyCollection<string> ids, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        var there = new HashSet<string>();
        foreach (var chunk in ids.Chunk(ChunkSize))
        {
            // Not Dapper's IN: it means something else in each dialect.
            var parameters = new DynamicParameters();
            foreach (var (index, id) in chunk.Index())
            {
                parameters.Add($"id{index}", id);
            }

            var names = string.Join(", ", chunk.Index().Select(static entry => $"@id{entry.Index}"));
            there.UnionWith(await connection.QueryAsync<string>($"SELECT id FROM credentials WHERE id IN ({names});", parameters));
        }

        return there;
    }

    public async Task<bool> DeleteAsync(AccountId account, string id, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        return await connection.ExecuteAsync("DELETE FROM credentials WHERE id = @id AND account_id = @Value;", new { id, account.Value }) > 0;
    }

    public async Task DeleteExpiredAsync(UtcMicros now, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        await connection.ExecuteAsync("DELETE FROM credentials WHERE expires_micros <= @Value;", new { now.Value });
    }

    public async Task NoteUseAsync(IReadOnlyCollection<(string Id, UtcMicros UsedAt, UtcMicros? ExpiresAt)> uses, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        await using var transaction = await database.BeginWriteAsync(connection, ct);
        await connection.ExecuteAsync(
            "UPDATE credentials SET used_micros = @Used, expires_micros = @Expires WHERE id = @Id;",
            uses.Select(static use => new { use.Id, Used = use.UsedAt.Value, Expires = use.ExpiresAt?.Value }),
            transaction);
        await transaction.CommitAsync(ct);
    }

    private sealed class Row
    {
        public required string Id { get; init; }
        public required string AccountId { get; init; }
        public required string Kind { get; init; }
        public required string Name { get; init; }
        public required string SecretHash { get; init; }
        public required long CreatedMicros { get; init; }
        public required long UsedMicros { get; init; }
        public long? ExpiresMicros { get; init; }
        public string AccountName { get; init; } = "";
        public long IsAdministrator { get; init; }
        public long MayUpload { get; init; }
        public long AccountCreatedMicros { get; init; }

        public CredentialRecord ToCredential() => new(
            Id, new AccountId(AccountId), Enum.Parse<CredentialKind>(Kind), Name, SecretHash, new UtcMicros(CreatedMicros), new UtcMicros(UsedMicros),
            ExpiresMicros is { } expires ? new UtcMicros(expires) : null);

        // Without the password's hash: nobody who finds a credential needs it.
        public AccountRecord ToAccount() => new(new AccountId(AccountId), AccountName, "", IsAdministrator != 0, new UtcMicros(AccountCreatedMicros)) { MayUpload = MayUpload != 0 };
    }
}
