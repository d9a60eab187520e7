using System.Net.WebSockets;
using Tutti.Client.Rooms;
using Tutti.Protocol;
using Tutti.Server.Rooms;

namespace Tutti.Server.Tests.Realtime;

/// <summary>The socket as docs/protocol.md says: opening, probes, commands, replacement, end.</summary>
public sealed class SocketTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

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
        await using var one = await host.EnterAsync("device-a");
        await using var other = await host.EnterAsync("device-b");
        var version = (await one.SendAsync(new RoomCommand.Volume(42), Ct)).VersionOrThrow();
        var state = await other.StateWhereAsync(state => state.Volume == 42, Ct);
        Assert.Equal(version, state.Version);
        var refused = Assert.IsType<CommandResult.Refused>(await one.SendAsync(new RoomCommand.Pause(), Ct));
        Assert.Equal(3002, refused.Fault.Code);
    }

    [Fact]
    public async Task The_ready_handshake_goes_over_the_socket()
    {
        await using var host = await SocketHost.StartAsync();
        await using var device = await host.EnterAsync("device-a");
        await device.ReportAsync(new DeviceReport(OutputState.On, null, 0, 2, 0, 0, 0, null, 0, 0), Ct);
        await device.SendAsync(new RoomCommand.Play(["t1"]), Ct);
        var pending = await device.StateWhereAsync(state => state is { Pending: not null, Queue: [{ Media: not null }] }, Ct);
        Assert.True(await device.ReadyAsync(pending.Pending!, Ct));
        var playing = await device.StateWhereAsync(state => state.Pending is null, Ct);
        Assert.Equal((PlaybackStatus.Playing, "device-a"), (playing.Status, playing.Leader));
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
        var goes = await host.EnterAsync("device-b");
        await goes.DisposeAsync();
        Assert.Equal("device-b", (await stays.ReceiveAsync("deviceLeft")).GetProperty("deviceId").GetString());
    }

    [Fact]
    public async Task A_second_socket_of_a_device_closes_the_first_for_good()
    {
        await using var host = await SocketHost.StartAsync();
        await using var first = await host.EnterAsync("device-a");
        await using var second = await host.EnterAsync("device-a");
        var ended = await first.StatusesAsync(Ct).OfType<ConnectionStatus.Closed>().FirstAsync(Ct);
        Assert.Equal(4001, ended.Fault?.Code);
        (await second.SendAsync(new RoomCommand.Volume(1), Ct)).VersionOrThrow();
    }

    [Fact]
    public async Task A_line_that_is_cut_comes_back_with_the_same_room()
    {
        await using var host = await SocketHost.StartAsync();
        await using var device = await host.EnterAsync("device-a");
        (await device.SendAsync(new RoomCommand.Volume(17), Ct)).VersionOrThrow();
        // The server sends away who floods it; the device comes back by itself.
        for (var i = 0; i < ProtocolLimits.MessageBurst; i++)
        {
            await device.ResyncAsync(Ct);
        }

        var again = await device.StatusesAsync(Ct).OfType<ConnectionStatus.Reconnecting>().FirstAsync(Ct);
        Assert.Equal(1, again.Attempt);
        (await device.SendAsync(new RoomCommand.Resume(), Ct)).ToString();
        Assert.Equal(17, device.State.Volume);
    }

    [Fact]
    public async Task Server_time_is_known_from_the_first_probes()
    {
        await using var host = await SocketHost.StartAsync();
        await using var device = await host.EnterAsync("device-a");
        var clock = host.Clock;
        while (device.Clock is null)
        {
            await device.SendAsync(new RoomCommand.Volume(1), Ct);
        }

        // The server's time stands still here, the device's does not: what it knew was right when it was measured.
        Assert.InRange(device.ServerNow!.Value - clock.Now, -1_000_000, 10_000_000);
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
