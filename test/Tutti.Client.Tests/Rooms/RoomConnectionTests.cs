using System.Net.WebSockets;
using System.Text;
using Tutti.Client.Rooms;
using Tutti.Protocol;
using Tutti.Timing;

namespace Tutti.Client.Tests.Rooms;

/// <summary>A connection to a room, against a server that is played by hand and time that stands still.</summary>
public sealed class RoomConnectionTests
{
    [Fact]
    public async Task Joining_greets_and_waits_for_the_snapshot()
    {
        var server = new FakeServer();
        var joining = server.JoinAsync();
        var socket = await server.AcceptAsync();
        var hello = await FakeServer.SentAsync<ClientMessage.Hello>(socket);
        Assert.Equal(("HOME", "device-a", "Desk", DeviceKind.Control, null), (hello.Room, hello.Device.Id, hello.Device.Name, hello.Device.Kind, hello.Handover));
        Assert.False(joining.IsCompleted);
        socket.Give(FakeServer.Snapshot(FakeServer.Empty, FakeServer.Device("device-a"), FakeServer.Device("device-b")));
        await using var room = await joining;
        Assert.Equal(("HOME", 2, 500), (room.State.Room.Code, room.Devices.Count, room.Settings.ProbeIntervalMs));
        Assert.IsType<ConnectionStatus.Open>(room.Status);
    }

    [Fact]
    public async Task A_refusal_at_the_door_is_thrown_by_number()
    {
        var server = new FakeServer();
        var joining = server.JoinAsync();
        var socket = await server.AcceptAsync();
        socket.Give(FakeServer.Frame(ErrorMessage.Of(ErrorCode.RoomFull, "It is full.")));
        socket.Close(4000, "roomFull");
        var refusal = await Assert.ThrowsAsync<TuttiException>(() => joining);
        Assert.Equal((2002, "roomFull", ErrorCode.RoomFull, "It is full."), (refusal.Code, refusal.Name, refusal.Known, refusal.Message));
        Assert.Equal(1, server.Attempts);
    }

    [Fact]
    public async Task A_server_that_cannot_be_reached_is_told_at_once()
    {
        var server = new FakeServer { Refusal = new ServerUnreachableException(new Uri("http://server.test"), "nobody is there") };
        Assert.Same(server.Refusal, await Assert.ThrowsAsync<ServerUnreachableException>(() => server.JoinAsync()));
    }

    [Fact]
    public async Task A_server_that_says_nothing_is_given_up()
    {
        var server = new FakeServer();
        // So long a limit for opening that only the silence can end the attempt, however late its watch gets to run.
        var device = new DeviceIdentity("device-a", "Desk", DeviceKind.Control);
        var joining = server.JoinAsync(new RoomConnectionOptions { Device = device, OpenTimeout = TimeSpan.FromDays(30) });
        await FakeServer.SentAsync<ClientMessage.Hello>(await server.AcceptAsync());
        await server.AdvanceUntilAsync(() => joining.IsCompleted, "the attempt to end", stepMs: 500);
        Assert.Contains("silent", (await Assert.ThrowsAsync<ServerUnreachableException>(() => joining)).Message);
    }

    [Fact]
    public async Task A_command_is_answered_by_its_own_number()
    {
        var server = new FakeServer();
        var (room, socket) = await server.JoinedAsync();
        await using var _ = room;
        var first = room.SendAsync(new RoomCommand.Volume(40), TestContext.Current.CancellationToken);
        var firstSent = await FakeServer.SentAsync<ClientMessage.Command>(socket);
        var second = room.SendAsync(new RoomCommand.Pause(), TestContext.Current.CancellationToken);
        var secondSent = await FakeServer.SentAsync<ClientMessage.Command>(socket);
        socket.Give(FakeServer.Frame(new AckMessage(secondSent.Id + 100, 9)));
        socket.Give(FakeServer.Frame(new RefusedMessage(secondSent.Id, FaultInfo.Of(ErrorCode.NotPlaying, "Nothing plays."))));
        socket.Give(FakeServer.Frame(new AckMessage(firstSent.Id, 7)));
        Assert.Equal(new CommandResult.Accepted(7), await first);
        var refused = await second;
        Assert.Equal(new CommandResult.Refused(FaultInfo.Of(ErrorCode.NotPlaying, "Nothing plays.")), refused);
        Assert.Equal(3002, Assert.Throws<TuttiException>(() => refused.VersionOrThrow()).Code);
    }

    [Fact]
    public async Task A_message_that_the_server_cannot_take_is_thrown_by_number()
    {
        var server = new FakeServer();
        var (room, socket) = await server.JoinedAsync();
        await using var _ = room;
        var command = room.SendAsync(new RoomCommand.Stop(), TestContext.Current.CancellationToken);
        var sent = await FakeServer.SentAsync<ClientMessage.Command>(socket);
        socket.Give(FakeServer.Frame(ErrorMessage.Of(ErrorCode.RoomBusy, "Try again.", sent.Id)));
        Assert.Equal(ErrorCode.RoomBusy, (await Assert.ThrowsAsync<TuttiException>(() => command)).Known);
    }

    [Fact]
    public async Task A_command_that_is_not_answered_times_out()
    {
        var server = new FakeServer();
        // Sooner than the silence of the line is noticed.
        var options = new RoomConnectionOptions { Device = new DeviceIdentity("device-a", "Desk", DeviceKind.Control), CommandTimeout = TimeSpan.FromSeconds(2) };
        var (room, socket) = await server.JoinedAsync(options);
        await using var _ = room;
        var command = room.SendAsync(new RoomCommand.Pause(), TestContext.Current.CancellationToken);
        await FakeServer.SentAsync<ClientMessage.Command>(socket);
        await server.AdvanceUntilAsync(() => command.IsCompleted, "the command to end");
        await Assert.ThrowsAsync<TimeoutException>(() => command);
    }

    [Fact]
    public async Task A_command_on_a_line_that_breaks_is_not_sent_twice()
    {
        var server = new FakeServer();
        var (room, socket) = await server.JoinedAsync();
        await using var _ = room;
        var command = room.SendAsync(new RoomCommand.Next(), TestContext.Current.CancellationToken);
        await FakeServer.SentAsync<ClientMessage.Command>(socket);
        socket.Break();
        await Assert.ThrowsAsync<ConnectionLostException>(() => command);
    }

    [Fact]
    public async Task The_line_comes_back_hands_over_and_takes_what_waited()
    {
        var server = new FakeServer();
        var (room, socket) = await server.JoinedAsync();
        await using var _ = room;
        var newest = FakeServer.State(FakeServer.Empty with { Version = 5, Volume = 33 });
        socket.Give(newest);
        await room.StateWhereAsync(state => state.Version == 5, TestContext.Current.CancellationToken);
        Assert.True(await room.RenameAsync("Bench", TestContext.Current.CancellationToken));
        socket.Break();
        await UntilAsync<ConnectionStatus.Reconnecting>(room);
        Assert.Equal(33, room.State.Volume);
        Assert.False(await room.ResyncAsync(TestContext.Current.CancellationToken));
        var waiting = room.SendAsync(new RoomCommand.Stop(), TestContext.Current.CancellationToken);
        await server.AdvanceUntilAsync(() => server.Attempts == 2, "another attempt");
        var second = await server.AcceptAsync();
        var hello = await FakeServer.SentAsync<ClientMessage.Hello>(second);
        Assert.Equal((Encoding.UTF8.GetString(newest), "Bench"), (hello.Handover, hello.Device.Name));
        Assert.False(waiting.IsCompleted);
        second.Give(FakeServer.Snapshot(FakeServer.Empty with { Version = 6 }));
        var sent = await FakeServer.SentAsync<ClientMessage.Command>(second);
        second.Give(FakeServer.Frame(new AckMessage(sent.Id, 7)));
        Assert.Equal(new CommandResult.Accepted(7), await waiting);
        Assert.IsType<ConnectionStatus.Open>(room.Status);
    }

    [Fact]
    public async Task Waits_grow_and_are_drawn_from_their_upper_half()
    {
        var server = new FakeServer { Chance = 0.5 };
        var (room, socket) = await server.JoinedAsync();
        await using var _ = room;
        var waits = new List<double>();
        await using var statuses = room.StatusesAsync(TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        Assert.True(await statuses.MoveNextAsync());
        server.Refusal = new ServerUnreachableException(new Uri("http://server.test"), "down");
        socket.Break();
        await server.AdvanceUntilAsync(() => server.Attempts == 9, "nine attempts");
        server.Refusal = null;
        await server.AdvanceUntilAsync(() => server.Attempts == 10, "another attempt");
        var back = await server.AcceptAsync();
        back.Give(FakeServer.Snapshot(FakeServer.Empty));
        await UntilAsync<ConnectionStatus.Open>(room);
        back.Break();
        await UntilAsync<ConnectionStatus.Reconnecting>(room);
        await room.DisposeAsync();
        while (await statuses.MoveNextAsync())
        {
            waits.AddRange(statuses.Current is ConnectionStatus.Reconnecting again ? [again.Wait.TotalMilliseconds] : []);
        }

        Assert.Equal([187.5, 375, 750, 1_500, 3_000, 6_000, 7_500, 7_500, 7_500, 187.5], waits);
    }

    [Fact]
    public async Task A_silent_server_is_left_and_tried_again()
    {
        var server = new FakeServer();
        var (room, _) = await server.JoinedAsync();
        await using var __ = room;
        await server.AdvanceUntilAsync(() => room.Status is ConnectionStatus.Reconnecting, "the silence to be noticed");
        Assert.Contains("silent", Assert.IsType<ConnectionStatus.Reconnecting>(room.Status).Reason);
    }

    [Theory]
    [InlineData(4001, null, 4001)]
    [InlineData(4000, ErrorCode.RoomNotFound, 2001)]
    public async Task What_would_be_the_same_next_time_ends_it_for_good(int status, ErrorCode? error, int code)
    {
        var server = new FakeServer();
        var (room, socket) = await server.JoinedAsync();
        await using var _ = room;
        if (error is { } said)
        {
            socket.Give(FakeServer.Frame(ErrorMessage.Of(said, "Gone.")));
        }

        socket.Close(status, "");
        await UntilAsync<ConnectionStatus.Closed>(room);
        Assert.Equal(code, Assert.IsType<ConnectionStatus.Closed>(room.Status).Fault?.Code);
        await Assert.ThrowsAsync<TuttiException>(async () => await room.StateWhereAsync(_ => false, TestContext.Current.CancellationToken));
        Assert.Equal(code, (await Assert.ThrowsAsync<TuttiException>(() => room.SendAsync(new RoomCommand.Stop(), TestContext.Current.CancellationToken))).Code);
        Assert.Equal(1, server.Attempts);
    }

    [Fact]
    public async Task Older_states_are_passed_over_and_another_incarnation_is_taken()
    {
        var server = new FakeServer();
        var (room, socket) = await server.JoinedAsync();
        await using var _ = room;
        socket.Give(FakeServer.State(FakeServer.Empty with { Version = 9 }));
        socket.Give(FakeServer.State(FakeServer.Empty with { Version = 8 }));
        socket.Give(FakeServer.State(FakeServer.Empty with { Epoch = "e2", Version = 2 }));
        Assert.Equal(2, (await room.StateWhereAsync(state => state.Epoch == "e2", TestContext.Current.CancellationToken)).Version);
    }

    [Fact]
    public async Task A_slow_reader_gets_the_newest()
    {
        var server = new FakeServer();
        var (room, socket) = await server.JoinedAsync();
        await using var _ = room;
        await using var slow = room.StatesAsync(TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        Assert.True(await slow.MoveNextAsync());
        for (var version = 2; version <= 50; version++)
        {
            socket.Give(FakeServer.State(FakeServer.Empty with { Version = version }));
        }

        await room.StateWhereAsync(state => state.Version == 50, TestContext.Current.CancellationToken);
        Assert.True(await slow.MoveNextAsync());
        Assert.Equal(50, slow.Current.Version);
    }

    [Fact]
    public async Task Devices_come_and_go()
    {
        var server = new FakeServer();
        var (room, socket) = await server.JoinedAsync();
        await using var _ = room;
        socket.Give(FakeServer.Frame(new DeviceJoinedMessage(FakeServer.Device("device-b"))));
        socket.Give(FakeServer.Frame(new DevicesMessage([FakeServer.Device("device-b"), FakeServer.Device("device-c")])));
        socket.Give(FakeServer.Frame(new DeviceLeftMessage("device-b")));
        await foreach (var devices in room.DevicesAsync(TestContext.Current.CancellationToken))
        {
            if (devices is [{ Id: "device-c" }])
            {
                return;
            }
        }
    }

    [Fact]
    public async Task Notices_and_errors_reach_who_reads_them()
    {
        var server = new FakeServer();
        var (room, socket) = await server.JoinedAsync();
        await using var _ = room;
        await using var notices = room.NoticesAsync(TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        await using var errors = room.ErrorsAsync(TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        var notice = notices.MoveNextAsync();
        var error = errors.MoveNextAsync();
        socket.Give(FakeServer.Frame(new NoticeMessage(NoticeLevel.Warning, 5003, "trackVanished", "gone", new ServerMicros(1))));
        socket.Give(FakeServer.Frame(ErrorMessage.Of(ErrorCode.RoomBusy, "busy")));
        Assert.True(await notice && await error);
        Assert.Equal((5003, 2004), (notices.Current.Code, errors.Current.Code));
    }

    [Fact]
    public async Task Server_time_comes_from_the_probes()
    {
        var server = new FakeServer();
        var (room, socket) = await server.JoinedAsync();
        await using var _ = room;
        Assert.Null(room.ServerNow);
        // 4 ms there and 4 ms back; the server's clock is 1795 Gs ahead of the device's.
        const long Offset = 1_795_000_000_000_000;
        for (var i = 0; i < 10; i++)
        {
            var probe = await FakeServer.SentAsync<ClientMessage.Probe>(socket);
            server.Time.Advance(TimeSpan.FromMilliseconds(8));
            socket.Give(Reply(probe, probe.T0 + 4_000 + Offset));
            await server.AdvanceUntilAsync(() => room.Clock?.Probes > i, "the reply to be taken", stepMs: 0);
            server.Time.Advance(TimeSpan.FromMilliseconds(32));
        }

        var now = (server.Time.GetUtcNow() - new DateTimeOffset(2026, 11, 21, 12, 0, 0, TimeSpan.Zero)).Ticks / 10;
        Assert.InRange(room.ServerNow!.Value - new ServerMicros(now + Offset), -500, 500);
        Assert.Equal(8_000, room.Clock!.Value.RttMicros);
    }

    [Fact]
    public async Task Hostile_frames_are_counted_and_passed_over()
    {
        var server = new FakeServer();
        var (room, socket) = await server.JoinedAsync();
        await using var _ = room;
        var random = new Random(3);
        for (var i = 0; i < 500; i++)
        {
            var frame = FakeServer.State(FakeServer.Empty with { Version = 2 });
            frame[random.Next(frame.Length)] = (byte)random.Next(256);
            socket.Give(frame);
        }

        socket.Give([]);
        socket.Give("[[[[[[[[[[[[[[[[[[[[[[[["u8.ToArray());
        socket.Give("""{"type":"ack","id":-1,"version":1e99}"""u8.ToArray());
        socket.Give("""{"type":"weather"}"""u8.ToArray());
        socket.Give(FakeServer.State(FakeServer.Empty with { Epoch = "sound", Version = 3 }));
        await room.StateWhereAsync(state => state.Epoch == "sound", TestContext.Current.CancellationToken);
        Assert.InRange(room.UnreadableFrames, 50, 503);
        Assert.IsType<ConnectionStatus.Open>(room.Status);
    }

    [Theory]
    [InlineData(WebSocketMessageType.Binary, 4)]
    [InlineData(WebSocketMessageType.Text, Sockets.FrameReader.MaxBytes + 1)]
    public async Task A_frame_that_cannot_be_the_protocol_s_ends_the_line(WebSocketMessageType type, int bytes)
    {
        var server = new FakeServer();
        var (room, socket) = await server.JoinedAsync();
        await using var _ = room;
        socket.Give(new byte[bytes], type);
        await UntilAsync<ConnectionStatus.Reconnecting>(room);
    }

    [Fact]
    public async Task Disposing_says_bye_and_ends_every_stream()
    {
        var server = new FakeServer();
        var (room, socket) = await server.JoinedAsync();
        var reading = Task.Run(async () =>
        {
            await foreach (var _ in room.StatesAsync(TestContext.Current.CancellationToken))
            {
            }
        }, TestContext.Current.CancellationToken);
        var leaving = room.DisposeAsync();
        await FakeServer.SentAsync<ClientMessage.Bye>(socket);
        await leaving;
        await reading.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        Assert.Null(Assert.IsType<ConnectionStatus.Closed>(room.Status).Fault);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => room.SendAsync(new RoomCommand.Stop(), TestContext.Current.CancellationToken));
        await room.DisposeAsync();
    }

    private static Task<ConnectionStatus> UntilAsync<TStatus>(RoomConnection room)
        where TStatus : ConnectionStatus => FakeServer.Within(
            room.StatusesAsync(TestContext.Current.CancellationToken).FirstAsync(status => status is TStatus, TestContext.Current.CancellationToken).AsTask(),
            typeof(TStatus).Name);

    private static byte[] Reply(ClientMessage.Probe probe, long serverMicros)
    {
        var buffer = new byte[ProbeFrames.ReplyMaxBytes];
        var length = ProbeFrames.WriteReply(buffer, probe.Id, probe.T0, new ServerMicros(serverMicros), new ServerMicros(serverMicros));
        return buffer[..length];
    }
}
