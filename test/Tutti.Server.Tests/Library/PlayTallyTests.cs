using Tutti.Server.Library.Plays;

namespace Tutti.Server.Tests.Library;

/// <summary>When a track counts as played.</summary>
public sealed class PlayTallyTests
{
    private const long Look = 2_000_000;
    private readonly PlayTally _tally = new(3 * Look);
    private long _now = 1_000_000_000;

    [Fact]
    public void Half_of_a_track_counts_once()
    {
        Assert.Empty(Listen("a", "t1", seconds: 100, forSeconds: 49));
        Assert.Equal("t1", Assert.Single(Listen("a", "t1", seconds: 100, forSeconds: 51)).TrackId);
    }

    [Fact]
    public void Four_minutes_of_a_long_one_are_enough()
    {
        Assert.Empty(Listen("a", "t1", seconds: 3600, forSeconds: 239));
        Assert.Single(Listen("a", "t1", seconds: 3600, forSeconds: 10));
    }

    [Fact]
    public void The_same_item_again_counts_again_and_what_is_passed_over_does_not()
    {
        Assert.Single(Listen("a", "t1", seconds: 20, forSeconds: 20));
        Assert.Empty(Listen("b", "t2", seconds: 20, forSeconds: 4));
        Assert.Single(Listen("a", "t1", seconds: 20, forSeconds: 20));
    }

    [Fact]
    public void A_pause_is_not_listening()
    {
        Assert.Empty(Listen("a", "t1", seconds: 100, forSeconds: 40));
        _now += 300_000_000;
        Assert.Empty(Listen("a", "t1", seconds: 100, forSeconds: 4));
        Assert.Single(Listen("a", "t1", seconds: 100, forSeconds: 10));
    }

    [Fact]
    public void Rooms_are_counted_apart()
    {
        Assert.Empty(_tally.Look([new Heard("A", "a", "t1", 10_000_000), new Heard("B", "a", "t2", 10_000_000)], _now));
        Assert.Empty(_tally.Look([new Heard("A", "a", "t1", 10_000_000)], _now += Look));
        Assert.Empty(_tally.Look([new Heard("A", "a", "t1", 10_000_000), new Heard("B", "a", "t2", 10_000_000)], _now += Look));
        Assert.Equal(["t1", "t2"], _tally.Look([new Heard("A", "a", "t1", 10_000_000), new Heard("B", "a", "t2", 10_000_000)], _now += Look).Select(play => play.TrackId));
    }

    private List<Play> Listen(string item, string track, int seconds, int forSeconds)
    {
        var plays = new List<Play>();
        for (var end = _now + (forSeconds * 1_000_000L); _now <= end; _now += Look)
        {
            plays.AddRange(_tally.Look([new Heard("HOME", item, track, seconds * 1_000_000L)], _now));
        }
        return plays;
    }
}
