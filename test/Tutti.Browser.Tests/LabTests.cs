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
}
