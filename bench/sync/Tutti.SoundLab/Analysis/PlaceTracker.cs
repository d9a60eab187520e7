using Tutti.SoundLab.Signals;

namespace Tutti.SoundLab.Analysis;

/// <summary>
/// Follows a player through the track. Each window is looked for near where the last one says it must be, then a quarter of a second
/// around, then in the whole track.
/// </summary>
internal sealed class PlaceTracker(TestTrack track)
{
    private const double Recognised = 0.4;
    private const double QuietRms = 1e-3;
    private const int NearReach = 2_048;
    private const int WideReach = 14_336;

    // A whole-track search uses five windows' length, for certainty, and is dear: not at every lost window.
    private const int LongProbe = 5 * PlaceSeries.Window;
    private const int LongSpan = 1 << 17;
    private const int WindowsBetweenLongSearches = 3;

    private readonly Correlator _correlator = new();
    private readonly float[] _reference = track.Samples;

    /// <summary>Places in [from, to) of a recording, both in samples.</summary>
    public PlaceSeries Follow(float[] sound, int from, int to)
    {
        var count = PlaceSeries.WindowsIn(to - from);
        var (places, heights) = (new double[count], new double[count]);
        Array.Fill(places, double.NaN);
        double? lead = null;
        var nextLongSearch = 0;
        for (var i = 0; i < count; i++)
        {
            var at = from + i * PlaceSeries.Hop;
            var probe = sound.AsSpan(at, PlaceSeries.Window);
            if (Rms(probe) < QuietRms)
            {
                continue;
            }

            var match = lead is { } known ? Around(probe, known + at) : Match.None;
            if (match.Height < Recognised && i >= nextLongSearch)
            {
                nextLongSearch = i + WindowsBetweenLongSearches;
                var far = Anywhere(sound.AsSpan(at, Math.Min(LongProbe, to - at)));
                match = far.Height < Recognised ? Match.None : Around(probe, far.Place);
            }

            if (match.Height >= Recognised)
            {
                (places[i], heights[i]) = (match.Place, match.Height);
                lead = match.Place - at;
            }
        }

        return new PlaceSeries(from, places, heights);
    }

    private Match Around(ReadOnlySpan<float> probe, double expected)
    {
        var near = Within(probe, expected, NearReach);
        return near.Height >= Recognised ? near : Within(probe, expected, WideReach);
    }

    private Match Within(ReadOnlySpan<float> probe, double expected, int reach)
    {
        var from = (int)Math.Clamp(Math.Round(expected) - reach, 0, _reference.Length);
        var to = (int)Math.Clamp(Math.Round(expected) + reach + probe.Length, 0, _reference.Length);
        var match = _correlator.Find(probe, _reference.AsSpan(from, to - from));
        return match with { Place = match.Place + from };
    }

    private Match Anywhere(ReadOnlySpan<float> probe)
    {
        var best = Match.None;
        for (var from = 0; from + probe.Length <= _reference.Length; from += LongSpan - probe.Length)
        {
            var match = _correlator.Find(probe, _reference.AsSpan(from, Math.Min(LongSpan, _reference.Length - from)));
            if (match.Height > best.Height)
            {
                best = match with { Place = match.Place + from };
            }
        }

        return best;
    }

    private static double Rms(ReadOnlySpan<float> sound)
    {
        var sum = 0.0;
        foreach (var sample in sound)
        {
            sum += sample * sample;
        }

        return Math.Sqrt(sum / sound.Length);
    }
}
