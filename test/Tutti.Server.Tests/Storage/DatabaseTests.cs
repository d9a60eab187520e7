using Microsoft.Extensions.Logging.Abstractions;
using Tutti.Server.Storage;
using Tutti.Server.Storage.Postgres;
using Tutti.Server.Storage.Sqlite;

namespace Tutti.Server.Tests.Storage;

/// <summary>Tests that run on a database of their own; a class for each dialect derives from them and says which.</summary>
public abstract class DatabaseTests(TestDatabase kind) : IAsyncLifetime
{
    private readonly List<Database> _opened = [];

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    protected Database Db => _opened[0];

    public async ValueTask InitializeAsync()
    {
        await kind.CreateAsync();
        _ = Open();
    }

    public virtual ValueTask DisposeAsync()
    {
        _opened.ForEach(database => database.Dispose());
        kind.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    /// <summary>The same database again, as another process would open it.</summary>
    protected Database Open()
    {
        var database = kind.Open();
        _opened.Add(database);
        return database;
    }
}

/// <summary>Makes an empty database of one dialect.</summary>
public abstract class TestDatabase : IDisposable
{
    public virtual Task CreateAsync() => Task.CompletedTask;

    public abstract Database Open();

    public virtual void Dispose() => GC.SuppressFinalize(this);
}

public sealed class SqliteTestDatabase : TestDatabase
{
    private readonly TestFolder _folder = new();

    public override Database Open() => new SqliteDatabase(new DataFolder(_folder.Path), NullLogger<Database>.Instance);

    public override void Dispose()
    {
        base.Dispose();
        _folder.Dispose();
    }
}

public sealed class PostgresTestDatabase(PostgresCluster cluster) : TestDatabase
{
    private string _connectionString = "";

    public override async Task CreateAsync() => _connectionString = await cluster.NewDatabaseAsync();

    public override Database Open() => new PostgresDatabase(_connectionString, NullLogger<Database>.Instance);
}
