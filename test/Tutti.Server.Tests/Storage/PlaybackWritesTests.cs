using System.Data.Common;
using System.Net.Http.Json;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Tutti.Server.Storage;
using Tutti.Server.Tests.Hosting;

namespace Tutti.Server.Tests.Storage;

/// <summary>Playing writes nothing: counted by the database itself, from outside the server, on both dialects.</summary>
public sealed class PlaybackWritesTests(PostgresCluster cluster)
{
    private const int Rounds = 40;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    // A trigger on every table; it says for one connection what all others did.
    private const string CountInPostgres =
        """
        CREATE SEQUENCE test_writes;
        CREATE FUNCTION count_write() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM nextval(''test_writes''); RETURN NULL; END';
        DO $$ DECLARE name text; BEGIN
            FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
                EXECUTE format('CREATE TRIGGER count_write AFTER INSERT OR UPDATE OR DELETE ON %I FOR EACH STATEMENT EXECUTE FUNCTION count_write()', name);
            END LOOP;
        END $$;
        """;

    // SQLite counts by itself, for each connection, what all others did.
    [Fact]
    public Task Sqlite() => PlayAsync("", "PRAGMA data_version;");

    [Fact]
    public async Task Postgres() => await PlayAsync(
        CountInPostgres, "SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM test_writes;", $"--Tutti:Storage:ConnectionString={await cluster.NewDatabaseAsync()}");

    private static async Task PlayAsync(string prepare, string writesQuery, params string[] settings)
    {
        // The coalesced save of a room comes after ten minutes here, so that whatever is written was written on the path.
        await using var server = new RunningServer(["--Tutti:Sync:SnapshotWriteBehindSeconds=600", "--Tutti:Http:ChangesPerSecond=100000", .. settings]);
        await server.InitializeAsync();
        var track = await server.TrackIdAsync(2);
        var other = await server.TrackIdAsync(1);
        // The first time a sound is asked for, its hash and length are kept: once for each file, and not by playing.
        await PostAsync(server, "play", new { trackIds = new[] { track, other } });
        await PostAsync(server, "next");
        await SettledAsync(server);

        await using var watcher = await server.Services.GetRequiredService<Database>().OpenAsync(Ct);
        if (prepare.Length > 0)
        {
            await watcher.ExecuteAsync(prepare);
        }

        Assert.True(await SeesWritesAsync(server, watcher, writesQuery), "the counter counts");
        var before = await watcher.ExecuteScalarAsync<long>(writesQuery);
        for (var round = 0; round < Rounds; round++)
        {
            await PostAsync(server, "play", new { trackIds = new[] { track, other } });
            await PostAsync(server, "seek", new { position = 1.5 });
            await PostAsync(server, "pause");
            await PostAsync(server, "resume");
            await PostAsync(server, "volume", new { volume = round });
            await PostAsync(server, "next");
            await PostAsync(server, "previous");
            await PostAsync(server, "stop");
        }

        Assert.Equal(before, await watcher.ExecuteScalarAsync<long>(writesQuery));
    }

    private static async Task PostAsync(RunningServer server, string command, object? body = null)
    {
        var answer = await server.PostAsync($"/api/playback/{command}", body);
        // "next" at the end of the queue and the like are refused, which writes nothing either; a failure is another thing.
        Assert.True((int)answer.StatusCode is 200 or 409, $"{command}: {await answer.Content.ReadAsStringAsync(Ct)}");
    }

    private static async Task SettledAsync(RunningServer server)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        await using var connection = await server.Services.GetRequiredService<Database>().OpenAsync(Ct);
        while (await connection.ExecuteScalarAsync<int>("SELECT count(*) FROM sound_lengths;") < 2)
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private static async Task<bool> SeesWritesAsync(RunningServer server, DbConnection watcher, string query)
    {
        var before = await watcher.ExecuteScalarAsync<long>(query);
        Assert.True((await server.PostAsync("/api/rooms")).IsSuccessStatusCode);
        return await watcher.ExecuteScalarAsync<long>(query) > before;
    }
}
