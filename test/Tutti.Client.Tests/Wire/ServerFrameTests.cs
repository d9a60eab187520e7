using System.Text;
using System.Text.Json;
using Tutti.Protocol;

namespace Tutti.Client.Tests.Wire;

/// <summary>The golden vectors of <c>spec/server-messages.json</c>: frames from the server, and what a client makes of them.</summary>
public sealed class ServerFrameTests
{
    public static IEnumerable<TheoryDataRow<string, JsonElement>> Vectors => GoldenFrames.Of("server-messages.json");

    [Theory]
    [MemberData(nameof(Vectors), DisableDiscoveryEnumeration = true)]
    public void Golden(string frame, JsonElement expect)
    {
        var read = ServerFrames.Read(Encoding.UTF8.GetBytes(frame));
        if (!expect.GetProperty("ok").GetBoolean())
        {
            Assert.NotEmpty(Assert.IsType<ServerFrame.Invalid>(read).Reason);
            return;
        }

        Assert.Equal(expect.GetProperty("type").GetString(), TypeOf(read));
        if (read is not ServerFrame.Unknown)
        {
            // Written by the very code of the server: what it writes is what a client reads.
            Assert.Equal(expect.TryGetProperty("rewritten", out var rewritten) ? rewritten.GetString() : frame, Rewrite(read));
        }
    }

    [Fact]
    public void Frames_with_a_fault_are_told_apart_and_never_crash_the_reader()
    {
        var random = new Random(5);
        byte[][] sound = [.. Vectors.Where(row => row.Data.Item2.GetProperty("ok").GetBoolean()).Select(row => Encoding.UTF8.GetBytes(row.Data.Item1))];
        var (understood, refused) = (0, 0);
        for (var i = 0; i < 30_000; i++)
        {
            var frame = sound[random.Next(sound.Length)].ToArray();
            for (var changes = random.Next(1, 5); changes > 0; changes--)
            {
                frame[random.Next(frame.Length)] = random.Next(3) == 0 ? (byte)random.Next(256) : (byte)"0123456789-.{}[]\",:nulltre"[random.Next(26)];
            }

            var read = ServerFrames.Read(frame.AsSpan(0, random.Next(4) == 0 ? random.Next(frame.Length + 1) : frame.Length));
            Computes(read);
            (understood, refused) = read is ServerFrame.Invalid ? (understood, refused + 1) : (understood + 1, refused);
        }

        Assert.True(understood > 1_000 && refused > 1_000, $"{understood} understood, {refused} refused");
    }

    // Whatever is let through can be computed with, to the end of the queue and back.
    private static void Computes(ServerFrame frame)
    {
        var state = frame switch
        {
            ServerFrame.State { What: var what } => what,
            ServerFrame.Snapshot { What: var what } => what,
            _ => null,
        };
        if (state is not null)
        {
            state.SoundingAt(state.Timeline.AtMicros + 1_000_000_000_000);
            state.CurrentItem();
            foreach (var item in state.Queue)
            {
                item.Media?.ExactDurationMicros();
            }
        }
    }

    private static string TypeOf(ServerFrame frame) => frame switch
    {
        ServerFrame.Snapshot => "snapshot",
        ServerFrame.State => "state",
        ServerFrame.ProbeReply => "probeReply",
        ServerFrame.Message { What: var message } => message.Type,
        ServerFrame.Unknown(var type) => type,
        var other => other.ToString(),
    };

    private static string Rewrite(ServerFrame frame)
    {
        var wire = ProtocolJson.Wire;
        switch (frame)
        {
            case ServerFrame.Snapshot snapshot:
                return Text(StateFrames.Snapshot(
                    snapshot.DeviceId, snapshot.ServerMicros, snapshot.Settings, JsonSerializer.SerializeToUtf8Bytes(snapshot.What, wire.RoomState), snapshot.Seal,
                    snapshot.Devices).Span);
            case ServerFrame.State state:
                return Text(StateFrames.State(JsonSerializer.SerializeToUtf8Bytes(state.What, wire.RoomState), state.Seal).Span);
            case ServerFrame.ProbeReply reply:
                var buffer = new byte[ProbeFrames.ReplyMaxBytes];
                return Text(buffer.AsSpan(0, ProbeFrames.WriteReply(buffer, reply.Id, reply.T0, reply.T1, reply.T2)));
            case ServerFrame.Message { What: var message }:
                return JsonSerializer.Serialize(message, message.GetType(), wire);
            default:
                return "";
        }
    }

    private static string Text(ReadOnlySpan<byte> utf8) => Encoding.UTF8.GetString(utf8);
}
