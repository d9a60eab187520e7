using Tutti.Protocol;
using Tutti.Server.Rooms;

namespace Tutti.Server.Tests.Rooms;

/// <summary>The room as it lives: mailbox, timers, sound, saves, devices. Time is the test's own.</summary>
public sealed class RoomMailboxTests
{
    [Fact]
    public async Task A_play_gets_sound_going_and_reaches_every_device()
    {
        await using var house = new House();
        var room = await house.OpenAsync();
        var device = await house.JoinAsync(room, "device-a");
        Assert.NotNull(device.Snapshot);

        await House.DoAsync(room, Stage.Play("t1"));
        await device.UntilAsync(d => d.States.Any(state => state.Status == PlaybackStatus.Playing));
        Assert.Contains("t1", house.Tracks.Prepared);
    }

    [Fact]
    public async Task A_command_from_a_socket_is_answered_on_it()
    {
        await using var house = new House();
        var room = await house.OpenAsync();
        var device = await house.JoinAsync(room, "device-a");
        Assert.True(room.Post(device, new DeviceMessage.Commanded(7, new RoomCommand.Volume(40))));
        Assert.True(room.Post(device, new DeviceMessage.Commanded(8, new RoomCommand.Volume(400))));
        await device.UntilAsync(d => d.Frames.Count(frame => frame.Contains("\"id\":", StringComparison.Ordinal)) == 2);
        Assert.Contains(device.Frames, frame => frame == $$"""{"type":"ack","id":7,"version":{{room.State.Version}}}""");
        Assert.Contains(device.Frames, frame => frame.StartsWith("""{"type":"refused","id":8,"error":{"code":3006""", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_timer_moves_to_the_next_item_at_its_exact_instant()
    {
        await using var house = new House();
        var room = await house.OpenAsync();
        var device = await house.JoinAsync(room, "device-a");
        await House.DoAsync(room, Stage.Play("t1", "t2"));
        await device.UntilAsync(d => d.States.Any(state => state.Queue.Length == 2 && state.Queue.All(item => item.Media is not null)));
        var start = room.State.Timeline.AtMicros;

        await house.AdvanceAsync(room, TimeSpan.FromSeconds(61));
        await device.UntilAsync(d => d.States.Any(state => state.Timeline.ItemId == state.Queue[1].Id));
        Assert.Equal(start + Stage.TrackMicros, room.State.Timeline.AtMicros);
    }

    [Fact]
    public async Task Sound_that_never_comes_is_a_fault_in_the_end()
    {
        await using var house = new House();
        house.Tracks.IsQuick = false;
        var room = await house.OpenAsync();
        var device = await house.JoinAsync(room, "device-a");
        await House.DoAsync(room, Stage.Play("t1"));
        await device.UntilAsync(_ => house.Tracks.Prepared.Contains("t1"));
        await house.AdvanceAsync(room, TimeSpan.FromSeconds(20));
        await device.UntilAsync(d => d.States.Any(state => state.Queue[0].Fault is { Code: 5005 }));
        Assert.Equal(PlaybackStatus.Stopped, room.State.Status);
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData(ErrorCode.MediaBusy, false)]
    [InlineData(ErrorCode.TrackVanished, true)]
    public async Task One_device_s_fault_makes_the_server_look_and_only_a_sound_that_is_gone_is_passed_over(ErrorCode? found, bool isPassedOver)
    {
        await using var house = new House();
        var room = await house.OpenAsync();
        var device = await house.JoinAsync(room, "device-a");
        await House.DoAsync(room, Stage.Play("t1", "t2"));
        await device.UntilAsync(d => d.States.Any(state => state.Status == PlaybackStatus.Playing && state.Queue.All(item => item.Media is not null)));
        var playing = room.State.Timeline;
        house.Tracks.IsQuick = found is null;
        if (found is { } code)
        {
            house.Tracks.Arrive("t1", new MediaOutcome.Failed(FaultInfo.Of(code, "said the server")));
        }

        Assert.True(room.Post(device, new DeviceMessage.Faulted(playing.ItemId!, 5002, "the network was away")));
        await device.UntilAsync(d => d.Frames.Any(frame => frame.Contains("the network was away", StringComparison.Ordinal)));

        // The first when the look was begun, the second when what came of it has been taken in.
        await House.SettleAsync(room);
        await House.SettleAsync(room);
        Assert.Equal(2, house.Tracks.Prepared.Count(track => track == "t1"));
        Assert.Equal(isPassedOver, room.State.Queue[0].Fault is not null);
        Assert.Equal(isPassedOver, room.State.Timeline != playing);
        Assert.Equal(PlaybackStatus.Playing, room.State.Status);
    }

    [Fact]
    public async Task The_exact_length_reaches_the_room()
    {
        await using var house = new House();
        var room = await house.OpenAsync();
        var device = await house.JoinAsync(room, "device-a");
        await House.DoAsync(room, Stage.Play("t1"));
        house.Tracks.TellLength("t1", 48_000 * 3);
        await device.UntilAsync(d => d.States.Any(state => state.Queue[0].Track.DurationMicros == 3_000_000));
    }

    [Fact]
    public async Task Saves_are_few_and_hold_the_newest()
    {
        await using var house = new House();
        var room = await house.OpenAsync();
        for (var volume = 0; volume < 50; volume++)
        {
            await House.DoAsync(room, new RoomCommand.Volume(volume));
        }

        Assert.Empty(house.Store.Saves);
        await house.AdvanceAsync(room, TimeSpan.FromSeconds(3));
        await house.Store.Saved.WaitAsync();
        Assert.Contains("\"volume\":49", Assert.Single(house.Store.Saves).StateJson, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_that_fails_is_asked_again_in_its_time_also_for_what_is_urgent()
    {
        await using var house = new House();
        var room = Assert.IsType<RoomLookup.Found>(await house.Directory.CreateAsync(new RoomWish("Party"), Actor.Anyone.Instance, TestContext.Current.CancellationToken)).Room;
        await house.Store.Saved.WaitAsync();
        await house.JoinAsync(room, "device-a");
        house.Store.IsBroken = true;
        var rename = new PeopleRequest.Hold(new SettingsChange(Name: "Ball"));
        Assert.IsType<CommandOutcome.Accepted>(await room.AskAsync(rename, Actor.Anyone.Instance, TestContext.Current.CancellationToken));
        await house.Store.Refused.WaitAsync();
        for (var letters = 0; letters < 20; letters++)
        {
            await House.SettleAsync(room);
        }

        Assert.Equal(0, house.Store.Refused.Waiting);
        house.Store.IsBroken = false;
        var saved = house.Store.Saved.WaitAsync();
        while (!saved.IsCompleted)
        {
            // The room may hear only now that the save has failed, and counts its time from there.
            await house.AdvanceAsync(room, TimeSpan.FromSeconds(3));
        }

        await saved;
        Assert.Equal("Ball", house.Store.Rooms[room.Code].Name);
    }

    [Fact]
    public async Task Stopping_saves_what_is_not_saved()
    {
        var house = new House();
        var room = await house.OpenAsync();
        await House.DoAsync(room, new RoomCommand.Volume(33));
        await house.DisposeAsync();
        Assert.Contains("\"volume\":33", house.Store.Rooms["HOME"].StateJson, StringComparison.Ordinal);
        Assert.IsType<CommandOutcome.Refused>(await room.SendAsync(new RoomCommand.Volume(1), Actor.Anyone.Instance, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_second_connection_of_a_device_replaces_the_first_whose_end_then_means_nothing()
    {
        await using var house = new House();
        var room = await house.OpenAsync();
        var first = await house.JoinAsync(room, "device-a");
        var second = await house.JoinAsync(room, "device-a");
        Assert.True(first.WasReplaced);
        room.Post(first, new DeviceMessage.Lost());
        room.Post(second, new DeviceMessage.Commanded(1, new RoomCommand.Volume(5)));
        await second.UntilAsync(d => d.Frames.Any(frame => frame.Contains("\"ack\"", StringComparison.Ordinal)));
        Assert.True(Assert.Single(room.Devices).Connected);
    }

    [Fact]
    public async Task A_lost_device_leaves_after_its_grace()
    {
        await using var house = new House();
        var room = await house.OpenAsync();
        var stays = await house.JoinAsync(room, "device-a");
        var goes = await house.JoinAsync(room, "device-b");
        room.Post(goes, new DeviceMessage.Lost());
        await house.AdvanceAsync(room, TimeSpan.FromSeconds(1));
        await stays.UntilAsync(d => d.DeviceLists.Any(list => list.Any(device => !device.Connected)));
        await house.AdvanceAsync(room, TimeSpan.FromSeconds(10));
        await stays.UntilAsync(d => d.Frames.Any(frame => frame == """{"type":"deviceLeft","deviceId":"device-b"}"""));
    }

    [Fact]
    public async Task Device_lists_come_at_most_twice_a_second()
    {
        await using var house = new House();
        var room = await house.OpenAsync();
        var device = await house.JoinAsync(room, "device-a");
        await device.UntilAsync(d => d.DeviceLists.Count == 1);
        for (var i = 0; i < 20; i++)
        {
            room.Post(device, new DeviceMessage.Reported(Stage.Report(rttMs: i)));
        }

        room.Post(device, new DeviceMessage.Commanded(1, new RoomCommand.Volume(5)));
        await device.UntilAsync(d => d.Frames.Any(frame => frame.Contains("\"ack\"", StringComparison.Ordinal)));
        Assert.Single(device.DeviceLists);
        await house.AdvanceAsync(room, TimeSpan.FromMilliseconds(500));
        await device.UntilAsync(d => d.DeviceLists.Count == 2);
        Assert.Equal(19, device.DeviceLists.Last()[0].Report!.RttMs);
    }

    [Fact]
    public async Task An_empty_room_is_put_away_paused_and_comes_back_from_the_store()
    {
        await using var house = new House();
        var made = Assert.IsType<RoomLookup.Found>(await house.Directory.CreateAsync(new RoomWish("Party"), Actor.Anyone.Instance, TestContext.Current.CancellationToken)).Room;
        await house.Store.Saved.WaitAsync();
        var device = await house.JoinAsync(made, "device-a");
        await House.DoAsync(made, Stage.Play("t1"));
        await device.UntilAsync(d => d.States.Any(state => state.Status == PlaybackStatus.Playing));
        Leave(made, device);
        await House.DoAsync(made, new RoomCommand.Volume(12));

        await house.AdvanceAsync(made, TimeSpan.FromMinutes(20));
        await house.Store.Saved.WaitAsync();
        var back = await house.OpenAsync(made.Code);
        Assert.NotSame(made, back);
        Assert.Equal("Party", back.State.Room.Name);
        Assert.Equal(12, back.State.Volume);
        Assert.NotEqual(PlaybackStatus.Playing, back.State.Status);
        Assert.NotEqual(made.State.Epoch, back.State.Epoch);

        static void Leave(IRoom room, FakeConnection connection) => Assert.True(room.Post(connection, new DeviceMessage.Bye()));
    }

    [Fact]
    public async Task A_crash_loses_nothing_that_a_device_has_seen()
    {
        var time = new ManualTimeProvider();
        await using var crashed = new House(time: time);
        var room = await crashed.OpenAsync();
        var device = await crashed.JoinAsync(room, "device-a");
        await House.DoAsync(room, Stage.Play("t1", "t2"));
        await device.UntilAsync(d => d.States.Any(state => state.Status == PlaybackStatus.Playing));
        var kept = System.Text.Encoding.UTF8.GetString(House.Seal.Seal(room.State).FrameUtf8.Span);

        await using var restarted = new House(time: time);
        var again = await restarted.OpenAsync();
        await restarted.JoinAsync(again, "device-a", kept);
        Assert.Equal(PlaybackStatus.Playing, again.State.Status);
        Assert.Equal(room.State.Timeline, again.State.Timeline);
    }

    [Fact]
    public async Task Rooms_that_are_not_there_are_not_made_up()
    {
        await using var house = new House();
        foreach (var code in new[] { "ABCDEF", "abc", "", "HOMES1", "ABCDE0" })
        {
            var missing = Assert.IsType<RoomLookup.Missing>(await house.Directory.OpenAsync(code, TestContext.Current.CancellationToken));
            Assert.Equal(ErrorCode.RoomNotFound, missing.Code);
        }
    }

    [Fact]
    public async Task A_room_that_was_closed_is_nobody_s_any_more_also_while_that_is_being_saved()
    {
        await using var house = new House();
        var (hanna, ct) = (SharedStage.Hanna, TestContext.Current.CancellationToken);
        var garden = Assert.IsType<RoomLookup.Found>(await house.Directory.CreateAsync(new RoomWish("Garden"), hanna, ct)).Room;
        Assert.Single(await house.Directory.ListOfMemberAsync(hanna.Id, ct));
        var saving = new TaskCompletionSource();
        house.Store.Held = saving.Task;
        Assert.IsType<CommandOutcome.Accepted>(await garden.AskAsync(new PeopleRequest.Close(), hanna, ct));
        Assert.Empty(await house.Directory.ListOfMemberAsync(hanna.Id, ct));
        saving.SetResult();
        Assert.Equal(ErrorCode.RoomClosed, Assert.IsType<RoomLookup.Missing>(await house.Directory.OpenAsync(garden.Code, ct)).Code);
        Assert.Empty(house.Store.Rooms[garden.Code].Members);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{}")]
    public async Task A_room_whose_saved_state_cannot_be_read_opens_to_nobody_and_stays_as_it_was_saved(string damage)
    {
        await using var house = new House();
        var hanna = SharedStage.Hanna;
        foreach (var code in (string[])["ABCDEF", House.Personal.CodeOf(hanna.Id)])
        {
            var damaged = new StoredRoom(code, "Garden", damage, "{}", false, [], house.Clock.Now);
            house.Store.Rooms[code] = damaged;
            Assert.Equal(ErrorCode.Internal, Assert.IsType<RoomLookup.Missing>(await house.Directory.OpenAsync(code, TestContext.Current.CancellationToken)).Code);
            Assert.Equal(damaged, house.Store.Rooms[code]);
        }

        Assert.IsType<RoomLookup.Missing>(await house.Directory.OpenPersonalAsync(hanna, TestContext.Current.CancellationToken));
        house.Store.Rooms["HOME"] = new StoredRoom("HOME", "Home", damage, "{}", false, [], house.Clock.Now);
        Assert.Empty((await house.OpenAsync()).State.Queue);
    }

    [Fact]
    public async Task What_was_set_of_a_device_is_there_when_it_comes_back_in_another_life()
    {
        var house = new House();
        var room = await house.OpenAsync();
        await house.JoinAsync(room, "device-a");
        await House.DoAsync(room, new RoomCommand.DeviceSet("device-a", new DeviceChange(Name: "Kitchen", TrimMs: 80)));
        await house.Shelf.SaveAllAsync();
        await house.DisposeAsync();

        await using var next = new House(store: house.Store, devices: house.Devices);
        var again = await next.OpenAsync();
        await next.JoinAsync(again, "device-a");
        Assert.Equal(("Kitchen", 80), (again.Devices[0].Name, again.Devices[0].TrimMs));
    }

    [Fact]
    public async Task What_is_set_of_a_device_reaches_it_in_the_room_where_it_is()
    {
        await using var house = new House();
        var (hanna, ct) = (SharedStage.Hanna, TestContext.Current.CancellationToken);
        var own = Assert.IsType<RoomLookup.Found>(await house.Directory.OpenPersonalAsync(hanna, ct)).Room;
        var garden = Assert.IsType<RoomLookup.Found>(await house.Directory.CreateAsync(new RoomWish("Garden"), hanna, ct)).Room;
        var phone = await house.JoinAsync(garden, "hanna-phone", actor: hanna);
        var laptop = await house.JoinAsync(own, "hanna-laptop", actor: hanna);

        await own.SendAsync(new RoomCommand.DeviceSet("hanna-phone", new DeviceChange(Volume: 30, Muted: true)), hanna, ct);
        await phone.UntilAsync(device => device.DeviceLists.Any(list => list.Single() is { Volume: 30, Muted: true }));
        await garden.SendAsync(new RoomCommand.DeviceSet("hanna-phone", new DeviceChange(TrimMs: 80)), hanna, ct);
        await laptop.UntilAsync(device => device.DeviceLists.Any(list => list.Any(one => one is { Id: "hanna-phone", Volume: 30, TrimMs: 80 })));

        // A device of that id that is somebody else's, and rooms that it is not in, hear nothing.
        var dina = await house.JoinAsync(await house.OpenAsync(), "hanna-phone", actor: SharedStage.Dina);
        await own.SendAsync(new RoomCommand.DeviceSet("hanna-phone", new DeviceChange(Volume: 20)), hanna, ct);
        await phone.UntilAsync(device => device.DeviceLists.Any(list => list.Single().Volume == 20));
        await House.SettleAsync(await house.OpenAsync());
        Assert.Equal(100, (await house.OpenAsync()).Devices.Single().Volume);
        Assert.DoesNotContain(garden.Devices, device => device.Id == "hanna-laptop");
        Assert.False(dina.WasReplaced);
    }

    [Fact]
    public async Task What_is_set_of_a_device_is_shown_at_once()
    {
        await using var house = new House();
        var room = await house.OpenAsync();
        var device = await house.JoinAsync(room, "device-a");
        await device.UntilAsync(d => d.DeviceLists.Count == 1);
        await House.DoAsync(room, new RoomCommand.DeviceSet("device-a", new DeviceChange(Muted: true)));
        Assert.True(device.DeviceLists.Last()[0].Muted);
    }

    [Fact]
    public async Task Playing_writes_nothing_but_the_snapshots_that_are_due()
    {
        await using var house = new House();
        var room = await house.OpenAsync();
        var device = await house.JoinAsync(room, "device-a");
        await House.DoAsync(room, Stage.Play("t1", "t2"));
        await device.UntilAsync(d => d.States.Any(state => state.Status == PlaybackStatus.Playing));
        for (var n = 0; n < 100; n++)
        {
            await House.DoAsync(room, n % 2 == 0 ? new RoomCommand.Pause() : new RoomCommand.Resume());
            await House.DoAsync(room, new RoomCommand.Seek(n * 1_000));
        }

        Assert.Empty(house.Store.Saves);
        Assert.Empty(house.Devices.Devices);
    }

    [Fact]
    public async Task History_and_silence_survive_the_process()
    {
        var house = new House();
        var room = await house.OpenAsync();
        var device = await house.JoinAsync(room, "device-a");
        await House.DoAsync(room, Stage.Play("t1"));
        await device.UntilAsync(d => d.States.Any(state => state.Status == PlaybackStatus.Playing));
        await House.DoAsync(room, new RoomCommand.DeviceSet("device-a", new DeviceChange(Silent: true)));
        await house.DisposeAsync();

        await using var next = new House(store: house.Store);
        var again = await next.OpenAsync();
        await next.JoinAsync(again, "device-a");
        Assert.Equal("t1", Assert.Single(again.History).Track.Id);
        Assert.False(again.Devices[0].Sound.On);
    }
}
