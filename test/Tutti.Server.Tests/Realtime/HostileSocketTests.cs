using System.Net.WebSockets;
using System.Text;
using Tutti.Protocol;
using Tutti.Server.Rooms;

namespace Tutti.Server.Tests.Realtime;

/// <summary>Whatever comes in: a numbered error or a clean close, and the server goes on.</summary>
public sealed class HostileSocketTests
{
    [Theory]
    [InlineData("""{"type":"explode","id":5}""", 1002)]
    [InlineData("""{"id":5}""", 1002)]
    [InlineData("not json", 1001)]
    [InlineData("""{"type":"volume","id":1,"volume":"loud"}""", 1007)]
    [InlineData("""{"type":"rename","name":"\ud800"}""", 1007)]
    [InlineData("""{"type":"\ud800"}""", 1002)]
    public async Task A_bad_frame_is_answered_by_number_and_the_connection_goes_on(string frame, int code)
    {
        await using var host = await SocketHost.StartAsync();
        using var socket = await host.JoinAsync("device-a");
        await socket.SendAsync(frame);
        Assert.Equal(code, (await socket.ReceiveAsync("error")).GetProperty("code").GetInt32());
        await socket.SendAsync("""{"type":"volume","id":1,"volume":1}""");
        await socket.ReceiveAsync("ack");
    }

    [Fact]
    public async Task Deep_json_is_too_deep()
    {
        await using var host = await SocketHost.StartAsync();
        using var socket = await host.JoinAsync("device-a");
        await socket.SendAsync("{\"type\":\"bye\",\"x\":" + new string('[', 20_000) + new string(']', 20_000) + "}");
        Assert.Equal(1005, (await socket.ReceiveAsync("error")).GetProperty("code").GetInt32());
    }

    [Fact]
    public async Task A_second_hello_is_refused()
    {
        await using var host = await SocketHost.StartAsync();
        using var socket = await host.JoinAsync("device-a");
        await socket.SendAsync(TestSocket.Hello("device-b"));
        Assert.Equal(1011, (await socket.ReceiveAsync("error")).GetProperty("code").GetInt32());
    }

    [Theory]
    [InlineData("""{"type":"pause","id":1}""", 1006, 4000)]
    [InlineData("""{"type":"explode"}""", 1006, 4000)]
    [InlineData("rubbish", 1001, 4000)]
    [InlineData("""{"type":"hello","protocol":2}""", 1008, 4000)]
    [InlineData("""{"type":"hello","protocol":1,"room":"HOME"}""", 1007, 4000)]
    [InlineData("""{"type":"hello","protocol":1,"room":"ABCDEF","device":{"id":"device-a","name":"a","kind":"app"}}""", 2001, 4000)]
    [InlineData("""{"type":"hello","protocol":1,"room":"../etc","device":{"id":"device-a","name":"a","kind":"app"}}""", 2001, 4000)]
    public async Task A_bad_opening_is_fatal(string frame, int code, int status)
    {
        await using var host = await SocketHost.StartAsync();
        using var socket = await host.ConnectAsync();
        await socket.SendAsync(frame);
        Assert.Equal((status, code), await socket.ReceiveCloseAsync());
        await WorksStillAsync(host);
    }

    [Fact]
    public async Task A_binary_frame_is_refused_with_1003()
    {
        await using var host = await SocketHost.StartAsync();
        using var socket = await host.JoinAsync("device-a");
        await socket.SendAsync([1, 2, 3], WebSocketMessageType.Binary);
        Assert.Equal((1003, 1004), await socket.ReceiveCloseAsync());
        await WorksStillAsync(host);
    }

    [Theory]
    [InlineData(ProtocolLimits.FrameBytes, true)]
    [InlineData(ProtocolLimits.HelloFrameBytes, false)]
    public async Task A_huge_frame_is_refused_with_1009(int limit, bool greeted)
    {
        await using var host = await SocketHost.StartAsync();
        using var socket = greeted ? await host.JoinAsync("device-a") : await host.ConnectAsync();
        await socket.SendAsync(new string('x', limit + 1));
        Assert.Equal((1009, 1003), await socket.ReceiveCloseAsync());
        await WorksStillAsync(host);
    }

    [Fact]
    public async Task Text_that_is_not_utf8_ends_the_connection_and_nothing_else()
    {
        await using var host = await SocketHost.StartAsync();
        using var socket = await host.JoinAsync("device-a");
        await socket.SendAsync([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d], WebSocketMessageType.Text);
        try
        {
            Assert.Equal((int)WebSocketCloseStatus.InvalidPayloadData, (await socket.ReceiveCloseAsync()).Status);
        }
        catch (WebSocketException)
        {
            // The framework sends status 1007 and drops the connection right after; the reset may overtake the close frame.
        }

        await WorksStillAsync(host);
    }

    [Fact]
    public async Task A_flood_is_cut_off()
    {
        await using var host = await SocketHost.StartAsync();
        using var socket = await host.JoinAsync("device-a");
        for (var i = 0; i < ProtocolLimits.MessageBurst; i++)
        {
            await socket.SendAsync("""{"type":"probe","id":1,"t0":1}""");
        }

        Assert.Equal((4000, 1009), await socket.ReceiveCloseAsync());
        await WorksStillAsync(host);
    }

    [Fact]
    public async Task A_silent_socket_is_closed_after_ten_seconds()
    {
        await using var host = await SocketHost.StartAsync();
        using var socket = await host.ConnectAsync();
        await socket.SendAsync("""{"type":"probe","id":1,"t0":1}""");
        await socket.ReceiveAsync("probeReply");
        host.Time.Advance(TimeSpan.FromSeconds(ProtocolLimits.HelloTimeoutSeconds));
        Assert.Equal((4000, 1010), await socket.ReceiveCloseAsync());
    }

    [Fact]
    public async Task A_full_room_is_full()
    {
        await using var host = await SocketHost.StartAsync(new SyncOptions { MaxDevicesPerRoom = 1 });
        using var first = await host.JoinAsync("device-a");
        using var second = await host.ConnectAsync();
        await second.SendAsync(TestSocket.Hello("device-b"));
        Assert.Equal((4000, 2002), await second.ReceiveCloseAsync());
    }

    [Fact]
    public void Random_bytes_never_crash_the_reader()
    {
        var random = new Random(7);
        var sound = Encoding.UTF8.GetBytes("""{"type":"queueAdd","id":1,"trackIds":["a","b"],"at":"next"}""");
        for (var i = 0; i < 20_000; i++)
        {
            var frame = sound.ToArray();
            for (var changes = random.Next(1, 6); changes > 0; changes--)
            {
                frame[random.Next(frame.Length)] = (byte)random.Next(256);
            }

            var cut = frame.AsMemory(0, random.Next(frame.Length + 1));
            ClientFrames.Read(cut);
            ProbeFrames.TryRead(cut.Span, out _, out _);
        }

    }

    private static async Task WorksStillAsync(SocketHost host)
    {
        using var socket = await host.JoinAsync("after-all");
        await socket.SendAsync("""{"type":"volume","id":1,"volume":1}""");
        await socket.ReceiveAsync("ack");
    }
}
