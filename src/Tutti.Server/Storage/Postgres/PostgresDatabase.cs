using System.Data;
using System.Data.Common;
using Dapper;
using Npgsql;

namespace Tutti.Server.Storage.Postgres;

/// <summary>PostgreSQL 15 or newer, by connection string. Its database must exist; the schema is made in it.</summary>
public sealed class PostgresDatabase : Database
{
    // Any number will do, as long as no other program in the same database takes it.
    private const long MigrationLock = 0x5475_7474_69;
    private readonly NpgsqlDataSource _source;

    /// <exception cref="DatabaseUnusableException">The connection string cannot be read.</exception>
    public PostgresDatabase(string connectionString, ILogger<Database> logger)
        : base(logger)
    {
        try
        {
            var settings = new NpgsqlConnectionStringBuilder(connectionString) { ApplicationName = "tutti" };
            Place = $"{settings.Database} at {settings.Host}";
            _source = new NpgsqlDataSourceBuilder(settings.ToString()).Build();
        }
        catch (ArgumentException error)
        {
            // Its text may quote the value, and so a password.
            throw new DatabaseUnusableException($"Tutti:Storage:ConnectionString cannot be read as Npgsql's ({error.GetType().Name}).");
        }
    }

    public override string Place { get; }

    protected override string Dialect => "Postgres";

    public override ValueTask<DbTransaction> BeginWriteAsync(DbConnection connection, CancellationToken ct) =>
        connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, ct);

    public override ValueTask<DbTransaction> BeginSnapshotAsync(DbConnection connection, CancellationToken ct) =>
        connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);

    public override string AnyOf(string column, string parameter) => $"{column} = ANY ({parameter})";

    public override string ByWords(string columns, string kind, string parameter) =>
        $"SELECT {columns} FROM find_{kind} f WHERE f.words @@ {parameter}::tsquery";

    public override string WordsWanted(IEnumerable<IReadOnlyList<string>> words, bool nameOnly) =>
        string.Join(" & ", words.Select(word => $"({string.Join(" | ", word.Select(either => $"'{either}':*{(nameOnly ? "A" : "")}"))})"));

    public override string Vocabulary(string kind) => $"SELECT word FROM ts_stat('SELECT words FROM find_{kind}')";

    public override Task LockAsync(DbConnection connection, string table, DbTransaction transaction) =>
        connection.ExecuteAsync($"LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE;", transaction: transaction);

    protected override async ValueTask<DbConnection> ConnectAsync(CancellationToken ct) => await _source.OpenConnectionAsync(ct);

    protected override Task PrepareAsync(DbConnection connection) => Task.CompletedTask;

    protected override async ValueTask<DbTransaction> BeginMigrationAsync(DbConnection connection, CancellationToken ct)
    {
        var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, ct);
        await connection.ExecuteAsync("SELECT pg_advisory_xact_lock(@MigrationLock);", new { MigrationLock }, transaction);
        return transaction;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _source.Dispose();
        }

        base.Dispose(disposing);
    }
}
