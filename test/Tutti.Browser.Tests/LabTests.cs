using Tutti.SoundLab.Analysis;
using Tutti.SoundLab.SelfTest;
using Tutti.SoundLab.Signals;

namespace Tutti.Browser.Tests;

/// <summary>The sound test is worth what its analyser is worth.</summary>
public sealed class LabTests
{
    [Fact]
    public void The_analyser_finds_the_delays_faults_and_rates_that_were_put_in()
    {
        using StringWriter report = new();
        Checks checks = new(report);
        AnalyserChecks.Run(checks, new TestTrack(seed: 7, TimeSpan.FromSeconds(20)));
        Assert.True(checks.Wrong == 0, report.ToString());
    }

    [Fact]
    public void A_machine_that_stood_still_is_told_of_where_it_did()
    {
        var (first, second) = (new Hold(50, 36, Processor: 1), new Hold(100, 12, Processor: 0));
        Recording recording = new([new float[200]], StartMonotonicNanos: null) { Holds = [second, first] };
        Assert.Equal([first, second], recording.HoldsIn(0, 200));
        Assert.Equal([second], recording.HoldsIn(51, 101));
        Assert.Empty(recording.HoldsIn(101, 200));
    }

    [Theory]
    [InlineData(0.95, false)]
    [InlineData(0.97, true)]
    [InlineData(1.49, true)]
    [InlineData(1.51, false)]
    public void A_fault_may_come_of_a_processor_that_stood_still_just_then_or_shortly_before(double atSeconds, bool may)
    {
        SoundReport report = new(0, 10, [], [], [new Hold(TestTrack.SampleRate, Ms: 40, Processor: 0)]);
        Assert.Equal(may, report.NearHold(atSeconds));
        Assert.Equal(0.054, report.ShareNearHolds, 0.001);
        Assert.Equal((40, 0), (Hold.LongestMs(report.Holds), Hold.LongestMs([])));
    }
}
