using Tutti.Protocol;
using Tutti.Server.Rooms;

namespace Tutti.Server.Tests.Rooms;

/// <summary>Stations in a room: the place in one is the server time, always.</summary>
public sealed class LiveTests
{
    [Fact]
    public void A_station_is_where_the_clock_is_however_long_it_took_to_begin()
    {
        var stage = new Stage().Joins(Stage.Kitchen).Did(Stage.Play("live1"), Stage.Kitchen).Later(3_000_000);
        Assert.Equal(PlaybackStatus.Preparing, stage.State.Status);
        stage.MediaArrives();
        Assert.Equal(stage.Now.Value, stage.State.Pending!.PositionMicros);
        stage.Later(500_000).IsReady(Stage.Kitchen);
        Assert.Equal(PlaybackStatus.Playing, stage.State.Status);
        Assert.Equal(stage.State.Timeline.AtMicros.Value, stage.State.Timeline.PositionMicros);
        stage.Later(7 * 24 * 3_600_000_000L);
        Assert.Equal((stage.Now.Value, true), (stage.Sounding.PositionMicros, stage.Sounding.Moving));
    }

    [Fact]
    public void Paused_and_resumed_it_is_where_all_others_are()
    {
        var stage = Playing().Did(new RoomCommand.Pause()).Later(60_000_000).Did(new RoomCommand.Resume());
        stage.IsReady(Stage.Kitchen);
        Assert.Equal(stage.State.Timeline.AtMicros.Value, stage.State.Timeline.PositionMicros);
        stage.Did(new RoomCommand.Stop()).Later(1_000_000).Did(Stage.Play());
        stage.IsReady(Stage.Kitchen);
        Assert.Equal(stage.State.Timeline.AtMicros.Value, stage.State.Timeline.PositionMicros);
    }

    [Fact]
    public void There_is_nothing_to_seek_and_previous_leads_to_the_item_before()
    {
        var stage = Playing();
        Assert.Equal(ErrorCode.PositionOutOfRange, Assert.IsType<Decision.Refused>(stage.Do(new RoomCommand.Seek(5_000_000))).Code);
        Assert.Equal(ErrorCode.PositionOutOfRange, Assert.IsType<Decision.Refused>(stage.Do(new RoomCommand.Seek(stage.Now.Value))).Code);
        stage.Did(new RoomCommand.Previous());
        Assert.Equal("t1", stage.State.Find(stage.State.Pending!.ItemId)!.Track.Id);
    }

    [Fact]
    public void When_its_turn_comes_it_is_prepared_like_a_play_though_its_sound_is_known()
    {
        var stage = new Stage().Joins(Stage.Kitchen).Did(Stage.Play("live1"), Stage.Kitchen).MediaArrives().IsReady(Stage.Kitchen);
        stage.Did(Stage.Add("t1", "live1")).Did(new RoomCommand.Next()).MediaArrives().IsReady(Stage.Kitchen).MediaArrives();
        Assert.NotNull(stage.State.Queue[2].Media);
        stage.Later(61_000_000);
        Assert.Equal((PlaybackStatus.Preparing, stage.State.Queue[2].Id), (stage.State.Status, stage.State.Pending!.ItemId));
        stage.IsReady(Stage.Kitchen);
        Assert.Equal((stage.State.Queue[2].Id, stage.State.Timeline.AtMicros.Value), (stage.State.Timeline.ItemId, stage.State.Timeline.PositionMicros));
    }

    [Fact]
    public void A_title_is_shown_on_its_items_and_changes_the_state_once()
    {
        var stage = Playing();
        stage.Did(new RoomInput.StreamTitled("live1", "A - B"));
        var version = stage.State.Version;
        Assert.Equal([null, "A - B"], stage.State.Queue.Select(item => item.StreamTitle));
        stage.Did(new RoomInput.StreamTitled("live1", "A - B")).Did(new RoomInput.StreamTitled("live2", "C"));
        Assert.Equal(version, stage.State.Version);
    }

    [Fact]
    public async Task News_of_a_station_reach_the_room_and_a_lost_one_is_passed_over()
    {
        await using var house = new House();
        var room = await house.OpenAsync();
        var device = await house.JoinAsync(room, "device-a");
        await House.DoAsync(room, Stage.Play("live1", "t1"));
        await device.UntilAsync(d => d.States.Any(state => state.Status == PlaybackStatus.Playing));
        house.Tracks.Stations!(new StationNews.Titled("live1", "A - B"));
        await device.UntilAsync(d => d.States.Any(state => state.Queue[0].StreamTitle == "A - B"));
        house.Tracks.Stations!(new StationNews.Lost("live1", FaultInfo.Of(ErrorCode.StationLost, "it gives nothing")));
        await device.UntilAsync(d => d.States.Any(state => state.Queue[0].Fault is { Code: 5205 } && state.Timeline.ItemId == state.Queue[1].Id && state.Timeline.Rate == 1));
    }

    private static Stage Playing()
    {
        var stage = new Stage().Joins(Stage.Kitchen).Did(Stage.Play("t1", "live1"), Stage.Kitchen).MediaArrives().IsReady(Stage.Kitchen).MediaArrives();
        stage.Later(1_000_000).Did(new RoomCommand.Next()).IsReady(Stage.Kitchen).Later(10_000_000);
        Assert.Equal((PlaybackStatus.Playing, true), (stage.State.Status, stage.State.CurrentItem()!.Track.Live));
        return stage;
    }
}
