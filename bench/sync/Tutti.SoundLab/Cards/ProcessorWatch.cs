using Tutti.SoundLab.Analysis;
using Tutti.SoundLab.Machine;

namespace Tutti.SoundLab.Cards;

/// <summary>
/// Notices when one processor of the machine stands still: a thread that is bound to it and goes before everything else looks at the clock every millisecond.
/// Nothing is allocated while it does.
/// </summary>
internal sealed class ProcessorWatch
{
    private const long TickNanos = 1_000_000;
    private const long HoldNanos = (long)(Hold.LeastMs * 1e6);
    private const int MostHolds = 4096;

    private readonly List<(long SinceStartNanos, long LateNanos)> _holds = new(MostHolds);
    private readonly Thread _thread;
    private volatile bool _ending;

    /// <param name="processor">Its number, from 0.</param>
    /// <param name="start">Of the recording, on the monotonic clock.</param>
    public ProcessorWatch(int processor, long start)
    {
        Processor = processor;
        _thread = new Thread(() => Watch(start)) { IsBackground = true };
        _thread.Start();
    }

    public int Processor { get; }

    /// <summary>Ends it, and tells when the processor went on after it had stood still, and for how long it had.</summary>
    public IReadOnlyList<(long SinceStartNanos, long LateNanos)> Finish()
    {
        _ending = true;
        _thread.Join();
        return _holds;
    }

    private void Watch(long start)
    {
        if (!Libc.BindThisThread(Processor) || !RealTime.RaiseThisThread(RealTime.Card))
        {
            return;
        }

        var tick = Math.Max(start, Libc.MonotonicNanos());
        while (!_ending)
        {
            tick += TickNanos;
            Libc.WaitUntil(tick);
            var now = Libc.MonotonicNanos();
            if (now - tick > HoldNanos && _holds.Count < MostHolds)
            {
                _holds.Add((now - start, now - tick));
            }

            tick = Math.Max(tick, now - TickNanos);
        }
    }
}
