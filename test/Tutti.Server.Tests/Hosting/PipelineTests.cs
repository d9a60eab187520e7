using System.Net;
using System.Net.WebSockets;
using System.Text;
using Tutti.Protocol;

namespace Tutti.Server.Tests.Hosting;

/// <summary>What every request passes.</summary>
public sealed class PipelineTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Theory]
    [InlineData("/")]
    [InlineData("/r/HOME")]
    [InlineData("/test-client")]
    [InlineData("/signin")]
    [InlineData("/signup")]
    [InlineData("/setup")]
    [InlineData("/account")]
    public async Task Pages_are_the_web_app_and_are_asked_for_anew(string path)
    {
        var answer = await server.GetAsync(path);
        Assert.Equal("text/html; charset=utf-8", answer.Content.Headers.ContentType?.ToString());
        Assert.True(answer.Headers.CacheControl?.NoCache);
        Assert.Contains("<title>Tutti</title>", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("gzip, deflate, br", "brotli", "br")]
    [InlineData("gzip;q=0.5", "gzip", "gzip")]
    [InlineData("br;q=0, gzip", "gzip", "gzip")]
    [InlineData("identity", "plain", null)]
    public async Task Files_with_a_hash_in_their_name_stay_in_caches_and_come_compressed(string accepted, string text, string? encoding)
    {
        var answer = await server.SendAsync(HttpMethod.Get, "/assets/app-1a2b3c.js", ("Accept-Encoding", accepted));
        Assert.Equal(text, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(encoding, answer.Content.Headers.ContentEncoding.SingleOrDefault());
        Assert.Contains("immutable", answer.Headers.CacheControl?.ToString());
        Assert.Contains("Accept-Encoding", answer.Headers.Vary);
        var again = await server.SendAsync(
            HttpMethod.Get, "/assets/app-1a2b3c.js", ("Accept-Encoding", accepted), ("If-None-Match", answer.Headers.ETag!.ToString()));
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
    }

    [Theory]
    [InlineData("/nothing")]
    [InlineData("/r/HOME/more")]
    [InlineData("/api/nothing")]
    [InlineData("/assets/app-1a2b3c.js.br")]
    [InlineData("/../appsettings.json")]
    public async Task An_unknown_path_is_a_real_404(string path) => await (await server.GetAsync(path)).RefusedAsync(ErrorCode.RouteNotFound, HttpStatusCode.NotFound);

    [Fact]
    public async Task A_method_that_a_path_does_not_take_is_named() =>
        await (await server.SendAsync(HttpMethod.Put, "/api/rooms")).RefusedAsync(ErrorCode.MethodNotAllowed, HttpStatusCode.MethodNotAllowed);

    [Fact]
    public async Task The_socket_s_path_wants_a_socket() =>
        await (await server.GetAsync("/ws")).RefusedAsync(ErrorCode.SocketExpected, HttpStatusCode.UpgradeRequired);

    [Theory]
    [InlineData("{", ErrorCode.MalformedJson)]
    [InlineData("{\"volume\":1,}", ErrorCode.MalformedJson)]
    [InlineData("{\"volume\":\"loud\"}", ErrorCode.InvalidField)]
    [InlineData("{\"volume\":1.5}", ErrorCode.InvalidField)]
    [InlineData("{\"volume\":null}", ErrorCode.InvalidField)]
    [InlineData("{}", ErrorCode.InvalidField)]
    [InlineData("[]", ErrorCode.InvalidField)]
    [InlineData("", ErrorCode.InvalidField)]
    [InlineData("{\"a\":[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]}", ErrorCode.MalformedJson)]
    public async Task A_body_that_cannot_be_read_is_refused(string body, ErrorCode code) =>
        await (await server.PostTextAsync("/api/playback/volume", body)).RefusedAsync(code, HttpStatusCode.BadRequest);

    [Fact]
    public async Task A_body_of_another_kind_is_refused() =>
        await (await server.PostTextAsync("/api/playback/volume", "volume=3", "application/x-www-form-urlencoded"))
            .RefusedAsync(ErrorCode.UnsupportedMediaType, HttpStatusCode.UnsupportedMediaType);

    [Fact]
    public async Task A_body_that_is_too_large_is_refused()
    {
        // Asks first: a client that is still sending when the server hangs up sees the line break, or the answer, by chance.
        using HttpClient patient = new(new SocketsHttpHandler { Expect100ContinueTimeout = TimeSpan.FromSeconds(30) });
        using HttpRequestMessage request = new(HttpMethod.Post, new Uri(server.Url, "/api/playback/volume"))
        {
            Content = new StringContent($"{{\"volume\":1,\"x\":\"{new string('x', 1_100_000)}\"}}", Encoding.UTF8, "application/json"),
        };
        request.Headers.ExpectContinue = true;
        await (await patient.SendAsync(request, TestContext.Current.CancellationToken)).RefusedAsync(ErrorCode.BodyTooLarge, HttpStatusCode.RequestEntityTooLarge);
    }

    [Theory]
    [InlineData("http://elsewhere.example")]
    [InlineData("null")]
    [InlineData("http://127.0.0.1:1")]
    [InlineData("https://127.0.0.1")]
    public async Task A_page_of_another_site_may_change_nothing(string origin)
    {
        await (await server.SendAsync(HttpMethod.Post, "/api/playback/stop", ("Origin", origin))).RefusedAsync(ErrorCode.OriginRefused, HttpStatusCode.Forbidden);
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Origin", origin);
        socket.Options.CollectHttpResponseDetails = true;
        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(SocketUrl, TestContext.Current.CancellationToken));
        Assert.Equal(HttpStatusCode.Forbidden, socket.HttpStatusCode);
    }

    [Theory]
    [InlineData("/ws/")]
    [InlineData("/WS")]
    [InlineData("/%77s")]
    public async Task However_its_path_is_written_the_socket_is_not_for_pages_of_other_sites(string path)
    {
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Origin", "http://elsewhere.example");
        socket.Options.CollectHttpResponseDetails = true;
        var url = new Uri($"ws://{server.Url.Authority}{path}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(url, TestContext.Current.CancellationToken));
        Assert.Equal(HttpStatusCode.Forbidden, socket.HttpStatusCode);
    }

    [Fact]
    public async Task The_server_s_own_page_may()
    {
        var origin = server.Url.GetLeftPart(UriPartial.Authority);
        await (await server.SendAsync(HttpMethod.Post, "/api/playback/stop", ("Origin", origin))).JsonAsync();
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Origin", origin);
        await socket.ConnectAsync(SocketUrl, TestContext.Current.CancellationToken);
        Assert.Equal(WebSocketState.Open, socket.State);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/api/rooms")]
    [InlineData("/nothing")]
    public async Task Every_answer_carries_the_security_headers(string path)
    {
        var headers = (await server.GetAsync(path)).Headers;
        var policy = Assert.Single(headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'self'", policy);
        Assert.DoesNotContain("script-src", policy);
        Assert.Equal("nosniff", Assert.Single(headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("same-origin", Assert.Single(headers.GetValues("Cross-Origin-Opener-Policy")));
        Assert.Equal("require-corp", Assert.Single(headers.GetValues("Cross-Origin-Embedder-Policy")));
    }

    [Fact]
    public async Task Only_the_document_around_a_service_s_player_may_load_from_there()
    {
        var headers = (await server.GetAsync("/embed/youtube")).Headers;
        var policy = Assert.Single(headers.GetValues("Content-Security-Policy"));
        Assert.Contains("script-src 'self' https://www.youtube.com;", policy);
        Assert.Contains("frame-src https://www.youtube-nocookie.com https://www.youtube.com;", policy);
        Assert.Contains("frame-ancestors 'self'", policy);
        Assert.DoesNotContain("unsafe", policy);
        Assert.Equal("SAMEORIGIN", Assert.Single(headers.GetValues("X-Frame-Options")));
        Assert.Equal("strict-origin-when-cross-origin", Assert.Single(headers.GetValues("Referrer-Policy")));
        Assert.False(headers.Contains("Cross-Origin-Embedder-Policy"));
        // Spotify is not set up here: neither its player nor its sign-in is there.
        Assert.Equal(HttpStatusCode.NotFound, (await server.GetAsync("/spotify/signin")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await server.GetAsync("/embed/spotify")).StatusCode);
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    public async Task It_says_that_it_is_well(string path) =>
        Assert.Equal("Healthy", await server.Http.GetStringAsync(path, TestContext.Current.CancellationToken));

    [Fact]
    public async Task Json_comes_compressed_to_who_accepts_it()
    {
        var answer = await server.SendAsync(HttpMethod.Get, "/api/rooms", ("Accept-Encoding", "br"));
        Assert.Equal("br", Assert.Single(answer.Content.Headers.ContentEncoding));
    }

    private Uri SocketUrl => new UriBuilder(server.Url) { Scheme = "ws", Path = "/ws" }.Uri;
}
