using Tutti.Protocol;
using Tutti.Server.Rooms;
using Tutti.Timing;

namespace Tutti.Server.Tests.Rooms;

/// <summary>The room's behaviour along time: handshake, lead, ends of items, faults, devices.</summary>
public sealed class RoomMachineTests
{
    [Fact]
    public void With_no_sounding_device_a_play_is_scheduled_at_once_when_its_sound_is_there()
    {
        var stage = new Stage().Did(Stage.Play("t1"));
        Assert.Equal(PlaybackStatus.Preparing, stage.State.Status);
        stage.MediaArrives();
        Assert.Equal(Timeline.Moving(stage.State.Queue[0].Id, 0, stage.Now), stage.State.Timeline);
    }

    [Fact]
    public void A_play_waits_for_every_sounding_device_and_starts_after_the_lead_of_the_slowest()
    {
        var stage = new Stage().Joins("device-a").Joins("device-b", rttMs: 100).Joins("device-c", OutputState.Off, rttMs: 2_000);
        stage.Did(Stage.Play("t1"), "device-a").MediaArrives().IsReady("device-a");
        Assert.NotNull(stage.State.Pending);
        stage.IsReady("device-b");

        // 100/2 + 2×1 + 20 + 50 ms.
        Assert.Equal(stage.Now + 122_000, stage.State.Timeline.AtMicros);
        Assert.Equal("device-a", stage.State.Leader);
    }

    [Fact]
    public void The_lead_stays_within_its_bounds()
    {
        var near = new Stage { Options = new SyncOptions { LeadFloorMs = 90 } }.Joins("device-a", rttMs: 0);
        Assert.Equal(near.Now + 90_000, Leads(near));
        var far = new Stage().Joins("device-a", rttMs: 600_000);
        Assert.Equal(far.Now + 2_000_000, Leads(far));

        static ServerMicros Leads(Stage stage)
        {
            stage.Did(Stage.Play("t1")).MediaArrives().IsReady("device-a");
            return stage.State.Timeline.AtMicros;
        }
    }

    [Fact]
    public void The_deadline_starts_without_the_devices_that_are_not_ready()
    {
        var stage = Stage.WaitingForDevices().Later(1_499_999);
        Assert.NotNull(stage.State.Pending);
        stage.Later(1);
        Assert.Equal(PlaybackStatus.Playing, stage.State.Status);
    }

    [Fact]
    public void The_deadline_counts_from_the_moment_the_sound_can_be_fetched()
    {
        var stage = new Stage().Joins(Stage.Kitchen).Did(Stage.Play("t1")).Later(5_000_000);
        Assert.Equal(PlaybackStatus.Preparing, stage.State.Status);
        stage.MediaArrives();
        Assert.Equal(stage.Now + 1_500_000, stage.State.Pending!.DeadlineMicros);
    }

    [Fact]
    public void Ready_for_another_place_does_not_count()
    {
        var stage = Stage.WaitingForDevices();
        stage.Did(new RoomInput.DeviceReady(Stage.Kitchen, stage.State.Pending!.ItemId, 1));
        Assert.NotNull(stage.State.Pending);
    }

    [Fact]
    public void Nobody_waits_for_a_device_that_is_lost_or_cannot_decode()
    {
        var lost = Stage.WaitingForDevices().Did(new RoomInput.DeviceLost(Stage.Kitchen));
        Assert.Equal(PlaybackStatus.Playing, lost.State.Status);
        var faulty = Stage.WaitingForDevices();
        faulty.Did(new RoomInput.DeviceFaulted(Stage.Kitchen, faulty.State.Pending!.ItemId, 5004, "no segment"));
        Assert.Equal(PlaybackStatus.Playing, faulty.State.Status);
        Assert.Contains(faulty.Events, e => e is RoomEvent.Noticed { What.Code: 5004 });
    }

    [Fact]
    public void Seeking_leaves_the_old_timeline_in_force_until_the_devices_are_ready()
    {
        var stage = Stage.Playing();
        var old = stage.State.Timeline;
        stage.Did(new RoomCommand.Seek(40_000_000), Stage.Kitchen);
        Assert.Equal(old, stage.State.Timeline);
        Assert.Equal(stage.Now + 400_000, stage.State.Pending!.DeadlineMicros);
        stage.IsReady(Stage.Kitchen);
        Assert.Equal(40_000_000, stage.State.Timeline.PositionMicros);
        Assert.True(stage.State.Timeline.AtMicros > stage.Now, "in the future");
    }

    [Fact]
    public void Pause_holds_at_the_place_of_its_instant_of_effect_and_resume_goes_on_from_there()
    {
        var stage = Stage.Playing();
        var playing = stage.State.Timeline;
        stage.Did(new RoomCommand.Pause());
        var held = stage.State.Timeline;
        Assert.Equal(playing.PositionAt(held.AtMicros), held.PositionMicros);
        stage.Later(7_000_000).Did(new RoomCommand.Resume()).IsReady(Stage.Kitchen);
        Assert.Equal(held.PositionMicros, stage.State.Timeline.PositionMicros);
    }

    [Fact]
    public void The_next_item_starts_at_the_exact_end_however_late_the_timer_is()
    {
        var stage = Stage.Playing();
        var end = stage.State.Timeline.AtMicros + Stage.TrackMicros;
        stage.Now = end + 12_345;
        stage.Did(new RoomInput.Tick());
        Assert.Equal(Timeline.Moving(stage.State.Queue[1].Id, 0, end), stage.State.Timeline);
        Assert.Null(stage.State.Leader);
    }

    [Fact]
    public void The_sound_of_the_next_item_is_asked_for_as_soon_as_the_current_one_starts()
    {
        var stage = Stage.WaitingForDevices();
        Assert.Equal(["t1"], RoomAgenda.Of(stage.Model, stage.Options).Tracks);
        stage.IsReady(Stage.Kitchen);
        Assert.Equal(["t1", "t2"], RoomAgenda.Of(stage.Model, stage.Options).Tracks);
    }

    [Fact]
    public void An_item_whose_sound_is_not_there_when_its_turn_comes_is_prepared_like_a_play()
    {
        var stage = Stage.WaitingForDevices().IsReady(Stage.Kitchen).Later(61_000_000);
        Assert.Equal(PlaybackStatus.Preparing, stage.State.Status);
        Assert.Equal(stage.State.Queue[1].Id, stage.State.Pending!.ItemId);
        stage.MediaArrives().IsReady(Stage.Kitchen);
        Assert.Equal(PlaybackStatus.Playing, stage.State.Status);
    }

    [Fact]
    public void The_exact_length_moves_the_end()
    {
        var stage = Stage.Playing();
        stage.Did(new RoomInput.MediaKnown("t1", Stage.Media("t1", 48_000 * 61)));
        Assert.Equal(61_000_000, stage.State.Queue[0].Track.DurationMicros);
        Assert.Equal(stage.State.Timeline.AtMicros + 61_000_000, RoomAgenda.Of(stage.Model, stage.Options).WakeAt);
    }

    [Fact]
    public void A_length_that_is_known_is_not_forgotten()
    {
        var stage = Stage.Playing().Did(new RoomInput.MediaKnown("t1", Stage.Media("t1", 48_000)));
        Assert.Equal(48_000, stage.State.Queue[0].Media!.Samples);
        stage.Did(new RoomInput.MediaKnown("t1", Stage.Media("t1")));
        Assert.Equal(48_000, stage.State.Queue[0].Media!.Samples);
    }

    [Fact]
    public void A_track_that_cannot_sound_is_passed_over_with_a_notice()
    {
        var stage = Stage.WaitingForMedia().Did(new RoomInput.MediaFailed("t1", FaultInfo.Of(ErrorCode.TrackVanished, "the file is gone.")));
        Assert.Equal(5003, stage.State.Queue[0].Fault!.Code);
        Assert.Equal(stage.State.Queue[1].Id, stage.State.Pending!.ItemId);
        Assert.Contains(stage.Events, e => e is RoomEvent.Noticed { Level: NoticeLevel.Error, What.Code: 5003 });
    }

    [Fact]
    public void When_every_item_is_faulty_the_room_stops_and_play_tries_again()
    {
        var stage = Stage.WaitingForMedia();
        foreach (var track in new[] { "t1", "t2", "t3" })
        {
            stage.Did(new RoomInput.MediaFailed(track, FaultInfo.Of(ErrorCode.TrackUnreadable, "broken.")));
        }

        Assert.Equal(PlaybackStatus.Stopped, stage.State.Status);
        stage.Did(new RoomCommand.Play([]));
        Assert.Equal(PlaybackStatus.Preparing, stage.State.Status);
        Assert.Null(stage.State.Find(stage.State.Pending!.ItemId)!.Fault);
    }

    [Fact]
    public void What_is_added_after_the_queue_has_ended_is_what_play_starts()
    {
        var stage = Stage.Ended().Did(Stage.Add("t7")).Did(new RoomCommand.Play([]));
        Assert.Equal("t7", stage.State.Find(stage.State.Pending!.ItemId)!.Track.Id);
    }

    [Fact]
    public void Previous_beyond_three_seconds_goes_to_the_start_and_before_that_to_the_item_before()
    {
        var late = Stage.PlayingLast().Did(new RoomCommand.Previous());
        Assert.Equal("t3", late.State.Find(late.Model.TargetItemId)!.Track.Id);
        var early = Stage.PlayingLast().Did(new RoomCommand.Seek(1_000_000)).Did(new RoomCommand.Previous());
        Assert.Equal("t2", early.State.Find(early.Model.TargetItemId)!.Track.Id);
    }

    [Fact]
    public void Fifty_played_items_stay()
    {
        var stage = new Stage().Did(Stage.Add([.. Enumerable.Repeat("t1", 80)]));
        var target = stage.State.Queue[70].Id;
        stage.Did(new RoomCommand.ChangeTrack(target, null)).MediaArrives();
        Assert.Equal(60, stage.State.Queue.Length);
        Assert.Equal(target, stage.State.Queue[50].Id);
    }

    [Fact]
    public void A_lost_device_stays_listed_for_its_grace_and_a_returning_one_is_the_same_device()
    {
        var stage = new Stage().Joins("device-a").Did(new RoomInput.DeviceLost("device-a")).Later(9_999_999);
        Assert.False(Assert.Single(stage.Model.Devices).ToInfo().Connected);
        stage.Joins("device-a");
        Assert.True(Assert.Single(stage.Model.Devices).ToInfo().Connected);
        stage.Did(new RoomInput.DeviceLost("device-a")).Later(10_000_000);
        Assert.Empty(stage.Model.Devices);
    }

    [Fact]
    public void The_room_is_full_at_its_limit()
    {
        var stage = new Stage { Options = new SyncOptions { MaxDevicesPerRoom = 2 } }.Joins("device-a").Joins("device-b");
        var refused = Assert.IsType<Decision.Refused>(stage.Do(new RoomInput.DeviceJoined(new DeviceIdentity("device-c", "C", DeviceKind.App), new DeviceSettings("C"), Actor.Anyone.Instance)));
        Assert.Equal(ErrorCode.RoomFull, refused.Code);
    }

    [Fact]
    public void A_device_that_joins_late_changes_nothing()
    {
        var stage = Stage.Playing();
        var before = stage.State;
        stage.Joins("latecomer");
        Assert.Same(before, stage.State);
    }
}
