namespace Tutti.Timing.Tests;

public sealed class ClockOffsetEstimatorTests
{
    private static ProbeStamps Stamps(long t0, long t1, long t2, long t3) => new(t0, new ServerMicros(t1), new ServerMicros(t2), t3);

    [Fact]
    public void KnowsNothingBeforeTheFirstProbe() => Assert.Null(new ClockOffsetEstimator().Estimate(0));

    [Theory]
    [InlineData(1000, 0, 0, 999)]
    [InlineData(0, 500, 499, 1000)]
    public void RefusesImpossibleStamps(long t0, long t1, long t2, long t3)
    {
        var estimator = new ClockOffsetEstimator();

        Assert.False(estimator.Add(Stamps(t0, t1, t2, t3)));
        Assert.Null(estimator.Estimate(1000));
    }

    [Fact]
    public void RefusesAProbeOlderThanTheNewest()
    {
        var estimator = new ClockOffsetEstimator();

        Assert.True(estimator.Add(Stamps(10_000, 500, 500, 11_000)));
        Assert.False(estimator.Add(Stamps(8_000, 0, 0, 9_000)));
    }

    [Fact]
    public void RemembersNoLongerThanItsWindow()
    {
        var estimator = new ClockOffsetEstimator();
        for (var t0 = 0L; t0 <= 600_000_000; t0 += 1_000_000)
        {
            estimator.Add(Stamps(t0, t0 + 200, t0 + 200, t0 + 400));
        }

        Assert.Equal(121, Assert.NotNull(estimator.Estimate(600_000_000)).Probes);
    }

    [Fact]
    public void ForgetsOnRequest()
    {
        var estimator = new ClockOffsetEstimator();
        estimator.Add(Stamps(0, 200, 200, 400));

        estimator.Forget(1_000_000);

        Assert.Null(estimator.Estimate(1_000_000));
    }

    [Fact]
    public void TellsTheLeastRoundTripAndTheUsualExcess()
    {
        var estimator = new ClockOffsetEstimator();
        long[] trips = [900, 400, 700, 1200, 800];
        for (var i = 0; i < trips.Length; i++)
        {
            var t0 = i * 500_000L;
            estimator.Add(Stamps(t0, t0 + 200, t0 + 200, t0 + trips[i]));
        }

        var estimate = Assert.NotNull(estimator.Estimate(2_500_000));

        Assert.Equal(400, estimate.RttMicros);
        Assert.Equal(400, estimate.JitterMicros);
    }
}
