namespace Tutti.Timing.Tests;

public sealed class ServerClockTests
{
    [Fact]
    public void Starts_at_the_wall_clock_and_never_looks_at_it_again()
    {
        var time = new SteppedTime();
        var clock = new ServerClock(time);
        var start = clock.Now;
        Assert.Equal(1_795_000_000_000_000, start.Value);

        time.Wall = time.Wall.AddDays(-1);
        time.Ticks += 25;
        Assert.Equal(start + 2, clock.Now);
        time.Ticks += TimeSpan.TicksPerSecond;
        Assert.Equal(start + 1_000_002, clock.Now);
    }

    private sealed class SteppedTime : TimeProvider
    {
        public DateTimeOffset Wall { get; set; } = DateTimeOffset.FromUnixTimeSeconds(1_795_000_000);

        public long Ticks { get; set; } = 777;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => Wall;

        public override long GetTimestamp() => Ticks;
    }
}
