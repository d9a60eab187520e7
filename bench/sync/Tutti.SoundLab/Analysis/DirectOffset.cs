using Tutti.SoundLab.Signals;

namespace Tutti.SoundLab.Analysis;

/// <summary>Distance of two players from their own sounds only: half a second of the one is looked for in the other, ± half a second.</summary>
internal sealed class DirectOffset
{
    private const int Second = TestTrack.SampleRate;
    private const double Recognised = 0.3;
    private readonly Correlator _correlator = new();

    /// <summary>Milliseconds, + = <paramref name="first"/> is ahead; NaN where they are not alike.</summary>
    public double Milliseconds(float[] first, float[] second, int at)
    {
        var probeAt = at + Second / 4;
        var from = Math.Max(0, probeAt - Second / 2);
        var to = Math.Min(second.Length, probeAt + Second);
        var match = _correlator.Find(first.AsSpan(probeAt, Second / 2), second.AsSpan(from, to - from));
        return match.Height < Recognised ? double.NaN : PlaceSeries.Milliseconds(from + match.Place - probeAt);
    }
}
