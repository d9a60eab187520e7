using System.Data;
using System.Data.Common;
using Dapper;

namespace Tutti.Server.Storage;

/// <summary>
/// The one database. Stores speak the SQL that both dialects understand (docs/decisions/0007); what only one of them knows stands in its
/// subclass. Numbered migrations are applied at first use; a database from a newer Tutti is refused rather than guessed at.
/// </summary>
public abstract partial class Database(ILogger<Database> logger) : IDisposable
{
    private readonly SemaphoreSlim _migrating = new(1);
    private volatile bool _ready;

    /// <summary>Where it is, for people: a path, or host and name. Never with a password.</summary>
    public abstract string Place { get; }

    /// <summary>The folder of its migrations: <c>Sqlite</c> or <c>Postgres</c>.</summary>
    protected abstract string Dialect { get; }

    /// <summary>A connection from the pool, with all migrations applied. The caller disposes it.</summary>
    /// <exception cref="DatabaseUnusableException">At first use: it was written by a newer version, cannot be reached, or is no database.</exception>
    /// <exception cref="DbException">Later: it cannot be reached.</exception>
    public async ValueTask<DbConnection> OpenAsync(CancellationToken ct)
    {
        if (!_ready)
        {
            await MigrateOnceAsync(ct);
        }

        return await ConnectAsync(ct);
    }

    /// <summary>A transaction that is going to write: it takes its turn now rather than when half its work is done.</summary>
    public abstract ValueTask<DbTransaction> BeginWriteAsync(DbConnection connection, CancellationToken ct);

    /// <summary>A transaction that reads: all its queries see the same moment.</summary>
    public abstract ValueTask<DbTransaction> BeginSnapshotAsync(DbConnection connection, CancellationToken ct);

    /// <summary>The condition that a column has one of the values of <paramref name="parameter"/>, an array.</summary>
    public abstract string AnyOf(string column, string parameter);

    /// <summary>
    /// A query for the rows <c>f</c> of <c>find_…</c> whose words match <paramref name="parameter"/>, made by <see cref="WordsWanted"/>; in no order.
    /// </summary>
    /// <param name="columns">Of <c>f</c>: id, name, other.</param>
    /// <param name="kind"><c>tracks</c>, <c>albums</c> or <c>artists</c>.</param>
    public abstract string ByWords(string columns, string kind, string parameter);

    /// <summary>The value that <see cref="ByWords"/> takes: all of <paramref name="words"/> begin some word, each of them one of its alternatives.</summary>
    /// <param name="words">Folded (<c>SearchWords</c>): letters and digits alone.</param>
    /// <param name="nameOnly">Only words of the thing's own name count.</param>
    public abstract string WordsWanted(IEnumerable<IReadOnlyList<string>> words, bool nameOnly);

    /// <summary>A query for all words of <c>find_…</c>.</summary>
    public abstract string Vocabulary(string kind);

    /// <summary>Makes every other writer of this table wait until the transaction ends: for decisions about all of its rows.</summary>
    public abstract Task LockAsync(DbConnection connection, string table, DbTransaction transaction);

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _migrating.Dispose();
        }
    }

    protected abstract ValueTask<DbConnection> ConnectAsync(CancellationToken ct);

    /// <summary>Makes what must be there before migrations, outside any transaction.</summary>
    protected abstract Task PrepareAsync(DbConnection connection);

    /// <summary>A transaction that no other process's migration runs beside.</summary>
    protected abstract ValueTask<DbTransaction> BeginMigrationAsync(DbConnection connection, CancellationToken ct);

    private async Task MigrateOnceAsync(CancellationToken ct)
    {
        await _migrating.WaitAsync(ct);
        try
        {
            if (!_ready)
            {
                await using var connection = await ConnectAsync(ct);
                await PrepareAsync(connection);
                await MigrateAsync(connection, ct);
                _ready = true;
            }
        }
        catch (Exception error) when (error is DbException or IOException or UnauthorizedAccessException)
        {
            throw new DatabaseUnusableException($"the database {Place} cannot be used ({error.Message}).", error);
        }
        finally
        {
            _migrating.Release();
        }
    }

    private async Task MigrateAsync(DbConnection connection, CancellationToken ct)
    {
        var migrations = Migration.Of(Dialect);
        await using var transaction = await BeginMigrationAsync(connection, ct);
        await connection.ExecuteAsync("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL);", transaction: transaction);
        var version = await connection.ExecuteScalarAsync<int?>("SELECT max(version) FROM schema_version;", transaction: transaction) ?? 0;
        if (version > migrations.Count)
        {
            throw new DatabaseUnusableException($"the database {Place} has schema version {version}; this Tutti knows only up to {migrations.Count}.");
        }

        foreach (var (number, sql) in migrations.Where(migration => migration.Number > version))
        {
            await connection.ExecuteAsync(sql, transaction: transaction);
            await connection.ExecuteAsync("INSERT INTO schema_version (version) VALUES (@number);", new { number }, transaction);
            LogMigrated(logger, number);
        }

        await transaction.CommitAsync(ct);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Database brought to schema version {Version}")]
    private static partial void LogMigrated(ILogger logger, int version);
}

/// <summary>The database cannot be used; the message says why, and holds no password.</summary>
public sealed class DatabaseUnusableException(string message, Exception? inner = null) : Exception(message, inner);
