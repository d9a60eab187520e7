using Tutti.SoundLab.Analysis;
using Tutti.SoundLab.Signals;

namespace Tutti.SoundLab.Cases;

/// <summary>
/// How far a player's place in the piece steps at a join: where in the piece the 20 ms right before it are, against the 20 ms right after it. So short that
/// a usual rate trim (50 ppm) moves it by a twentieth of a sample, and a single sample lost or doubled by a whole one.
/// </summary>
internal static class JoinStep
{
    private const int Window = TestTrack.SampleRate / 50;
    private const int Farthest = 8;
    private const double LeastMatch = 0.9;

    /// <param name="place">Of the join, in the piece.</param>
    /// <param name="from">Sample of the recording from which on it is judged.</param>
    /// <returns>Samples, without sign; infinite when the piece is not to be found right beside the join; null when it was not recorded or is not judged.</returns>
    public static double? Samples(float[] sound, TestTrack piece, PlaceSeries places, int place, int from)
    {
        if (places.SampleOf(place) is not { } join || join - Window < from || join + Window > sound.Length)
        {
            return null;
        }

        var step = Lag(sound, join, piece.Samples, place) - Lag(sound, join - Window, piece.Samples, place - Window);
        return double.IsFinite(step) ? Math.Abs(step) : double.PositiveInfinity;
    }

    /// <summary>By how much the sound is farther in the piece than expected, samples; NaN when it is not the piece.</summary>
    private static double Lag(float[] sound, int at, float[] piece, int place)
    {
        var matches = Enumerable.Range(-Farthest, (2 * Farthest) + 1).Select(lag => Match(sound.AsSpan(at, Window), piece, place + lag)).ToArray();
        var best = Array.IndexOf(matches, matches.Max());
        if (best == 0 || best == matches.Length - 1 || matches[best] < LeastMatch)
        {
            return double.NaN;
        }

        // The peak of the parabola through the three around it.
        var (before, peak, after) = (matches[best - 1], matches[best], matches[best + 1]);
        return best - Farthest + ((before - after) / (2 * (before - (2 * peak) + after)));
    }

    private static double Match(ReadOnlySpan<float> sound, float[] piece, int place)
    {
        if (place < 0 || place + sound.Length > piece.Length)
        {
            return 0;
        }

        double both = 0, one = 0, other = 0;
        for (var i = 0; i < sound.Length; i++)
        {
            var (x, y) = (sound[i], piece[place + i]);
            both += x * y;
            one += x * x;
            other += y * y;
        }

        return one > 0 && other > 0 ? both / Math.Sqrt(one * other) : 0;
    }
}
