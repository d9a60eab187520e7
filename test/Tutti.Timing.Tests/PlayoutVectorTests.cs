using System.Text.Json;

namespace Tutti.Timing.Tests;

public sealed class PlayoutVectorTests
{
    public static IEnumerable<TheoryDataRow<string, JsonElement, JsonElement>> Vectors => GoldenVectors.Load("timeline.json");

    [Theory]
    [MemberData(nameof(Vectors), DisableDiscoveryEnumeration = true)]
    public void Golden(string name, JsonElement input, JsonElement expect)
    {
        var timeline = ReadTimeline(input.GetProperty("timeline"))!.Value;
        switch (input.GetProperty("function").GetString())
        {
            case "positionAt":
                Assert.Equal(expect.GetProperty("positionMicros").GetInt64(), timeline.PositionAt(Instant(input)));
                break;

            case "soundingAt":
                var sounding = Playout.At(ReadTimeline(input.GetProperty("previous")), timeline, ReadQueue(input), Instant(input));
                Assert.Equal(
                    new Sounding(
                        expect.GetProperty("itemId").GetString(),
                        expect.GetProperty("positionMicros").GetInt64(),
                        expect.GetProperty("moving").GetBoolean()),
                    sounding);
                break;

            case "nextBoundary":
                Assert.Equal(ReadTimeline(expect.GetProperty("timeline")), Playout.NextBoundary(timeline, ReadQueue(input)));
                break;

            case var unknown:
                Assert.Fail($"{name}: no such function: {unknown}");
                break;
        }
    }

    private static ServerMicros Instant(JsonElement input) => new(input.GetProperty("instantMicros").GetInt64());

    private static Timeline? ReadTimeline(JsonElement json) => json.ValueKind == JsonValueKind.Null
        ? null
        : new Timeline(
            json.GetProperty("itemId").GetString(),
            json.GetProperty("positionMicros").GetInt64(),
            json.GetProperty("rate").GetInt32(),
            new ServerMicros(json.GetProperty("atMicros").GetInt64()));

    private static PlayoutItem[] ReadQueue(JsonElement input) =>
    [
        .. input.GetProperty("queue").EnumerateArray().Select(item => new PlayoutItem(
            item.GetProperty("id").GetString()!,
            item.GetProperty("durationMicros").GetInt64(),
            item.GetProperty("faulty").GetBoolean(),
            item.TryGetProperty("overlapMicros", out var overlap) ? overlap.GetInt64() : 0)),
    ];
}
