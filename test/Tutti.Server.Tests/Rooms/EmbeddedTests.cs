using Tutti.Protocol;
using Tutti.Server.Rooms;

namespace Tutti.Server.Tests.Rooms;

/// <summary>Tracks that a service's own player plays on each device: in a room as any other, with a start of their own.</summary>
public sealed class EmbeddedTests
{
    private const string Bath = "bath-0002";

    [Fact]
    public void It_starts_when_the_devices_players_have_it_and_waits_longer_for_them()
    {
        var stage = new Stage().Joins(Stage.Kitchen).Joins(Bath).Did(Stage.Play("video1"), Stage.Kitchen).MediaArrives();
        stage.IsReady(Stage.Kitchen).Later(4_000_000);
        Assert.Equal(PlaybackStatus.Preparing, stage.State.Status);
        stage.IsReady(Bath);
        Assert.Equal(PlaybackStatus.Playing, stage.State.Status);
        stage.Did(new RoomCommand.Seek(20_000_000));
        Assert.Equal(stage.Options.PlayerReadyWaitMs * 1_000L, stage.State.Pending!.DeadlineMicros - stage.Now);
    }

    [Fact]
    public void It_ends_by_the_length_that_a_device_found_and_the_next_follows()
    {
        var stage = Playing("t1");
        stage.Later(10_000_000).Did(new RoomInput.MediaKnown("video1", Stage.Media("video1", 48_000 * 30)));
        Assert.Equal(30_000_000, stage.State.CurrentItem()!.Track.DurationMicros);
        stage.MediaArrives().Later(30_000_000);
        Assert.Equal(("t1", 1), (stage.State.CurrentItem()!.Track.Id, stage.State.Timeline.Rate));
    }

    [Fact]
    public void After_another_track_it_is_got_ready_like_a_start()
    {
        var stage = Stage.Playing().Did(new RoomCommand.QueueAdd(["video1"], QueuePlace.Next)).MediaArrives().Later(56_000_000);
        Assert.Equal((PlaybackStatus.Preparing, "video1"), (stage.State.Status, stage.State.Find(stage.State.Pending!.ItemId)!.Track.Id));
        stage.IsReady(Stage.Kitchen);
        Assert.Equal("video1", stage.State.CurrentItem()!.Track.Id);
    }

    [Fact]
    public void It_has_no_part_in_cross_fades()
    {
        var stage = new Stage().Did(new RoomCommand.Crossfade(5)).Did(Stage.Add("t1", "video1", "t5")).Joins(Stage.Kitchen);
        foreach (var item in stage.State.Queue)
        {
            stage.Did(new RoomInput.MediaKnown(item.Track.Id, Stage.Media(item.Track.Id, 48_000 * 60)));
        }

        Assert.All(stage.State.Queue, static item => Assert.Equal(0, item.OverlapMicros));
        stage.Did(Stage.Play()).IsReady(Stage.Kitchen).Later(5_000_000).Did(new RoomCommand.Next()).IsReady(Stage.Kitchen);
        Assert.Equal(("video1", null), (stage.State.CurrentItem()!.Track.Id, stage.State.Outgoing));
    }

    [Fact]
    public void What_one_device_cannot_play_goes_on_for_the_others_and_what_none_can_is_passed_over()
    {
        var stage = new Stage().Joins(Stage.Kitchen).Joins(Bath).Did(Stage.Play("video1", "t1"), Stage.Kitchen).MediaArrives();
        var item = stage.State.Queue[0].Id;
        stage.Did(Fault(Bath, item)).IsReady(Stage.Kitchen);
        Assert.Equal((PlaybackStatus.Playing, item), (stage.State.Status, stage.State.Timeline.ItemId));
        stage.Later(5_000_000).Did(Fault(Stage.Kitchen, item));
        Assert.Equal((int)ErrorCode.NotPlayable, stage.State.Queue[0].Fault?.Code);
        stage.MediaArrives().IsReady(Stage.Kitchen).IsReady(Bath);
        Assert.Equal("t1", stage.State.CurrentItem()!.Track.Id);
    }

    [Fact]
    public void A_device_whose_output_is_off_passes_nothing_over()
    {
        var stage = new Stage().Joins(Bath, OutputState.Off).Did(Stage.Play("video1")).MediaArrives();
        stage.Did(Fault(Bath, stage.State.Queue[0].Id));
        Assert.Null(stage.State.Queue[0].Fault);
    }

    [Fact]
    public void Played_again_by_hand_it_is_tried_again()
    {
        var stage = new Stage().Joins(Stage.Kitchen).Did(Stage.Play("video1"), Stage.Kitchen).MediaArrives();
        var item = stage.State.Queue[0].Id;
        stage.Did(Fault(Stage.Kitchen, item));
        Assert.Equal(PlaybackStatus.Stopped, stage.State.Status);
        stage.Did(new RoomCommand.ChangeTrack(item, null), Stage.Kitchen).Did(Fault(Stage.Kitchen, item));
        Assert.NotNull(stage.State.Queue[0].Fault);
        stage.Did(new RoomCommand.ChangeTrack(item, null), Stage.Kitchen).IsReady(Stage.Kitchen);
        Assert.Equal((PlaybackStatus.Playing, null), (stage.State.Status, stage.State.Queue[0].Fault));
    }

    [Fact]
    public void Words_that_come_later_are_shown_once_and_leave_the_length_alone()
    {
        var stage = Playing("t1").Did(new RoomInput.MediaKnown("video1", Stage.Media("video1", 48_000 * 30)));
        var named = Stage.Track("video1")! with { Title = "Its Title", Artist = "Its Maker", CoverUrl = "/c" };
        stage.Did(new RoomInput.TrackDescribed(named));
        var version = stage.State.Version;
        Assert.Equal(("Its Title", "Its Maker", "/c", 30_000_000L), (
            stage.State.Queue[0].Track.Title, stage.State.Queue[0].Track.Artist, stage.State.Queue[0].Track.CoverUrl, stage.State.Queue[0].Track.DurationMicros));
        stage.Did(new RoomInput.TrackDescribed(named)).Did(new RoomInput.TrackDescribed(Stage.Track("video2")!));
        Assert.Equal(version, stage.State.Version);
    }

    [Fact]
    public async Task What_a_device_found_reaches_the_source_and_comes_back_to_the_room()
    {
        await using var house = new House();
        var room = await house.OpenAsync();
        var device = await house.JoinAsync(room, "device-a");
        await House.DoAsync(room, Stage.Play("video1", "t1"));
        await device.UntilAsync(d => d.States.Any(state => state.Status == PlaybackStatus.Playing));
        var facts = new LoadedFacts(30_000_000, "Its Title", null);
        Assert.True(room.Post(device, new DeviceMessage.Loaded(room.State.Queue[1].Id, facts)));
        Assert.True(room.Post(device, new DeviceMessage.Loaded("nothing", facts)));
        Assert.True(room.Post(device, new DeviceMessage.Loaded(room.State.Queue[0].Id, facts)));
        // Output off: it is not believed; whoever sounds is.
        Assert.Empty(house.Tracks.Learned);
        room.Post(device, new DeviceMessage.Reported(Stage.Report()));
        // Letters are read in turn: the report was read when this is answered.
        await House.DoAsync(room, new RoomCommand.Volume(50));
        room.Post(device, new DeviceMessage.Loaded(room.State.Queue[0].Id, facts));
        Assert.Equal([("video1", facts)], house.Tracks.Learned);
        house.Tracks.Described!(Stage.Track("video1")! with { Title = "Its Title" });
        await device.UntilAsync(d => d.States.Any(state => state.Queue[0].Track.Title == "Its Title"));
    }

    private static RoomInput.DeviceFaulted Fault(string device, string item) => new(device, item, (int)ErrorCode.NotPlayable, "not to be embedded");

    private static Stage Playing(params string[] after) =>
        new Stage().Joins(Stage.Kitchen).Did(Stage.Play(["video1", .. after]), Stage.Kitchen).MediaArrives().IsReady(Stage.Kitchen);
}
