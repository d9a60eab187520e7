using System.Net.WebSockets;
using System.Text.Json;
using Tutti.Protocol;
using Tutti.Server.Rooms;

namespace Tutti.Server.Tests.Realtime;

/// <summary>The socket as docs/protocol.md says: opening, probes, commands, replacement, end.</summary>
public sealed class SocketTests
{
    [Fact]
    public async Task Hello_is_answered_with_the_whole_snapshot()
    {
        await using var host = await SocketHost.StartAsync();
        using var socket = await host.ConnectAsync();
        await socket.SendAsync(TestSocket.Hello("device-a", "home"));
        var snapshot = await socket.ReceiveAsync();
        Assert.Equal("snapshot", snapshot.GetProperty("type").GetString());
        Assert.Equal("device-a", snapshot.GetProperty("deviceId").GetString());
        Assert.Equal("HOME", snapshot.GetProperty("state").GetProperty("room").GetProperty("code").GetString());
        Assert.Equal(500, snapshot.GetProperty("settings").GetProperty("probeIntervalMs").GetInt32());
        Assert.Equal("device-a", snapshot.GetProperty("devices")[0].GetProperty("id").GetString());
        var seal = new StateSeal(new HandoverKey(new byte[HandoverKey.Bytes]));
        Assert.True(seal.TryOpen(snapshot.GetRawText(), out _), "the snapshot itself can be handed over");
    }

    [Fact]
    public async Task Probes_are_answered_before_and_after_hello()
    {
        await using var host = await SocketHost.StartAsync();
        using var socket = await host.ConnectAsync();
        await socket.SendAsync("""{"type":"probe","id":1,"t0":-77}""");
        var first = await socket.ReceiveAsync();
        Assert.Equal(-77, first.GetProperty("t0").GetInt64());
        Assert.True(first.GetProperty("t2").GetInt64() >= first.GetProperty("t1").GetInt64(), "t2 is not before t1");
        await socket.SendAsync(TestSocket.Hello("device-a"));
        await socket.SendAsync("""{"type":"probe","id":2,"t0":5}""");
        Assert.Equal(2, (await socket.ReceiveAsync("probeReply")).GetProperty("id").GetInt64());
    }

    [Fact]
    public async Task A_command_is_acknowledged_and_its_state_reaches_all()
    {
        await using var host = await SocketHost.StartAsync();
        using var one = await host.JoinAsync("device-a");
        using var other = await host.JoinAsync("device-b");
        await one.SendAsync("""{"type":"volume","id":3,"volume":42}""");
        var ack = await one.ReceiveAsync("ack");
        var state = await other.ReceiveAsync("state");
        Assert.Equal(3, ack.GetProperty("id").GetInt64());
        Assert.Equal(42, state.GetProperty("state").GetProperty("volume").GetInt32());
        Assert.Equal(ack.GetProperty("version").GetInt64(), state.GetProperty("state").GetProperty("version").GetInt64());
        await one.SendAsync("""{"type":"pause","id":4}""");
        Assert.Equal(3002, (await one.ReceiveAsync("refused")).GetProperty("error").GetProperty("code").GetInt32());
    }

    [Fact]
    public async Task The_ready_handshake_goes_over_the_socket()
    {
        await using var host = await SocketHost.StartAsync();
        using var socket = await host.JoinAsync("device-a");
        await socket.SendAsync(
            """{"type":"report","output":"on","bufferMs":0,"rttMs":2,"rttJitterMs":0,"offsetMicros":0,"offsetErrorMicros":0,"ratePpm":0,"dropouts":0}""");
        await socket.SendAsync("""{"type":"play","id":1,"trackId":"t1"}""");
        JsonElement state;
        do
        {
            state = (await socket.ReceiveAsync("state")).GetProperty("state");
        }
        while (state.GetProperty("pending").ValueKind == JsonValueKind.Null || state.GetProperty("queue")[0].GetProperty("media").ValueKind == JsonValueKind.Null);
        var itemId = state.GetProperty("pending").GetProperty("itemId").GetString();
        await socket.SendAsync($$"""{"type":"ready","itemId":"{{itemId}}","positionMicros":0}""");
        state = (await socket.ReceiveAsync("state")).GetProperty("state");
        Assert.Equal("playing", state.GetProperty("status").GetString());
        Assert.Equal("device-a", state.GetProperty("leader").GetString());
    }

    [Fact]
    public async Task Resync_is_answered_with_a_snapshot()
    {
        await using var host = await SocketHost.StartAsync();
        using var socket = await host.JoinAsync("device-a");
        await socket.SendAsync("""{"type":"resync"}""");
        await socket.ReceiveAsync("snapshot");
    }

    [Fact]
    public async Task Bye_leaves_without_grace()
    {
        await using var host = await SocketHost.StartAsync();
        using var stays = await host.JoinAsync("device-a");
        using var goes = await host.JoinAsync("device-b");
        await goes.SendAsync("""{"type":"bye"}""");
        Assert.Equal("device-b", (await stays.ReceiveAsync("deviceLeft")).GetProperty("deviceId").GetString());
        Assert.Equal((1000, null), await goes.ReceiveCloseAsync());
    }

    [Fact]
    public async Task A_second_socket_of_a_device_closes_the_first()
    {
        await using var host = await SocketHost.StartAsync();
        using var first = await host.JoinAsync("device-a");
        using var second = await host.JoinAsync("device-a");
        Assert.Equal(4001, (await first.ReceiveCloseAsync()).Status);
        await second.SendAsync("""{"type":"volume","id":1,"volume":1}""");
        await second.ReceiveAsync("ack");
    }

    [Fact]
    public async Task A_server_that_stops_says_so()
    {
        await using var host = await SocketHost.StartAsync();
        using var socket = await host.JoinAsync("device-a");
        var stopping = host.StopAsync();
        Assert.Equal(((int)WebSocketCloseStatus.EndpointUnavailable, (int)ErrorCode.ShuttingDown), await socket.ReceiveCloseAsync());
        await stopping;
    }
}
