using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using Tutti.Protocol;
using Tutti.Server.Media;
using Tutti.Server.Media.Levels;
using Tutti.Server.Rooms;
using Tutti.Server.Storage;
using Tutti.Server.Storage.Library;
using Tutti.Server.Storage.Postgres;
using Tutti.Timing;

namespace Tutti.Server.Tests.Storage;

/// <summary>The database: made, made only once, and what is kept in it. The same tests on both dialects.</summary>
public abstract class StorageTests(TestDatabase kind) : DatabaseTests(kind)
{
    [Fact]
    public async Task Rooms_come_back_as_they_were_saved_last_and_are_listed_for_their_members()
    {
        var store = new RoomStore(Db);
        Assert.Null(await store.LoadAsync("HOME", Ct));
        var home = new StoredRoom("HOME", "Home", """{"volume":80}""", """{"history":[]}""", false, [], new ServerMicros(1_795_000_000_000_000));
        await store.SaveAsync(home with { StateJson = "{}" }, Ct);
        await store.SaveAsync(home, Ct);
        Assert.Equal(home, await store.LoadAsync("HOME", Ct));

        var kitchen = new StoredRoom("ABC234", "Küche ☕", "{}", "{}", true, [new("a-1", MemberRole.Host), new("g-2", MemberRole.Dj)], new ServerMicros(1));
        await store.SaveAsync(kitchen, Ct);
        await store.SaveAsync(new StoredRoom("DEF567", "Newer", "{}", "{}", false, [new("a-1", MemberRole.Listener)], new ServerMicros(2)), Ct);
        Assert.Equal(["DEF567", "ABC234"], (await store.ListOfMemberAsync("a-1", Ct)).Select(room => room.Code));
        await store.SaveAsync(kitchen with { Members = [new("g-2", MemberRole.Dj)] }, Ct);
        Assert.Equal(["DEF567"], (await store.ListOfMemberAsync("a-1", Ct)).Select(room => room.Code));
        Assert.Equal([new StoredRoomSummary("ABC234", "Küche ☕", true, MemberRole.Dj, new ServerMicros(1))], await store.ListOfMemberAsync("g-2", Ct));
        await store.RemoveAsync("ABC234", Ct);
        Assert.Null(await store.LoadAsync("ABC234", Ct));
        Assert.Empty(await store.ListOfMemberAsync("g-2", Ct));
        Assert.NotNull(await store.LoadAsync("DEF567", Ct));
    }

    [Fact]
    public async Task An_uploaded_file_is_whose_it_was_made_last()
    {
        var store = new UploadOwnerStore(Db);
        await store.SaveAsync("Ann/x.flac", "a-1", Ct);
        await store.SaveAsync("Ann/x.flac", "a-2", Ct);
        await store.SaveAsync("Ann/ж.flac", "a-2", Ct);
        await store.SaveAsync("Ann/z.flac", "a-1", Ct);
        Assert.Equal(["Ann/x.flac", "Ann/ж.flac"], await store.PathsAsync("a-2", Ct));
        await store.RemoveAsync("Ann/x.flac", Ct);
        await store.DisownAsync("a-1", Ct);
        Assert.Equal((null, "a-2", null), (await store.OwnerAsync("Ann/x.flac", Ct), await store.OwnerAsync("Ann/ж.flac", Ct), await store.OwnerAsync("Ann/z.flac", Ct)));
    }

    [Fact]
    public async Task Levels_hold_for_a_file_as_it_was_measured()
    {
        var store = new LevelStore(Db);
        var file = new LevelledFile("/music/Ночь.flac", 1_000, 77);
        await store.SaveAsync(file, new SoundLevel(-9, 0), Ct);
        await store.SaveAsync(file, new SoundLevel(-12.5, -0.3), Ct);
        var others = Enumerable.Range(0, 1_200).Select(n => new LevelledFile($"/music/{n}", 1, 1));
        Assert.Equal(new SoundLevel(-12.5, -0.3), Assert.Single(await store.FindAsync([.. others, file], Ct)).Value);
        Assert.Empty(await store.FindAsync([file with { ModifiedMicros = 78 }], Ct));
        Assert.Empty(await store.FindAsync([], Ct));
    }

    [Fact]
    public async Task Devices_come_back_as_they_were_set_last_to_their_owner_alone()
    {
        var store = new DeviceStore(Db);
        var kitchen = new DeviceRecord("a-1", "kitchen-1", DeviceKind.Speaker, new DeviceSettings("Küche", "hifi", 40, true, -12.5), new ServerMicros(7));
        var phone = new DeviceRecord("a-1", "phone-001", DeviceKind.Browser, new DeviceSettings("Phone"), new ServerMicros(8));
        await store.SaveAsync(kitchen with { Settings = new DeviceSettings("old") }, Ct);
        await store.SaveAsync(kitchen, Ct);
        await store.SaveAsync(phone, Ct);
        await store.SaveAsync(kitchen with { Owner = "a-2", Settings = new DeviceSettings("theirs") }, Ct);
        Assert.Equal([phone, kitchen], await store.ListAsync("a-1", Ct));
        await store.RemoveAsync("a-1", "phone-001", Ct);
        Assert.Equal([kitchen], await store.ListAsync("a-1", Ct));
        Assert.Single(await store.ListAsync("a-2", Ct));
    }

    [Fact]
    public async Task What_was_saved_is_there_in_the_next_life()
    {
        await new RoomStore(Db).SaveAsync(new StoredRoom("HOME", "Home", "{}", "{}", false, [], new ServerMicros(1)), Ct);
        Db.Dispose();
        Assert.NotNull(await new RoomStore(Open()).LoadAsync("HOME", Ct));
    }

    [Fact]
    public async Task First_uses_at_the_same_time_make_one_database()
    {
        var store = new RoomStore(Db);
        var other = new RoomStore(Open());
        await Task.WhenAll(Enumerable.Range(0, 16).Select(async n =>
            await (n % 2 == 0 ? store : other).SaveAsync(new StoredRoom($"ROOM{n}", "r", "{}", "{}", false, [new("a-1", MemberRole.Host)], new ServerMicros(n)), Ct)));
        Assert.Equal(16, (await store.ListOfMemberAsync("a-1", Ct)).Count);
    }

    [Fact]
    public async Task A_database_of_a_newer_version_is_refused()
    {
        await using (var connection = await Db.OpenAsync(Ct))
        {
            await connection.ExecuteAsync("INSERT INTO schema_version (version) VALUES (999);");
        }

        var next = Open();
        var refusal = await Assert.ThrowsAsync<DatabaseUnusableException>(async () => await next.OpenAsync(Ct));
        Assert.Contains("999", refusal.Message);
    }

    [Fact]
    public async Task A_hash_holds_only_for_the_file_as_it_was()
    {
        var store = new SoundStore(Db);
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
        var store = new SoundStore(Db);
        Assert.Null(await store.FindLengthAsync("k", Ct));
        await store.SaveLengthAsync("k", 10_320_000, Ct);
        await store.SaveLengthAsync("k", 10_320_001, Ct);
        Assert.Equal(10_320_001, await store.FindLengthAsync("k", Ct));
    }
}

public sealed class SqliteStorageTests() : StorageTests(new SqliteTestDatabase());

public sealed class PostgresStorageTests(PostgresCluster cluster) : StorageTests(new PostgresTestDatabase(cluster))
{
    [Fact]
    public async Task A_server_that_is_not_there_is_named_without_the_password()
    {
        using var nowhere = new PostgresDatabase("Host=/nowhere;Database=tutti;Username=u;Password=s3cret-word", NullLogger<Database>.Instance);
        var refusal = await Assert.ThrowsAsync<DatabaseUnusableException>(async () => await nowhere.OpenAsync(Ct));
        Assert.Contains("tutti at /nowhere", refusal.Message);
        Assert.DoesNotContain("s3cret-word", refusal.ToString());
    }

    [Theory]
    [InlineData("Host=x;Pasword=s3cret-word")]
    [InlineData("s3cret-word")]
    [InlineData("Host=x;Port=s3cret-word")]
    public void A_connection_string_that_cannot_be_read_is_refused_and_not_repeated(string text)
    {
        var refusal = Assert.Throws<DatabaseUnusableException>(() => new PostgresDatabase(text, NullLogger<Database>.Instance));
        Assert.DoesNotContain("s3cret-word", refusal.ToString());
        Assert.Contains("Tutti:Storage:ConnectionString", refusal.Message);
    }
}
