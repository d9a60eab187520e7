using System.Text;
using System.Text.Json;
using Tutti.Protocol;
using Tutti.Timing;

namespace Tutti.Server.Tests.Realtime;

/// <summary>The golden vectors of <c>spec/messages.json</c>: frames from devices, and what becomes of them.</summary>
public sealed class MessageVectorTests
{
    public static IEnumerable<TheoryDataRow<string, string, JsonElement>> Vectors
    {
        get
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "spec", "messages.json")));
            foreach (var vector in document.RootElement.EnumerateArray())
            {
                var name = vector.GetProperty("name").GetString()!;
                var frame = vector.GetProperty("input").GetProperty("frame").GetString()!;
                yield return new(name, frame, vector.GetProperty("expect").Clone()) { TestDisplayName = name };
            }
        }
    }

    [Theory]
    [MemberData(nameof(Vectors), DisableDiscoveryEnumeration = true)]
    public void Golden(string name, string frame, JsonElement expect)
    {
        var utf8 = Encoding.UTF8.GetBytes(frame);
        var read = ClientFrames.Read(utf8);
        var isProbe = ProbeFrames.TryRead(utf8, out var probeId, out var t0);
        if (expect.GetProperty("ok").GetBoolean())
        {
            var message = Assert.IsType<ClientFrame.Valid>(read).Message;
            Assert.Equal(expect.GetProperty("type").GetString(), TypeOf(message));
            Assert.Equal(isProbe, message is ClientMessage.Probe probe && probe == new ClientMessage.Probe(probeId, t0));
            return;
        }

        var invalid = Assert.IsType<ClientFrame.Invalid>(read);
        Assert.True(expect.GetProperty("code").GetInt32() == (int)invalid.Code, $"{name}: {(int)invalid.Code} {invalid.Message}");
        Assert.Equal(expect.TryGetProperty("id", out var id) ? id.GetInt64() : null, invalid.Id);
        Assert.False(isProbe, "the fast path takes sound probes only");
    }

    [Fact]
    public void A_probe_reply_fits_and_is_what_the_protocol_says()
    {
        Span<byte> buffer = stackalloc byte[ProbeFrames.ReplyMaxBytes];
        var length = ProbeFrames.WriteReply(buffer, long.MaxValue, long.MinValue, new ServerMicros(long.MinValue), new ServerMicros(long.MaxValue));
        Assert.Equal(
            """{"type":"probeReply","id":9223372036854775807,"t0":-9223372036854775808,"t1":-9223372036854775808,"t2":9223372036854775807}""",
            Encoding.UTF8.GetString(buffer[..length]));
    }

    private static string TypeOf(ClientMessage message)
    {
        var name = message is ClientMessage.Command command ? command.What.GetType().Name : message.GetType().Name;
        return JsonNamingPolicy.CamelCase.ConvertName(name);
    }
}
