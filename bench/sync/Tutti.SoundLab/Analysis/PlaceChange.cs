using Tutti.SoundLab.Signals;

namespace Tutti.SoundLab.Analysis;

/// <summary>Finds to a few milliseconds when a player arrived at another place of the track.</summary>
internal static class PlaceChange
{
    // 5 ms of noise tell where they are from; four in a row tell for sure.
    private const int Block = 240, Step = 48, InARow = 4;
    private const double Recognised = 0.7;

    // A player that has just moved may still be that far (10 ms) from where it settles: it has arrived all the same.
    private const int Reach = 480;

    /// <summary>
    /// The first moment in [from, to), samples, from which the sound is within 10 ms of where <paramref name="lead"/> says it must be;
    /// null when there is none.
    /// </summary>
    public static int? Find(float[] sound, TestTrack track, double lead, int from, int to)
    {
        Correlator correlator = new();
        var row = 0;
        for (var at = Math.Max(0, from); at + Block <= Math.Min(to, sound.Length); at += Step)
        {
            row = IsThere(correlator, sound.AsSpan(at, Block), track, at + lead) ? row + 1 : 0;
            if (row == InARow)
            {
                return at - (InARow - 1) * Step;
            }
        }

        return null;
    }

    private static bool IsThere(Correlator correlator, ReadOnlySpan<float> block, TestTrack track, double place)
    {
        var from = (int)Math.Round(place) - Reach;
        return from >= 0 && from + Block + 2 * Reach <= track.Samples.Length
            && correlator.Find(block, track.Samples.AsSpan(from, Block + 2 * Reach)).Height > Recognised;
    }
}
