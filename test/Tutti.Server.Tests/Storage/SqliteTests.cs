using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using Tutti.Server.Media;
using Tutti.Server.Rooms;
using Tutti.Server.Storage.Sqlite;
using Tutti.Timing;

namespace Tutti.Server.Tests.Storage;

/// <summary>The database: made, made only once, and what is kept in it.</summary>
public sealed class SqliteTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly SqliteDatabase _database;

    public SqliteTests() => _database = Open();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _database.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Rooms_come_back_as_they_were_saved_last_newest_first()
    {
        var store = new SqliteRoomStore(_database);
        Assert.Null(await store.LoadAsync("HOME", Ct));
        var home = new StoredRoom("HOME", "Home", """{"volume":80}""", new ServerMicros(1_795_000_000_000_000));
        await store.SaveAsync(home with { StateJson = "{}" }, Ct);
        await store.SaveAsync(home, Ct);
        await store.SaveAsync(new StoredRoom("ABC234", "Küche ☕", "{}", new ServerMicros(1_795_000_000_000_001)), Ct);
        Assert.Equal(home, await store.LoadAsync("HOME", Ct));
        Assert.Equal(
            [new StoredRoomSummary("ABC234", "Küche ☕", new ServerMicros(1_795_000_000_000_001)), new StoredRoomSummary("HOME", "Home", home.SavedAt)],
            await store.ListAsync(Ct));
    }

    [Fact]
    public async Task What_was_saved_is_there_in_the_next_life()
    {
        await new SqliteRoomStore(_database).SaveAsync(new StoredRoom("HOME", "Home", "{}", new ServerMicros(1)), Ct);
        _database.Dispose();
        using var next = Open();
        Assert.NotNull(await new SqliteRoomStore(next).LoadAsync("HOME", Ct));
    }

    [Fact]
    public async Task First_uses_at_the_same_time_make_one_database()
    {
        var store = new SqliteRoomStore(_database);
        using var other = Open();
        await Task.WhenAll(Enumerable.Range(0, 16).Select(async n =>
            await (n % 2 == 0 ? store : new SqliteRoomStore(other)).SaveAsync(new StoredRoom($"ROOM{n}", "r", "{}", new ServerMicros(n)), Ct)));
        Assert.Equal(16, (await store.ListAsync(Ct)).Count);
    }

    [Fact]
    public async Task A_database_of_a_newer_version_is_refused()
    {
        await using (var connection = await _database.OpenAsync(Ct))
        {
            await connection.ExecuteAsync("INSERT INTO schema_version (version) VALUES (999);");
        }
        using var next = Open();
        var refusal = await Assert.ThrowsAsync<InvalidDataException>(async () => await next.OpenAsync(Ct));
        Assert.Contains("999", refusal.Message);
    }

    [Fact]
    public async Task A_hash_holds_only_for_the_file_as_it_was()
    {
        var store = new SqliteSoundStore(_database);
        var file = new SourceFile("/music/a.flac", 100, 5, 2);
        await store.SaveHashAsync(file, "aa", Ct);
        Assert.Equal("aa", await store.FindHashAsync(file, Ct));
        Assert.Null(await store.FindHashAsync(file with { SizeBytes = 101 }, Ct));
        Assert.Null(await store.FindHashAsync(file with { ModifiedMicros = 6 }, Ct));
        Assert.Equal([file], await store.FilesWithHashAsync("aa", Ct));
        await store.SaveHashAsync(file with { SizeBytes = 101 }, "bb", Ct);
        Assert.Empty(await store.FilesWithHashAsync("aa", Ct));
    }

    [Fact]
    public async Task Lengths_are_kept_by_key()
    {
        var store = new SqliteSoundStore(_database);
        Assert.Null(await store.FindLengthAsync("k", Ct));
        await store.SaveLengthAsync("k", 10_320_000, Ct);
        Assert.Equal(10_320_000, await store.FindLengthAsync("k", Ct));
    }

    private SqliteDatabase Open() => new(new DataFolder(_folder.Path), NullLogger<SqliteDatabase>.Instance);
}
