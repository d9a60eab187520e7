using Tutti.SoundLab.Signals;

namespace Tutti.SoundLab.Analysis;

/// <summary>
/// A processor of the machine stood still: even a thread that goes before everything else did not run on it. Nothing that waited for it can have played on;
/// a device with a processor of its own would have.
/// </summary>
/// <param name="Sample">Of the recording, when it went on.</param>
/// <param name="Ms">How long it stood still.</param>
/// <param name="Processor">Its number, from 0.</param>
public readonly record struct Hold(int Sample, double Ms, int Processor)
{
    /// <summary>Shorter ones are not told of: a card takes a block of 10.7 ms at a time, so that it need not notice.</summary>
    public const double LeastMs = 10;

    /// <summary>How long after it went on a fault may still come of it: what fell silent is put back to its place by a splice some 0.4 s later.</summary>
    private const double AfterSeconds = 0.5;

    /// <summary>The longest of some, ms; 0 without any.</summary>
    public static double LongestMs(IEnumerable<Hold> holds) => holds.Select(static hold => hold.Ms).DefaultIfEmpty(0).Max();

    public double ToSeconds => (double)Sample / TestTrack.SampleRate;

    /// <summary>Whether a fault at a moment of the recording fell into the hold, or so shortly after it that it may have come of it.</summary>
    public bool MayExplain(double atSeconds) => atSeconds >= ToSeconds - Ms / 1000 && atSeconds < ToSeconds + AfterSeconds;
}
