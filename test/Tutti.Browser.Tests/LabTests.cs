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
        Recording recording = new([new float[200]], StartMonotonicNanos: null) { Holds = [new Hold(50, 36), new Hold(100, 12)] };
        Assert.Equal(
            [36, 12, 0],
            [recording.LongestHoldMs(0, 200), recording.LongestHoldMs(51, 101), recording.LongestHoldMs(101, 200)]);
    }
}
