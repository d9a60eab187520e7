using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tutti.Cli.Commands;
using Tutti.Protocol;
using Tutti.Protocol.Rest;
using Tutti.Timing;

namespace Tutti.Client.Tests.Cli;

/// <summary>More tracks than one command carries, against a room whose queue is a list.</summary>
public sealed class ManyTracksTests
{
    [Theory]
    [InlineData("end", 2, 0)]
    [InlineData("next", 1, 0)]
    [InlineData("index", 0, 700)]
    [InlineData("play", 1, 1)]
    public async Task They_stand_in_the_queue_in_their_order(string manner, int at, int current)
    {
        using var room = new ListedRoom(["a", "b"]);
        using var client = new TuttiClient(new Uri("http://house.test"), new TuttiClientOptions { Handler = room });
        string[] ids = [.. Enumerable.Range(0, 700).Select(n => $"t{n}")];
        var (mine, ct) = (client.Mine, TestContext.Current.CancellationToken);
        await (manner switch
        {
            "play" => ManyTracks.PlayAsync(mine, ids, position: null, ct),
            "next" => ManyTracks.AddAsync(mine, ids, QueuePlace.Next, ct),
            "index" => ManyTracks.AddAsync(mine, ids, QueuePlace.AtIndex(0), ct),
            _ => ManyTracks.AddAsync(mine, ids, QueuePlace.End, ct),
        });
        string[] before = ["a", "b"];
        Assert.Equal([.. before[..at], .. ids, .. before[at..]], room.Queue);
        Assert.Equal(current, room.Current);
    }

    /// <summary>Takes commands as docs/protocol.md §5 says; the first item is the current one.</summary>
    private sealed class ListedRoom(IEnumerable<string> queue) : HttpMessageHandler
    {
        public List<string> Queue { get; } = [.. queue];

        public int Current { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var body = JsonNode.Parse(await request.Content!.ReadAsStringAsync(cancellationToken))!;
            string[] ids = [.. body["trackIds"]!.AsArray().Select(id => id!.ToString())];
            Assert.InRange(ids.Length, 1, ProtocolLimits.ItemsPerCommand);
            var plays = request.RequestUri!.AbsolutePath == "/api/playback/play";
            var at = plays || body["at"]?.ToString() == "next" ? Current + 1 : body["at"]?.GetValue<int>() ?? Queue.Count;
            Queue.InsertRange(at, ids);
            Current = plays ? at : at <= Current ? Current + ids.Length : Current;
            var state = new PlaybackState(
                "HOME", "e1", 1, new ServerMicros(1), PlaybackStatus.Stopped, null, null, 0, null, 80, null, null, Timeline.Nothing(new ServerMicros(0)), [], true, 0);
            return new HttpResponseMessage(HttpStatusCode.OK)
            {
                Content = new StringContent(JsonSerializer.Serialize(state, AnswerJson.Default.PlaybackState), Encoding.UTF8, "application/json"),
            };
        }
    }
}
