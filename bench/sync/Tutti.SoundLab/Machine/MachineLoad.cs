using System.Diagnostics;

namespace Tutti.SoundLab.Machine;

/// <summary>
/// What everything else on this machine used while something was measured. Figures of sound are only worth quoting from a quiet machine:
/// a browser is no real-time process and underruns when others take its core.
/// </summary>
public sealed class MachineLoad
{
    private readonly long _since = Stopwatch.GetTimestamp();
    private readonly double _busySeconds = ProcessTree.MachineBusySeconds();
    private readonly double _ownSeconds = ProcessTree.CpuSeconds(Environment.ProcessId);

    /// <summary>Above this a run is marked as not valid. Per cent of one core.</summary>
    public const double QuietPercent = 25;

    /// <summary>
    /// Waits until the whole machine, with all that was started from here, has been quiet for a second; a machine that never is (others use it) is
    /// left as it is after <paramref name="limit"/>, and the judgement of the run says so.
    /// </summary>
    public static async Task CalmAsync(TimeSpan limit, CancellationToken cancellation)
    {
        var since = Stopwatch.GetTimestamp();
        double percent;
        do
        {
            var (from, busy) = (Stopwatch.GetTimestamp(), ProcessTree.MachineBusySeconds());
            await Until.PassedAsync(TimeSpan.FromSeconds(1), cancellation);
            percent = 100 * (ProcessTree.MachineBusySeconds() - busy) / Stopwatch.GetElapsedTime(from).TotalSeconds;
        }
        while (percent > QuietPercent && Stopwatch.GetElapsedTime(since) < limit);
    }

    /// <summary>Per cent of one core that processes not started from here used since this object was made.</summary>
    public double OthersPercent()
    {
        var busy = ProcessTree.MachineBusySeconds() - _busySeconds;
        var own = ProcessTree.CpuSeconds(Environment.ProcessId) - _ownSeconds;
        return Math.Max(0, 100 * (busy - own) / Stopwatch.GetElapsedTime(_since).TotalSeconds);
    }
}
