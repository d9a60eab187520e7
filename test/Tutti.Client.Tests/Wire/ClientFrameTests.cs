using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tutti.Protocol;

namespace Tutti.Client.Tests.Wire;

/// <summary>What a client writes is what a server reads, for every frame of <c>spec/messages.json</c> and for chance ones.</summary>
public sealed class ClientFrameTests
{
    public static IEnumerable<TheoryDataRow<string, JsonElement>> Sound =>
        GoldenFrames.Of("messages.json").Where(row => row.Data.Item2.GetProperty("ok").GetBoolean());

    [Theory]
    [MemberData(nameof(Sound), DisableDiscoveryEnumeration = true)]
    public void A_golden_frame_that_is_read_and_written_says_the_same(string frame, JsonElement expect)
    {
        Assert.NotEmpty(expect.GetProperty("type").GetString()!);
        var message = Read(Encoding.UTF8.GetBytes(frame));
        if (message is ClientMessage.Hello { Protocol: not ProtocolLimits.ProtocolVersion })
        {
            // What another version says is not read any further.
            return;
        }

        var written = ClientFrameWriter.Write(message);
        // A member's name that is no Unicode text is one that nobody knows.
        Assert.Equal(Plain(JsonNode.Parse(frame.Replace("\\ud800", "x"))!.AsObject()), Plain(JsonNode.Parse(written.Span)!.AsObject()));
    }

    [Fact]
    public void Chance_commands_come_through()
    {
        var random = new Random(11);
        for (var i = 0; i < 5_000; i++)
        {
            var sent = new ClientMessage.Command(random.NextInt64(0, long.MaxValue), Command(random));
            var first = ClientFrameWriter.Write(sent).ToArray();
            var got = Assert.IsType<ClientMessage.Command>(Read(first));
            Assert.Equal((sent.Id, sent.What.GetType()), (got.Id, got.What.GetType()));
            Assert.Equal(first, ClientFrameWriter.Write(got).ToArray());
        }
    }

    private static ClientMessage Read(byte[] frame) => Assert.IsType<ClientFrame.Valid>(ClientFrames.Read(frame)).Message;

    // The meaning only: order, null, members that nobody knows, and the two ways to name one track say nothing.
    private static string Plain(JsonObject frame)
    {
        if (frame["trackId"] is { } track && frame["type"]!.ToString() == "play")
        {
            frame["trackIds"] = new JsonArray(track.DeepClone());
            frame.Remove("trackId");
        }

        if (frame["at"]?.ToString() == "end")
        {
            frame.Remove("at");
        }

        if (frame["device"]?["icon"]?.ToString() == "")
        {
            frame["device"]!.AsObject().Remove("icon");
        }

        return string.Join('\n', frame.Where(member => member.Value is not null && member.Key is not ("x" or "future"))
            .OrderBy(member => member.Key, StringComparer.Ordinal).Select(member => $"{member.Key}: {Number(member.Value!)}"));
    }

    private static string Number(JsonNode value) =>
        value.GetValueKind() == JsonValueKind.Number ? value.GetValue<double>().ToString("R") : value.ToJsonString();

    private static RoomCommand Command(Random random) => random.Next(18) switch
    {
        0 => new RoomCommand.Play(Ids(random, 0), random.Next(3), random.Next(2) == 0 ? null : random.NextInt64(0, ProtocolLimits.PositionMaxMicros)),
        1 => new RoomCommand.Pause(),
        2 => new RoomCommand.Resume(),
        3 => new RoomCommand.Seek(random.NextInt64(long.MinValue, long.MaxValue)),
        4 => new RoomCommand.Stop(),
        5 => new RoomCommand.Next(),
        6 => new RoomCommand.Previous(),
        7 => random.Next(2) == 0 ? new RoomCommand.ChangeTrack(Text(random), null) : new RoomCommand.ChangeTrack(null, Text(random)),
        8 => new RoomCommand.Volume(random.Next(int.MinValue, int.MaxValue)),
        9 => new RoomCommand.QueueAdd(Ids(random, 1), random.Next(3) switch { 0 => QueuePlace.End, 1 => QueuePlace.Next, _ => QueuePlace.AtIndex(random.Next()) }),
        10 => new RoomCommand.QueueRemove(Ids(random, 1)),
        11 => new RoomCommand.QueueMove(Text(random), random.Next()),
        12 => new RoomCommand.DeviceSet(
            random.Next(2) == 0 ? null : "device-b",
            new DeviceChange("Bath", random.Next(2) == 0 ? null : "hifi", random.Next(101), random.Next(2) == 0, (random.NextDouble() * 1_000) - 500, random.Next(2) == 0 ? null : true)),
        13 => new RoomCommand.Everywhere(),
        14 => new RoomCommand.OnlyHere(random.Next(2) == 0 ? null : Text(random)),
        15 => new RoomCommand.HandOver(Text(random), random.Next(2) == 0 ? null : Text(random)),
        16 => new RoomCommand.Crossfade(random.Next(int.MinValue, int.MaxValue)),
        _ => new RoomCommand.QueueClear(),
    };

    private static ImmutableArray<string> Ids(Random random, int least) =>
        [.. Enumerable.Range(0, random.Next(least, 5)).Select(_ => Text(random))];

    // Quotes, controls, astral letters: whatever an id may hold once it is text at all.
    private static string Text(Random random) => string.Concat(Enumerable.Range(0, random.Next(1, 20)).Select(_ => random.Next(4) switch
    {
        0 => "\"",
        1 => "\u0001",
        2 => "🎵",
        _ => ((char)random.Next('a', 'z')).ToString(),
    }));
}
