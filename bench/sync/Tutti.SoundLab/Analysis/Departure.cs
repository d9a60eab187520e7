using Tutti.SoundLab.Signals;

namespace Tutti.SoundLab.Analysis;

/// <summary>How far a sound departs from what it should be around one place: a click, a step of its level or of its place.</summary>
internal static class Departure
{
    /// <summary>Samples on either side that are looked at (50 ms).</summary>
    public const int Reach = TestTrack.SampleRate / 20;

    private const int Farthest = 64;
    private const double LeastMatch = 0.5;

    /// <returns>
    /// The largest difference from the piece, in effective values of the piece there (a usual peak of it is 3 to 4); infinite when the piece is not to be
    /// found on either side; null when it was not recorded.
    /// </returns>
    public static double? Around(float[] sound, TestTrack piece, PlaceSeries places, int place)
    {
        var from = place - Reach - Farthest;
        if (places.SampleOf(place) is not { } sample || sample < Reach || sample + Reach > sound.Length
            || from < 0 || place + Reach + Farthest > piece.Samples.Length)
        {
            return null;
        }

        // Each side by itself says where in the piece its middle is; the line through the two says it of all samples, whatever the trim of the rate.
        Correlator correlator = new();
        var haystack = piece.Samples.AsSpan(from, (2 * Reach) + (2 * Farthest));
        var before = correlator.Find(sound.AsSpan(sample - Reach, Reach), haystack[..^Reach]);
        var after = correlator.Find(sound.AsSpan(sample, Reach), haystack[Reach..]);
        if (before.Height < LeastMatch || after.Height < LeastMatch)
        {
            return double.PositiveInfinity;
        }

        var step = (after.Place + Reach - before.Place) / Reach;
        var first = from + before.Place - ((step - 1) * Reach / 2);
        return Largest(sound.AsSpan(sample - Reach, 2 * Reach), WindowedSinc.Resample(piece.Samples, first, step, 2 * Reach));
    }

    private static double Largest(ReadOnlySpan<float> sound, float[] expected)
    {
        double largest = 0, power = 0;
        for (var i = 0; i < expected.Length; i++)
        {
            largest = Math.Max(largest, Math.Abs(sound[i] - expected[i]));
            power += expected[i] * expected[i];
        }

        return largest / Math.Sqrt(power / expected.Length);
    }
}
