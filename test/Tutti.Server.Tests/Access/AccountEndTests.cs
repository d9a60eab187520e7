using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Tutti.Protocol;
using Tutti.Server.Access;
using Tutti.Server.Access.Accounts;
using Tutti.Server.Api;
using Tutti.Server.Rooms;
using Tutti.Server.Tests.Hosting;
using Tutti.Server.Tests.Realtime;
using Tutti.Server.Tests.Storage;

namespace Tutti.Server.Tests.Access;

/// <summary>An account that is deleted, with all that hung on it, on both dialects.</summary>
public abstract class AccountEndTests(PostgresCluster? cluster) : IAsyncLifetime
{
    private HouseWith _house = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _house = new HouseWith(cluster is null ? [] : [$"--Tutti:Storage:ConnectionString={await cluster.NewDatabaseAsync()}"]);
        await _house.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _house.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Nothing_of_a_deleted_account_is_left_and_its_rooms_pass_on()
    {
        var (bob, cleo) = (await _house.SomebodyAsync(), await _house.SomebodyAsync());
        var (shared, alone, cleos) = (await RoomAsync(bob), await RoomAsync(bob), await RoomAsync(cleo));
        await JoinAsync(cleo, shared);
        await JoinAsync(bob, cleos);
        var bobsId = (await GetAsync(bob, $"/api/rooms/{cleos}/participants"))["me"]!.ToString();
        var own = (await GetAsync(bob, "/api/rooms/MINE"))["code"]!.ToString();
        using var phone = await EnterAsync(bob, "bob-phone-1", "MINE");
        using var tablet = await EnterAsync(bob, "bob-tablet-1", shared);
        var script = (await (await bob.Http.PostAsJsonAsync("/auth/tokens", new { name = "script" }, Ct)).JsonAsync())["token"]!.ToString();
        var kept = (await (await bob.Http.PostAsJsonAsync("/api/playlists", new { name = "Mine", shared = false }, Ct)).JsonAsync())["id"]!.ToString();
        var lent = (await (await bob.Http.PostAsJsonAsync("/api/playlists", new { name = "Ours", shared = true }, Ct)).JsonAsync())["id"]!.ToString();

        Assert.Equal(HttpStatusCode.NoContent, (await AccountTests.DeleteAsync(bob.Http, House.Password)).StatusCode);

        Assert.Equal((4000, (int)ErrorCode.CredentialRevoked), await phone.ReceiveCloseAsync());
        Assert.Equal((4000, (int)ErrorCode.CredentialRevoked), await tablet.ReceiveCloseAsync());
        using var scripted = _house.Server.NewClient(("Authorization", $"Bearer {script}"));
        await (await scripted.GetAsync("/api/rooms", Ct)).RefusedAsync(ErrorCode.CredentialInvalid, HttpStatusCode.Unauthorized);
        await (await bob.Http.GetAsync("/api/rooms", Ct)).RefusedAsync(ErrorCode.CredentialRevoked, HttpStatusCode.Unauthorized);

        Assert.Equal("host", (await GetAsync(cleo, $"/api/rooms/{shared}"))["role"]!.ToString());
        foreach (var room in new[] { shared, cleos })
        {
            Assert.DoesNotContain((await GetAsync(cleo, $"/api/rooms/{room}/participants"))["participants"]!.AsArray(), one => one!["id"]!.ToString() == bobsId);
        }

        await (await cleo.Http.GetAsync($"/api/rooms/{alone}", Ct)).RefusedAsync(ErrorCode.RoomClosed, HttpStatusCode.Gone);
        await (await cleo.Http.GetAsync($"/api/playlists/{kept}", Ct)).RefusedAsync(ErrorCode.PlaylistNotFound, HttpStatusCode.NotFound);
        Assert.Equal("Ours", (await GetAsync(cleo, $"/api/playlists/{lent}"))["name"]!.ToString());

        var services = _house.Server.Services;
        Assert.Null(await services.GetRequiredService<IRoomStore>().LoadAsync(own, Ct));
        Assert.Empty(await services.GetRequiredService<IAccountStore>().EndedAsync(Ct));
        Assert.Empty(await services.GetRequiredService<IDeviceStore>().ListAsync(bobsId, Ct));
        Assert.Empty(await services.GetRequiredService<DeviceShelf>().ListAsync(bobsId));
        Assert.IsType<RoomLookup.Missing>(await services.GetRequiredService<IRoomDirectory>().OpenAsync(own, Ct));
    }

    /// <summary>The server dies after the account is deleted and before the rest is: the next start does it.</summary>
    [Fact]
    public async Task What_a_crash_kept_from_being_cleared_away_is_cleared_at_the_next_start()
    {
        var (bob, cleo) = (await _house.SomebodyAsync(), await _house.SomebodyAsync());
        var shared = await RoomAsync(bob);
        await JoinAsync(cleo, shared);
        var bobsId = (await GetAsync(bob, $"/api/rooms/{shared}/participants"))["me"]!.ToString();
        var own = (await GetAsync(bob, "/api/rooms/MINE"))["code"]!.ToString();
        await (await bob.Http.PostAsJsonAsync("/api/playlists", new { name = "Mine", shared = false }, Ct)).JsonAsync();
        var services = _house.Server.Services;
        var accounts = services.GetRequiredService<IAccountStore>();
        Assert.True(await accounts.DeleteAsync(new AccountId(bobsId["a-".Length..]), Ct));

        // What a start does, without the seconds that a whole one takes.
        await services.GetRequiredService<AccountEnd>().StartAsync(Ct);

        Assert.Empty(await accounts.EndedAsync(Ct));
        Assert.Null(await services.GetRequiredService<IRoomStore>().LoadAsync(own, Ct));
        Assert.DoesNotContain((await GetAsync(cleo, $"/api/rooms/{shared}/participants"))["participants"]!.AsArray(), one => one!["id"]!.ToString() == bobsId);
        Assert.Equal("host", (await GetAsync(cleo, $"/api/rooms/{shared}"))["role"]!.ToString());
        Assert.Contains(services.GetServices<IHostedService>(), hosted => hosted is AccountEnd);
    }

    private static async Task<string> RoomAsync(Person person) => (await (await person.Http.PostAsync("/api/rooms", null, Ct)).JsonAsync())["code"]!.ToString();

    private static async Task<System.Text.Json.Nodes.JsonObject> GetAsync(Person person, string path) => await (await person.Http.GetAsync(path, Ct)).JsonAsync();

    private static async Task JoinAsync(Person person, string room) => await (await person.Http.PostAsJsonAsync($"/api/rooms/{room}/join", new { }, Ct)).JsonAsync();

    private async Task<TestSocket> EnterAsync(Person person, string deviceId, string room)
    {
        var socket = await _house.SocketAsync(person.Token);
        await socket.SendAsync(TestSocket.Hello(deviceId, room));
        await socket.ReceiveAsync("snapshot");
        return socket;
    }
}

public sealed class SqliteAccountEndTests() : AccountEndTests(null);

public sealed class PostgresAccountEndTests(PostgresCluster cluster) : AccountEndTests(cluster);
