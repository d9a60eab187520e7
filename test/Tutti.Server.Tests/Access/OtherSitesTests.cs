using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using Tutti.Protocol;
using Tutti.Server.Hosting;
using Tutti.Server.Tests.Hosting;
using Tutti.Server.Tests.Realtime;

namespace Tutti.Server.Tests.Access;

/// <summary>Pages of other sites that the operator allows, and proxies that are believed.</summary>
public sealed class OtherSitesTests(OtherSitesTests.Behind house) : IClassFixture<OtherSitesTests.Behind>
{
    private const string Allowed = "https://home.example";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private RunningServer Server => house.Server;

    [Fact]
    public async Task An_allowed_site_may_call_and_is_told_so()
    {
        var preflight = await Server.SendAsync(
            HttpMethod.Options, "/api/playback/stop", ("Origin", Allowed), ("Access-Control-Request-Method", "POST"), ("Access-Control-Request-Headers", "authorization"));
        Assert.Equal(HttpStatusCode.NoContent, preflight.StatusCode);
        Assert.Equal(Allowed, Assert.Single(preflight.Headers.GetValues("Access-Control-Allow-Origin")));
        Assert.False(preflight.Headers.Contains("Access-Control-Allow-Credentials"));
        var answer = await Server.SendAsync(HttpMethod.Post, "/api/playback/stop", ("Origin", Allowed), ("Authorization", $"Bearer {house.Ann.Token}"));
        Assert.True(answer.IsSuccessStatusCode);
        Assert.Equal(Allowed, Assert.Single(answer.Headers.GetValues("Access-Control-Allow-Origin")));
    }

    [Fact]
    public async Task Another_may_not()
    {
        var preflight = await Server.SendAsync(HttpMethod.Options, "/api/playback/stop", ("Origin", "https://evil.example"), ("Access-Control-Request-Method", "POST"));
        Assert.False(preflight.Headers.Contains("Access-Control-Allow-Origin"));
        await (await Server.SendAsync(HttpMethod.Post, "/api/playback/stop", ("Origin", "https://evil.example"), ("Authorization", $"Bearer {house.Ann.Token}")))
            .RefusedAsync(ErrorCode.OriginRefused, HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task An_allowed_site_cannot_use_the_cookie()
    {
        var cookie = await CookieAsync();
        await (await Server.SendAsync(HttpMethod.Post, "/auth/logout", ("Origin", Allowed), ("Cookie", cookie))).RefusedAsync(ErrorCode.SignInNeeded, HttpStatusCode.Unauthorized);
        await (await Server.SendAsync(HttpMethod.Get, "/auth/dashboard", ("Origin", Allowed), ("Cookie", cookie))).RefusedAsync(ErrorCode.SignInNeeded, HttpStatusCode.Unauthorized);
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Origin", Allowed);
        socket.Options.SetRequestHeader("Cookie", cookie);
        await socket.ConnectAsync(new UriBuilder(Server.Url) { Scheme = "ws", Path = "/ws" }.Uri, Ct);
        using var device = new TestSocket(socket);
        await device.SendAsync(TestSocket.Hello("device-o"));
        Assert.Equal((4000, (int)ErrorCode.SignInNeeded), await device.ReceiveCloseAsync());
    }

    [Fact]
    public async Task Behind_https_cookies_are_secure_and_the_host_s_own()
    {
        var answer = await SignInAsync(("X-Forwarded-Proto", "https"));
        Assert.All(answer.Headers.GetValues("Set-Cookie"), static cookie =>
        {
            Assert.StartsWith("__Host-tutti_", cookie);
            Assert.Contains("secure", cookie, StringComparison.OrdinalIgnoreCase);
        });
    }

    [Fact]
    public async Task A_browser_s_word_over_https_is_proof_enough()
    {
        var cookie = await CookieAsync();
        await (await Server.SendAsync(HttpMethod.Post, "/api/rooms", ("Cookie", cookie))).RefusedAsync(ErrorCode.AntiforgeryFailed, HttpStatusCode.Forbidden);
        await (await Server.SendAsync(HttpMethod.Post, "/api/rooms", ("Cookie", cookie), ("Sec-Fetch-Site", "cross-site"))).RefusedAsync(ErrorCode.AntiforgeryFailed, HttpStatusCode.Forbidden);
        Assert.Equal(HttpStatusCode.Created, (await Server.SendAsync(HttpMethod.Post, "/api/rooms", ("Cookie", cookie), ("Sec-Fetch-Site", "same-origin"))).StatusCode);
    }

    [Fact]
    public async Task Who_asks_through_a_believed_proxy_is_counted_by_the_address_that_it_names()
    {
        var bob = await house.SomebodyAsync();
        for (var n = 0; n < 5; n++)
        {
            await (await SignInAsync(bob.Name, "wrong password", ("X-Forwarded-For", "203.0.113.9"))).RefusedAsync(ErrorCode.WrongCredentials, HttpStatusCode.Unauthorized);
        }

        await (await SignInAsync(bob.Name, House.Password, ("X-Forwarded-For", "203.0.113.9"))).RefusedAsync(ErrorCode.LockedOut, HttpStatusCode.TooManyRequests);
        await (await SignInAsync(bob.Name, House.Password, ("X-Forwarded-For", "203.0.113.10"))).JsonAsync();
    }

    [Theory]
    [InlineData("music.example.org", true)]
    [InlineData("MUSIC.example.org:8443", true)]
    [InlineData("tutti.local", true)]
    [InlineData("localhost:3000", true)]
    [InlineData("192.168.1.20:3000", true)]
    [InlineData("[fe80::1]:3000", true)]
    [InlineData("evil.example", false)]
    [InlineData("music.example.org.evil.example", false)]
    public async Task It_answers_by_its_own_names_alone(string host, bool answers)
    {
        var answer = await Server.SendAsync(HttpMethod.Get, "/auth", ("Host", host));
        if (answers)
        {
            await answer.JsonAsync();
        }
        else
        {
            await answer.RefusedAsync(ErrorCode.HostRefused, HttpStatusCode.MisdirectedRequest);
        }
    }

    [Theory]
    [InlineData("AllowedOrigins", "home.example")]
    [InlineData("AllowedOrigins", "https://home.example/")]
    [InlineData("AllowedOrigins", "*")]
    [InlineData("HostNames", "https://music.example.org")]
    [InlineData("HostNames", "music.example.org:3000")]
    [InlineData("TrustedProxies", "nginx")]
    [InlineData("TrustedProxies", "10.0.0.0/99")]
    public async Task What_is_no_site_or_no_address_refuses_to_boot(string option, string value)
    {
        using var folder = new TestFolder();
        var settings = CommandLine.Read(["--port", "0", "--host", "127.0.0.1", "--data", folder.Path, $"--Tutti:Http:{option}={value}"], static _ => null);
        var refused = await Assert.ThrowsAsync<SettingRefusedException>(async () =>
        {
            await using var app = Program.Build(settings);
            await app.StartAsync(Ct);
        });
        Assert.StartsWith($"Tutti:Http:{option} = {value} is refused", refused.Message);
    }

    private async Task<string> CookieAsync() =>
        (await SignInAsync()).Headers.GetValues("Set-Cookie").Single(static cookie => cookie.Contains("session", StringComparison.Ordinal)).Split(';')[0];

    private Task<HttpResponseMessage> SignInAsync(params (string Name, string Value)[] headers) => SignInAsync("Ann", House.Password, headers);

    private async Task<HttpResponseMessage> SignInAsync(string name, string password, params (string Name, string Value)[] headers)
    {
        using var plain = new HttpClient(new HttpClientHandler { UseCookies = false }) { BaseAddress = Server.Url };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/auth/login") { Content = JsonContent.Create(new { name, password }) };
        foreach (var (header, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(header, value);
        }

        return await plain.SendAsync(request, Ct);
    }

    public sealed class Behind() : House("--access", "accounts", $"--Tutti:Http:AllowedOrigins={Allowed}", "--Tutti:Http:TrustedProxies=127.0.0.1", "--Tutti:Http:HostNames=music.example.org tutti.local");
}
