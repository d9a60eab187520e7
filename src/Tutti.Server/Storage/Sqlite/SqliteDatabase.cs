using System.Data;
using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Tutti.Server.Storage.Sqlite;

/// <summary>One file, <c>tutti.db</c> in the data folder: write-ahead log, foreign keys.</summary>
public sealed class SqliteDatabase(DataFolder folder, ILogger<Database> logger) : Database(logger)
{
    static SqliteDatabase() => SQLitePCL.Batteries_V2.Init();

    public override string Place { get; } = folder.Within("tutti.db");

    protected override string Dialect => "Sqlite";

    private string ConnectionString => new SqliteConnectionStringBuilder { DataSource = Place, ForeignKeys = true }.ToString();

    // Immediate: of two writers, one waits for the other from the start.
    public override ValueTask<DbTransaction> BeginWriteAsync(DbConnection connection, CancellationToken ct) =>
        ValueTask.FromResult<DbTransaction>(((SqliteConnection)connection).BeginTransaction(deferred: false));

    public override ValueTask<DbTransaction> BeginSnapshotAsync(DbConnection connection, CancellationToken ct) =>
        ValueTask.FromResult<DbTransaction>(((SqliteConnection)connection).BeginTransaction(deferred: true));

    public override string AnyOf(string column, string parameter) => $"{column} IN {parameter}";

    public override string ByWords(string columns, string kind, string parameter) =>
        $"SELECT {columns} FROM words_of_{kind} w JOIN find_{kind} f ON f.seq = w.rowid WHERE words_of_{kind} MATCH {parameter}";

    public override string WordsWanted(IEnumerable<IReadOnlyList<string>> words, bool nameOnly)
    {
        var all = string.Join(" AND ", words.Select(word => $"({string.Join(" OR ", word.Select(either => $"\"{either}\" *"))})"));
        return nameOnly ? $"{{name}} : ({all})" : all;
    }

    public override string Vocabulary(string kind) => $"SELECT term FROM vocabulary_of_{kind}";

    // A transaction that writes is alone in the whole database.
    public override Task LockAsync(DbConnection connection, string table, DbTransaction transaction) => Task.CompletedTask;

    protected override async ValueTask<DbConnection> ConnectAsync(CancellationToken ct)
    {
        Directory.CreateDirectory(folder.Path);
        var connection = new TakingTurnsConnection(ConnectionString);
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

    protected override Task PrepareAsync(DbConnection connection) => connection.ExecuteAsync("PRAGMA journal_mode = WAL;");

    protected override ValueTask<DbTransaction> BeginMigrationAsync(DbConnection connection, CancellationToken ct) => BeginWriteAsync(connection, ct);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            TakingTurnsConnection.EmptyPool(ConnectionString);
        }

        base.Dispose(disposing);
    }
}
