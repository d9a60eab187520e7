using Tutti.Protocol;
using Tutti.Server.Rooms;

namespace Tutti.Server.Tests.Rooms;

/// <summary>Gains of queue items.</summary>
public sealed class LevellingTests
{
    [Fact]
    public void An_item_gets_the_gain_of_its_track_and_keeps_it_while_it_sounds()
    {
        var stage = Stage.Playing();
        var (current, next) = (stage.State.Queue[0], stage.State.Queue[1]);
        stage.Did(new RoomInput.MediaKnown(current.Track.Id, current.Media!, new SoundGain(-5, -4)));
        stage.Did(new RoomInput.MediaKnown(next.Track.Id, Stage.Media(next.Track.Id), new SoundGain(-7, -6)));
        Assert.Equal(0, stage.State.Queue[0].GainDb);
        Assert.Equal(-6, stage.State.Queue[1].GainDb);

        stage.Did(new RoomInput.MediaKnown(next.Track.Id, Stage.Media(next.Track.Id, 48_000)));
        Assert.Equal(-6, stage.State.Queue[1].GainDb);
    }

    [Fact]
    public void An_item_with_no_neighbour_of_its_album_gets_its_own_gain()
    {
        var stage = new Stage().Did(new RoomCommand.QueueAdd(["t1"], QueuePlace.End));
        stage.Did(new RoomInput.MediaKnown("t1", Stage.Media("t1"), new SoundGain(-7, -6)));
        Assert.Equal(-7, stage.State.Queue[0].GainDb);
    }

    [Fact]
    public void Levelling_is_on_until_it_is_switched_off()
    {
        var stage = Stage.Playing();
        Assert.True(stage.State.Levelling);
        stage.Did(new RoomInput.Commanded(new RoomCommand.Levelling(false), null));
        Assert.False(stage.State.Levelling);
    }
}
