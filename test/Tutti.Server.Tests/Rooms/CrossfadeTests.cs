using Tutti.Protocol;
using Tutti.Server.Rooms;

namespace Tutti.Server.Tests.Rooms;

/// <summary>Tracks that are heard together (docs/protocol.md §4b). Those of the stage are a minute each.</summary>
public sealed class CrossfadeTests
{
    private const long Second = 1_000_000;

    [Fact]
    public void Off_by_default_and_nothing_overlaps()
    {
        var stage = Playing(0);
        Assert.Equal(0, stage.State.CrossfadeSeconds);
        stage.Later(54 * Second);
        Assert.Equal("t1", Current(stage));
        stage.Later(2 * Second);
        Assert.Equal("t2", Current(stage));
        Assert.Null(stage.State.Outgoing);
    }

    [Fact]
    public void The_next_begins_so_much_before_the_end_and_is_the_current_one_from_then_on()
    {
        var stage = Playing(5);
        var (first, second) = (stage.State.Queue[0], stage.State.Queue[1]);
        Assert.Equal(5 * Second, second.OverlapMicros);
        var end = stage.State.Timeline.EndsAt(Stage.TrackMicros)!.Value;

        stage.Later(51 * Second);
        Assert.Equal(second.Id, stage.State.Timeline.ItemId);
        Assert.Equal(end - (5 * Second), stage.State.Timeline.AtMicros);
        Assert.Equal(new OutgoingItem(first.Id, Stage.TrackMicros - (5 * Second), 5 * Second), stage.State.Outgoing);
        Assert.Equal(second.Id, stage.Model.Kept.History[^1].ItemId);
    }

    [Fact]
    public void Only_what_has_its_sound_overlaps()
    {
        var stage = Playing(5);
        Assert.Null(stage.State.Queue[2].Media);
        Assert.Equal(0, stage.State.Queue[2].OverlapMicros);
        stage.Later(51 * Second).MediaArrives();
        Assert.Equal(5 * Second, stage.State.Queue[2].OverlapMicros);
    }

    [Fact]
    public void No_more_than_half_of_the_shorter_one()
    {
        var stage = Playing(12);
        stage.Did(new RoomInput.MediaKnown("t2", Stage.Media("t2", 10 * 48_000)));
        Assert.Equal(5 * Second, stage.State.Queue[1].OverlapMicros);
        stage.Later(51 * Second).MediaArrives();
        Assert.Equal("t2", Current(stage));
        Assert.Equal(5 * Second, stage.State.Queue[2].OverlapMicros);
    }

    [Theory]
    [InlineData(1, 3, 1, 4, true)]
    [InlineData(0, 3, 0, 4, true)]
    [InlineData(0, 0, 0, 0, true)]
    [InlineData(1, 9, 2, 1, true)]
    [InlineData(1, 4, 1, 3, false)]
    [InlineData(1, 3, 1, 5, false)]
    [InlineData(1, 9, 2, 2, false)]
    [InlineData(1, 0, 1, 1, false)]
    public void Tracks_of_an_album_in_their_order_run_on_as_they_were_made(int disc, int number, int nextDisc, int nextNumber, bool gapless)
    {
        var one = Stage.Track("t1")! with { DiscNumber = disc, TrackNumber = number };
        var two = Stage.Track("t2")! with { DiscNumber = nextDisc, TrackNumber = nextNumber };
        Assert.Equal(gapless, Overlap(one, two) == 0);
        Assert.Equal(5 * Second, Overlap(one, two with { Album = "Another" }));
        Assert.Equal(5 * Second, Overlap(one with { Album = "" }, two with { Album = "" }));
    }

    [Fact]
    public void Neither_into_a_station_nor_out_of_it()
    {
        Assert.Equal(0, Overlap(Stage.Track("t1")!, Stage.Track("live1")!));
        Assert.Equal(0, Overlap(Stage.Track("live1")!, Stage.Track("t1")!));
    }

    [Fact]
    public void A_faulty_item_between_them_does_not_part_two_tracks()
    {
        var stage = Playing(5).Did(new RoomInput.MediaFailed("t2", FaultInfo.Of(ErrorCode.TrackVanished, "gone"))).MediaArrives();
        Assert.Equal(0, stage.State.Queue[1].OverlapMicros);
        Assert.Equal(5 * Second, stage.State.Queue[2].OverlapMicros);
        stage.Later(51 * Second);
        Assert.Equal("t3", Current(stage));
        Assert.Equal(5 * Second, stage.State.Outgoing?.FadeMicros);
    }

    [Fact]
    public void A_place_within_the_last_seconds_begins_the_next_at_once_with_what_is_left()
    {
        var stage = Playing(5).Did(new RoomCommand.Seek(Stage.TrackMicros - (2 * Second)), Stage.Kitchen).IsReady(Stage.Kitchen);
        var at = stage.State.Timeline.AtMicros;
        stage.Later(Second);
        Assert.Equal("t2", Current(stage));
        Assert.Equal(at, stage.State.Timeline.AtMicros);
        Assert.Equal(2 * Second, stage.State.Outgoing?.FadeMicros);
    }

    [Fact]
    public void What_is_put_next_with_too_little_left_overlaps_by_what_can_be_obeyed()
    {
        var stage = Playing(5).Did(new RoomCommand.QueueRemove([.. Ids(Playing(5), 1..)])).Later(51 * Second);
        Assert.Equal("t1", Current(stage));
        var end = stage.State.Timeline.EndsAt(Stage.TrackMicros)!.Value;
        stage.Did(Stage.Add("t2")).MediaArrives();

        var boundary = end - stage.State.Queue[1].OverlapMicros;
        Assert.InRange(boundary - stage.Now, 50_000, 1_000_000);
        Assert.Equal(0, stage.State.Queue[1].OverlapMicros % 1_000);

        // What else happens to the queue meanwhile does not move it again.
        var told = stage.State.Queue[1].OverlapMicros;
        stage.Did(Stage.Add("t3"));
        Assert.Equal(told, stage.State.Queue[1].OverlapMicros);
    }

    [Fact]
    public void A_longer_fade_that_is_asked_for_too_late_is_as_long_as_can_be_obeyed()
    {
        var stage = Playing(2).Later(50 * Second).Did(new RoomCommand.Crossfade(12));
        var end = stage.State.Timeline.EndsAt(Stage.TrackMicros)!.Value;
        Assert.InRange(end - stage.State.Queue[1].OverlapMicros - stage.Now, 50_000, 1_000_000);
        stage.Did(new RoomCommand.Crossfade(0));
        Assert.Equal(0, stage.State.Queue[1].OverlapMicros);
    }

    [Fact]
    public void The_queue_may_change_during_the_fade()
    {
        var stage = Playing(5).Later(51 * Second);
        var outgoing = stage.State.Outgoing;
        stage.Did(new RoomCommand.QueueAdd(["t4"], QueuePlace.Next));
        Assert.Equal(["t1", "t2", "t4", "t3"], stage.State.Queue.Select(item => item.Track.Id));
        Assert.Equal(outgoing, stage.State.Outgoing);
        stage.Did(new RoomCommand.QueueClear());
        Assert.Equal("t2", Current(stage));
        Assert.Equal(outgoing, stage.State.Outgoing);
    }

    [Fact]
    public void Pausing_ends_what_goes_out()
    {
        var stage = Playing(5).Later(51 * Second).Did(new RoomCommand.Pause(), Stage.Kitchen);
        Assert.Null(stage.State.Outgoing);
        stage.Later(Second).Did(new RoomCommand.Resume(), Stage.Kitchen).IsReady(Stage.Kitchen);
        Assert.Equal("t2", Current(stage));
        Assert.Null(stage.State.Outgoing);
    }

    [Fact]
    public void Going_over_to_another_item_fades_briefly()
    {
        var stage = Playing(5);
        var left = stage.State.Timeline;
        stage.Did(new RoomCommand.Next(), Stage.Kitchen).IsReady(Stage.Kitchen);
        var timeline = stage.State.Timeline;
        Assert.Equal(new OutgoingItem(left.ItemId!, left.PositionAt(timeline.AtMicros), 2 * Second), stage.State.Outgoing);

        stage.Later(Second).Did(new RoomCommand.Seek(20 * Second), Stage.Kitchen).IsReady(Stage.Kitchen);
        Assert.Null(stage.State.Outgoing);
    }

    [Fact]
    public void It_does_not_where_there_is_no_cross_fade()
    {
        var stage = Playing(0).Did(new RoomCommand.Next(), Stage.Kitchen).IsReady(Stage.Kitchen);
        Assert.Equal("t2", Current(stage));
        Assert.Null(stage.State.Outgoing);
    }

    [Fact]
    public void A_gain_does_not_change_while_the_item_goes_out()
    {
        var stage = Playing(5).Later(51 * Second);
        stage.Did(new RoomInput.MediaKnown("t1", Stage.Media("t1"), new SoundGain(-5, -4)));
        Assert.Equal(0, stage.State.Queue[0].GainDb);
    }

    /// <summary>Three tracks of different albums, the first of them five seconds in.</summary>
    private static Stage Playing(int crossfadeSeconds)
    {
        var stage = Stage.Playing();
        var queue = stage.State.Queue.Select((item, place) => item with { Track = item.Track with { Album = $"Album {place}" } });
        stage.Model = stage.Model with { State = stage.State with { Queue = [.. queue] } };
        return stage.Did(new RoomCommand.Crossfade(crossfadeSeconds));
    }

    private static long Overlap(TrackSummary one, TrackSummary next)
    {
        var stage = Stage.Playing();
        QueueItem Item(string id, TrackSummary track) => new(id, "test", track, Stage.Media(track.Id), null);
        stage.Model = stage.Model with { State = stage.State with { Queue = [stage.State.Queue[0], Item("one", one), Item("next", next)] } };
        return stage.Did(new RoomCommand.Crossfade(5)).State.Queue[2].OverlapMicros;
    }

    private static string? Current(Stage stage) => stage.State.CurrentItem()?.Track.Id;

    private static IEnumerable<string> Ids(Stage stage, Range range) => stage.State.Queue.Take(range).Select(item => item.Id);
}
