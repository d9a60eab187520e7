using System.Reflection;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Tutti.Server.Storage.Sqlite;

/// <summary>
/// The one database file, <c>tutti.db</c> in the data folder: write-ahead log, foreign keys, and the numbered migrations applied at first use.
/// A database from a newer Tutti is refused rather than guessed at.
/// </summary>
public sealed partial class SqliteDatabase(DataFolder folder, ILogger<SqliteDatabase> logger) : IDisposable
{
    private const string MigrationPrefix = "Tutti.Migrations.Sqlite.";
    private readonly SemaphoreSlim _migrating = new(1);
    private readonly string _path = folder.Within("tutti.db");
    private volatile bool _ready;

    static SqliteDatabase() => SQLitePCL.Batteries_V2.Init();

    public string Path => _path;

    /// <summary>A connection from the pool, with all migrations applied. The caller disposes it.</summary>
    /// <exception cref="InvalidDataException">The database was written by a newer version.</exception>
    /// <exception cref="SqliteException">The file cannot be opened or is no database.</exception>
    public async ValueTask<SqliteConnection> OpenAsync(CancellationToken ct)
    {
        if (!_ready)
        {
            await MigrateOnceAsync(ct);
        }
        return await ConnectAsync(ct);
    }

    public void Dispose()
    {
        using var connection = new SqliteConnection(ConnectionString);
        SqliteConnection.ClearPool(connection);
        _migrating.Dispose();
    }

    private string ConnectionString => new SqliteConnectionStringBuilder { DataSource = _path, ForeignKeys = true }.ToString();

    private async Task<SqliteConnection> ConnectAsync(CancellationToken ct)
    {
        var connection = new SqliteConnection(ConnectionString);
        try
        {
            await connection.OpenAsync(ct);
            // NORMAL loses at most the newest commits on a power cut, never the file (sqlite.org/pragma.html#pragma_synchronous).
            await connection.ExecuteAsync("PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 5000;");
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private async Task MigrateOnceAsync(CancellationToken ct)
    {
        await _migrating.WaitAsync(ct);
        try
        {
            if (_ready)
            {
                return;
            }
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(_path)!);
            await using var connection = await ConnectAsync(ct);
            await connection.ExecuteAsync("PRAGMA journal_mode = WAL;");
            await MigrateAsync(connection);
            _ready = true;
        }
        finally
        {
            _migrating.Release();
        }
    }

    private async Task MigrateAsync(SqliteConnection connection)
    {
        var migrations = Migrations();
        // Immediate: of two processes that start at once, one waits for the other.
        using var transaction = connection.BeginTransaction(deferred: false);
        await connection.ExecuteAsync("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL);", transaction: transaction);
        var version = await connection.ExecuteScalarAsync<int?>("SELECT max(version) FROM schema_version;", transaction: transaction) ?? 0;
        if (version > migrations.Count)
        {
            throw new InvalidDataException($"{_path} has schema version {version}; this Tutti knows only up to {migrations.Count}");
        }
        foreach (var (number, sql) in migrations.Where(migration => migration.Number > version))
        {
            await connection.ExecuteAsync(sql, transaction: transaction);
            await connection.ExecuteAsync("INSERT INTO schema_version (version) VALUES (@number);", new { number }, transaction);
            LogMigrated(number);
        }
        await transaction.CommitAsync();
    }

    // Resource names start with a four-digit number: 0001_first.
    private static List<(int Number, string Sql)> Migrations()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return
        [
            .. assembly.GetManifestResourceNames()
                .Where(name => name.StartsWith(MigrationPrefix, StringComparison.Ordinal))
                .Select(name =>
                {
                    using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
                    return (Number: int.Parse(name.AsSpan(MigrationPrefix.Length, 4)), Sql: reader.ReadToEnd());
                })
                .OrderBy(migration => migration.Number),
        ];
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Database brought to schema version {Version}")]
    private partial void LogMigrated(int version);
}
