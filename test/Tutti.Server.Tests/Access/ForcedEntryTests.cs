using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Tutti.Protocol;
using Tutti.Server.Access;
using Tutti.Server.Access.Tokens;
using Tutti.Server.Tests.Hosting;
using Tutti.Server.Tests.Realtime;
using Tutti.Server.Tests.Rooms;

namespace Tutti.Server.Tests.Access;

/// <summary>10,000 attempts to enter, hear or command a room that one has no right to: none succeeds, and each is refused by its number.</summary>
public sealed class ForcedEntryTests(ClosedHouse house) : IClassFixture<ClosedHouse>
{
    private const int Attempts = 10_000;
    private const int SocketEvery = 10;
    private readonly ConcurrentDictionary<(string How, int Code), int> _refused = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ten_thousand_attempts_fail()
    {
        var room = (await (await house.Ann.Http.PostAsync("/api/rooms", null, Ct)).JsonAsync())["code"]!.ToString();
        var secondRoom = (await (await house.Ann.Http.PostAsync("/api/rooms", null, Ct)).JsonAsync())["code"]!.ToString();
        var keys = await KeysAsync(secondRoom);
        var track = await TrackAsync();
        (Func<HttpRequestMessage> Request, string What)[] calls =
        [
            (() => new(HttpMethod.Get, $"/api/rooms/{room}"), "see"),
            (() => new(HttpMethod.Get, $"/api/rooms/{room}/playback/state"), "see"),
            (() => new(HttpMethod.Get, $"/api/rooms/{room}/devices"), "see"),
            (() => new(HttpMethod.Post, $"/api/rooms/{room}/playback/play") { Content = JsonContent.Create(new { trackId = track }) }, "command"),
            (() => new(HttpMethod.Post, $"/api/rooms/{room}/playback/stop"), "command"),
            (() => new(HttpMethod.Post, $"/api/rooms/{room}/playback/volume") { Content = JsonContent.Create(new { volume = 100 }) }, "command"),
            (() => new(HttpMethod.Post, $"/api/rooms/{room}/queue") { Content = JsonContent.Create(new { trackIds = new[] { track } }) }, "command"),
            (() => new(HttpMethod.Post, "/api/playback/stop"), "command"),
        ];
        var before = await (await house.Ann.Http.GetAsync($"/api/rooms/{room}", Ct)).Content.ReadFromJsonAsync<JsonObject>(Ct);

        await Parallel.ForEachAsync(Enumerable.Range(0, Attempts), new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = Ct }, async (n, ct) =>
        {
            var key = keys[n % keys.Length];
            if (n / keys.Length % SocketEvery == 0)
            {
                await BySocketAsync(key, room, $"intruder-{n:00000}");
            }
            else
            {
                await ByRestAsync(key, calls[n / keys.Length % calls.Length].Request(), ct);
            }
        });

        Assert.Equal(Attempts, _refused.Values.Sum());
        foreach (var key in keys)
        {
            var codes = _refused.Keys.Where(entry => entry.How == key.How).Select(entry => entry.Code).Distinct().ToArray();
            Assert.True(codes.Length > 0, key.How);
            Assert.All(codes, code => Assert.Equal((key.How, (int)key.Code), (key.How, code)));
        }

        var after = await (await house.Ann.Http.GetAsync($"/api/rooms/{room}", Ct)).Content.ReadFromJsonAsync<JsonObject>(Ct);
        Assert.Equal(before!["playback"]!["version"]!.ToString(), after!["playback"]!["version"]!.ToString());
        Assert.Empty(after["devices"]!.AsArray());
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join('\n', _refused.OrderBy(entry => entry.Key.How).Select(entry => $"{entry.Value,6}  {entry.Key.Code}  {entry.Key.How}")));
    }

    /// <summary>What an intruder shows, and the number that it must be refused with.</summary>
    private async Task<Key[]> KeysAsync(string secondRoom)
    {
        var bob = await house.SomebodyAsync();
        var gone = await house.SomebodyAsync();
        await gone.Http.PostAsync("/auth/logout", null, Ct);
        var token = (await (await bob.Http.PostAsJsonAsync("/auth/tokens", new { name = "t" }, Ct)).JsonAsync())["token"]!.ToString();

        var time = new ManualTimeProvider();
        using var elsewhere = new TestFolder();
        var options = Options.Create(new AccessOptions());
        var other = new TokenSigner(new DataFolder(elsewhere.Path), time, options);
        var real = house.Server.Services.GetRequiredService<TokenSigner>();
        var past = new UtcMicros(1_700_000_000_000_000);
        return
        [
            new("nothing", null, ErrorCode.SignInNeeded),
            .. Forgeries.Of(bob.Token).Select(forgery => new Key($"forged: {forgery.What}", forgery.Text, ErrorCode.CredentialInvalid)),
            .. Forgeries.Of(house.Pass(secondRoom)).Select(forgery => new Key($"forged guest: {forgery.What}", forgery.Text, ErrorCode.CredentialInvalid)),
            new("expired", real.ForAccount(new AccountId("x"), bob.Session, past, past + TimeSpan.FromHours(1)), ErrorCode.CredentialExpired),
            new("another issuer", other.ForAccount(new AccountId("x"), bob.Session, UtcMicros.Now(time), UtcMicros.Now(time) + TimeSpan.FromDays(3_650)), ErrorCode.CredentialInvalid),
            new("another server's guest", new GuestPasses(other, time).Issue(new Caller.Guest("g", "HOME", "Gus")).Pass, ErrorCode.CredentialInvalid),
            new("guest of another room", house.Pass(secondRoom), ErrorCode.GuestElsewhere),
            new("signed out", gone.Token, ErrorCode.CredentialRevoked),
            new("a known browser's proof", real.ForBrowser(new AccountId("x"), "b", UtcMicros.Now(TimeProvider.System)), ErrorCode.CredentialInvalid),
            new("a token with another secret", token[..^43] + new string('A', 43), ErrorCode.CredentialInvalid),
            new("a token of nobody", "tutti_" + new string('a', 26) + "_" + new string('A', 43), ErrorCode.CredentialInvalid),
        ];
    }

    private async Task ByRestAsync(Key key, HttpRequestMessage request, CancellationToken ct)
    {
        using (request)
        {
            if (key.Text is not null)
            {
                request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {key.Text}");
            }

            using var answer = await house.Server.Http.SendAsync(request, ct);
            Count(key.How, answer.IsSuccessStatusCode ? 0 : (await answer.Content.ReadFromJsonAsync<JsonObject>(ct))!["code"]!.GetValue<int>());
        }
    }

    private async Task BySocketAsync(Key key, string room, string deviceId)
    {
        using var socket = await house.SocketAsync();
        await socket.SendAsync(TestSocket.Hello(deviceId, room, key.Text));
        // Whether it worked or not, the intruder goes on as if it had.
        try
        {
            await socket.SendAsync("""{"type":"stop","id":1}""");
            await socket.SendAsync("""{"type":"resync"}""");
        }
        catch (WebSocketException)
        {
            // Closed already.
        }

        Count(key.How, (await socket.ReceiveAsync()) is var frame && frame.GetProperty("type").GetString() == "error" ? frame.GetProperty("code").GetInt32() : 0);
    }

    private async Task<string> TrackAsync()
    {
        while (true)
        {
            var tracks = (await (await house.Ann.Http.GetAsync("/api/tracks", Ct)).JsonAsync())["tracks"]!.AsArray();
            if (tracks.Count > 0)
            {
                return tracks[0]!["id"]!.ToString();
            }
        }
    }

    private void Count(string how, int code) => _refused.AddOrUpdate((how, code), 1, static (_, count) => count + 1);

    private sealed record Key(string How, string? Text, ErrorCode Code);
}
