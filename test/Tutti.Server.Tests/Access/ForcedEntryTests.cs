using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json.Nodes;
using Tutti.Protocol;
using Tutti.Server.Tests.Hosting;
using Tutti.Server.Tests.Realtime;

namespace Tutti.Server.Tests.Access;

/// <summary>10,000 attempts to enter, hear or command a room that one has no right to: none succeeds, and each is refused by its number.</summary>
public sealed class ForcedEntryTests(ClosedHouse house) : IClassFixture<ClosedHouse>
{
    private const int Attempts = 10_000;
    private readonly ConcurrentDictionary<(string How, int Expected, int Code), int> _outcomes = new();
    private int _devices;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ten_thousand_attempts_fail()
    {
        var siege = await Siege.LayAsync(house);
        var before = await SeenByHostAsync(siege.Room);
        var attempts = siege.Attempts().ToArray();

        await Parallel.ForEachAsync(Enumerable.Range(0, Attempts), new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = Ct }, async (n, ct) =>
        {
            var attempt = attempts[n % attempts.Length];
            var code = attempt.Call is { } call
                ? await ByRestAsync(attempt.Shown, call.Request(), ct)
                : await BySocketAsync(attempt.Shown, attempt.SocketRoom!, $"intruder-{Interlocked.Increment(ref _devices):00000}");
            _outcomes.AddOrUpdate((attempt.How, (int)attempt.Refusal, code), 1, static (_, count) => count + 1);
        });

        Assert.InRange(attempts.Length, 500, Attempts);
        Assert.Equal(Attempts, _outcomes.Values.Sum());
        Assert.Empty(_outcomes.Keys.Where(outcome => outcome.Code != outcome.Expected).Select(outcome => $"{outcome.How}: {outcome.Code} instead of {outcome.Expected}"));
        Assert.Equal(before, await SeenByHostAsync(siege.Room));
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join(
            '\n', _outcomes.OrderBy(entry => entry.Key.How).Select(entry => $"{entry.Value,6}  {entry.Key.Code}  {entry.Key.How}").Append($"{attempts.Length} ways")));
    }

    /// <summary>What an intruder would have changed.</summary>
    private async Task<string> SeenByHostAsync(string room)
    {
        var seen = await (await house.Ann.Http.GetAsync($"/api/rooms/{room}", Ct)).JsonAsync();
        var people = await (await house.Ann.Http.GetAsync($"/api/rooms/{room}/participants", Ct)).JsonAsync();
        var invites = await (await house.Ann.Http.GetAsync($"/api/rooms/{room}/invites", Ct)).JsonAsync();
        return $"{seen["playback"]!["version"]} {seen["devices"]} {people["participants"]} {invites["invites"]}";
    }

    private async Task<int> ByRestAsync(string? shown, HttpRequestMessage request, CancellationToken ct)
    {
        using (request)
        {
            if (shown is not null)
            {
                request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {shown}");
            }

            using var answer = await house.Server.Http.SendAsync(request, ct);
            return answer.IsSuccessStatusCode ? 0 : (await answer.Content.ReadFromJsonAsync<JsonObject>(ct))!["code"]!.GetValue<int>();
        }
    }

    private async Task<int> BySocketAsync(string? shown, string room, string deviceId)
    {
        using var socket = await house.SocketAsync();
        await socket.SendAsync(TestSocket.Hello(deviceId, room, shown));
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

        return (await socket.ReceiveAsync()) is var frame && frame.GetProperty("type").GetString() == "error" ? frame.GetProperty("code").GetInt32() : 0;
    }
}
