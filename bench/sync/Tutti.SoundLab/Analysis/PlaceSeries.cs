using Tutti.SoundLab.Signals;

namespace Tutti.SoundLab.Analysis;

/// <summary>
/// Where in the track a player was, in windows of 85 ms every 50 ms. <see cref="Lead"/> is constant while it plays perfectly:
/// the difference of two players' leads is their distance.
/// </summary>
public sealed class PlaceSeries
{
    /// <summary>Samples in one window (85 ms).</summary>
    public const int Window = 4096;

    /// <summary>Samples from one window to the next (50 ms).</summary>
    public const int Hop = 2400;

    internal PlaceSeries(int from, double[] places, double[] heights)
    {
        From = from;
        Heights = heights;
        Lead = new double[places.Length];
        for (var i = 0; i < places.Length; i++)
        {
            Lead[i] = places[i] - At(i);
        }
    }

    /// <summary>Sample of the recording at which the first window begins.</summary>
    public int From { get; }

    public int Count => Lead.Length;

    /// <summary>Place in the track minus place in the recording, samples; NaN where the track was not recognised.</summary>
    public double[] Lead { get; }

    /// <summary>Correlation with the track, 1 = bit-true; 0 where not recognised.</summary>
    public double[] Heights { get; }

    /// <summary>Sample of the recording at which a window begins.</summary>
    public int At(int window) => From + window * Hop;

    /// <summary>Median lead of the windows wholly inside [from, to), samples; NaN when there is none.</summary>
    public double MedianLead(int from, int to) =>
        Order.Median([.. Inside(from, to).Select(i => Lead[i]).Where(double.IsFinite)]);

    /// <summary>
    /// Sample of the recording at which a place of the track sounds, by the nearest window in which it was recognised; null when that is more than
    /// a window away.
    /// </summary>
    public int? SampleOf(int place)
    {
        var near = -1;
        for (var i = 0; i < Count; i++)
        {
            if (double.IsFinite(Lead[i]) && (near < 0 || Math.Abs(At(i) + Lead[i] - place) < Math.Abs(At(near) + Lead[near] - place)))
            {
                near = i;
            }
        }

        var sample = near < 0 ? 0 : place - (int)Math.Round(Lead[near]);
        return near >= 0 && Math.Abs(At(near) - sample) <= Window ? sample : null;
    }

    /// <summary>Windows wholly inside [from, to).</summary>
    public IEnumerable<int> Inside(int from, int to)
    {
        for (var i = Math.Max(0, (from - From + Hop - 1) / Hop); i < Count && At(i) + Window <= to; i++)
        {
            yield return i;
        }
    }

    /// <summary>Speed relative to the track in parts per million over [from, to), or null when too little was recognised.</summary>
    public double? RatePpm(int from, int to)
    {
        var known = Inside(from, to).Where(i => double.IsFinite(Lead[i])).ToArray();
        return known.Length < 20
            ? null
            : Order.Slope([.. known.Select(i => (double)At(i))], [.. known.Select(i => Lead[i])]) * 1e6;
    }

    internal static int WindowsIn(int samples) => samples < Window ? 0 : (samples - Window) / Hop + 1;

    /// <summary>Milliseconds that so many samples last.</summary>
    public static double Milliseconds(double samples) => samples * 1000 / TestTrack.SampleRate;
}
