using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using Tutti.Protocol;
using Tutti.Server.Tests.Hosting;
using Tutti.Server.Tests.Realtime;

namespace Tutti.Server.Tests.Access;

/// <summary>The socket's door: decided before anything joins a room, and watched after.</summary>
public sealed class SocketAccessTests(ClosedHouse house) : IClassFixture<ClosedHouse>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_bearer_lets_in_by_header_or_in_hello()
    {
        var bob = await house.SomebodyAsync();
        using var byHeader = await house.SocketAsync(bob.Token);
        await byHeader.SendAsync(TestSocket.Hello("device-h"));
        await byHeader.ReceiveAsync("snapshot");
        using var byHello = await house.SocketAsync();
        await byHello.SendAsync(TestSocket.Hello("device-t", token: bob.Token));
        await byHello.ReceiveAsync("snapshot");
    }

    [Fact]
    public async Task A_browser_s_cookie_lets_in()
    {
        var bob = await house.SomebodyAsync();
        using var plain = new HttpClient(new HttpClientHandler { UseCookies = false }) { BaseAddress = house.Server.Url };
        var answer = await plain.PostAsJsonAsync("/auth/login", new { name = bob.Name, password = House.Password }, Ct);
        var cookie = answer.Headers.GetValues("Set-Cookie").Single(value => value.Contains("session", StringComparison.Ordinal)).Split(';')[0];
        using var socket = await house.SocketAsync(cookie: cookie);
        await socket.SendAsync(TestSocket.Hello("device-c"));
        await socket.ReceiveAsync("snapshot");
    }

    [Fact]
    public async Task Nothing_shown_is_refused_where_accounts_are_asked_for()
    {
        using var socket = await house.SocketAsync();
        await socket.SendAsync(TestSocket.Hello("device-n"));
        Assert.Equal((4000, (int)ErrorCode.SignInNeeded), await socket.ReceiveCloseAsync());
        using var stale = await house.SocketAsync(cookie: $"tutti_session_{house.Server.Url.Port}=abc.def");
        await stale.SendAsync(TestSocket.Hello("device-s"));
        Assert.Equal((4000, (int)ErrorCode.SignInNeeded), await stale.ReceiveCloseAsync());
    }

    [Fact]
    public async Task A_bad_bearer_is_refused_at_the_upgrade()
    {
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", "Bearer nonsense");
        socket.Options.CollectHttpResponseDetails = true;
        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(new UriBuilder(house.Server.Url) { Scheme = "ws", Path = "/ws" }.Uri, Ct));
        Assert.Equal(HttpStatusCode.Unauthorized, socket.HttpStatusCode);
    }

    [Fact]
    public async Task A_guest_comes_into_one_room()
    {
        var room = (await (await house.Ann.Http.PostAsync("/api/rooms", null, Ct)).JsonAsync())["code"]!.ToString();
        using var elsewhere = await house.SocketAsync();
        await elsewhere.SendAsync(TestSocket.Hello("device-e", "HOME", house.Pass(room)));
        Assert.Equal((4000, (int)ErrorCode.GuestElsewhere), await elsewhere.ReceiveCloseAsync());
        using var client = house.Server.NewClient(("Authorization", $"Bearer {house.Pass(room)}"));
        await (await client.GetAsync("/api/playback/state", Ct)).RefusedAsync(ErrorCode.GuestElsewhere, HttpStatusCode.Forbidden);
        await (await client.PostAsync("/api/rooms/HOME/playback/stop", null, Ct)).RefusedAsync(ErrorCode.GuestElsewhere, HttpStatusCode.Forbidden);
        await (await client.PostAsync("/api/rooms", null, Ct)).RefusedAsync(ErrorCode.SignInNeeded, HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_guest_uses_the_library_for_as_long_as_they_are_in_their_room()
    {
        var room = (await (await house.Ann.Http.PostAsync("/api/rooms", null, Ct)).JsonAsync())["code"]!.ToString();
        var joined = await (await house.Server.PostAsync($"/api/rooms/{room}/join", new { name = "Gus" })).JsonAsync();
        using var guest = house.Server.NewClient(("Authorization", $"Bearer {joined["guest"]!["pass"]}"));
        await (await guest.GetAsync("/api/tracks", Ct)).JsonAsync();
        await (await house.Ann.Http.DeleteAsync($"/api/rooms/{room}/participants/{joined["memberId"]}", Ct)).JsonAsync();
        foreach (var path in (string[])["/api/tracks", "/api/search?q=a", "/api/playlists", "/media/0123456789abcdef/flac/0"])
        {
            await (await guest.GetAsync(path, Ct)).RefusedAsync(ErrorCode.JoinNeeded, HttpStatusCode.Forbidden);
        }
    }

    [Fact]
    public async Task A_revoked_credential_closes_its_live_socket_and_no_other()
    {
        var (bob, eve) = (await house.SomebodyAsync(), await house.SomebodyAsync());
        using var his = await house.SocketAsync();
        await his.SendAsync(TestSocket.Hello("device-r1", token: bob.Token));
        await his.ReceiveAsync("snapshot");
        using var hers = await house.SocketAsync();
        await hers.SendAsync(TestSocket.Hello("device-r2", token: eve.Token));
        await hers.ReceiveAsync("snapshot");
        await bob.Http.PostAsync("/auth/logout", null, Ct);
        Assert.Equal((4000, (int)ErrorCode.CredentialRevoked), await his.ReceiveCloseAsync());
        await hers.SendAsync("""{"type":"probe","id":7,"t0":1}""");
        Assert.Equal(7, (await hers.ReceiveAsync("probeReply")).GetProperty("id").GetInt64());
    }

    [Fact]
    public async Task A_deleted_account_is_out_at_once()
    {
        var bob = await house.SomebodyAsync();
        using var socket = await house.SocketAsync(bob.Token);
        await socket.SendAsync(TestSocket.Hello("device-d"));
        await socket.ReceiveAsync("snapshot");
        Assert.Equal(HttpStatusCode.NoContent, (await AccountTests.DeleteAsync(bob.Http, House.Password)).StatusCode);
        Assert.Equal((4000, (int)ErrorCode.CredentialRevoked), await socket.ReceiveCloseAsync());
    }

    [Theory]
    [InlineData("/api/tracks")]
    [InlineData("/api/rooms")]
    [InlineData("/api/server")]
    [InlineData("/api/playback/state")]
    [InlineData("/api/tracks/t0000000000000000/cover")]
    [InlineData("/media/0123456789abcdef/flac/0")]
    public async Task Nothing_is_listed_or_heard_without_signing_in(string path) =>
        await (await house.Server.NewClient().GetAsync(path, Ct)).RefusedAsync(ErrorCode.SignInNeeded, HttpStatusCode.Unauthorized);

    [Theory]
    [InlineData("/")]
    [InlineData("/health/live")]
    [InlineData("/auth")]
    public async Task Who_wants_to_sign_in_gets_the_page(string path) => Assert.True((await house.Server.NewClient().GetAsync(path, Ct)).IsSuccessStatusCode, path);

    [Fact]
    public async Task Accounts_are_made_with_a_link_alone() =>
        await (await house.Server.PostAsync("/auth/signup", new { name = "Somebody Else", password = House.Password }))
            .RefusedAsync(ErrorCode.SignUpClosed, HttpStatusCode.Forbidden);
}
