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

    /// <summary>Per cent of one core that processes not started from here used since this object was made.</summary>
    public double OthersPercent()
    {
        var busy = ProcessTree.MachineBusySeconds() - _busySeconds;
        var own = ProcessTree.CpuSeconds(Environment.ProcessId) - _ownSeconds;
        return Math.Max(0, 100 * (busy - own) / Stopwatch.GetElapsedTime(_since).TotalSeconds);
    }
}
