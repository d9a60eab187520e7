using Tutti.SoundLab.Signals;

namespace Tutti.SoundLab.Analysis;

/// <summary>Finds to a few milliseconds when a player left one place of the track for another.</summary>
internal static class PlaceChange
{
    // 5 ms of noise tell two places apart; four in a row tell for sure.
    private const int Block = 240, Step = 48, InARow = 4;

    /// <summary>
    /// The first moment in [from, to), samples, from which the sound fits <paramref name="leadAfter"/> and no longer what was before;
    /// null when there is none.
    /// </summary>
    public static int? Find(float[] sound, TestTrack track, double leadBefore, double leadAfter, int from, int to)
    {
        var row = 0;
        for (var at = Math.Max(0, from); at + Block <= Math.Min(to, sound.Length); at += Step)
        {
            var fits = Fit(sound, track, at, leadAfter) is > 0.7 and var after && after > Fit(sound, track, at, leadBefore);
            row = fits ? row + 1 : 0;
            if (row == InARow)
            {
                return at - (InARow - 1) * Step;
            }
        }

        return null;
    }

    private static double Fit(float[] sound, TestTrack track, int at, double lead)
    {
        var place = (int)Math.Round(at + lead);
        if (place < 0 || place + Block > track.Samples.Length)
        {
            return 0;
        }

        double product = 0, first = 0, second = 0;
        for (var i = 0; i < Block; i++)
        {
            var (x, y) = (sound[at + i], track.Samples[place + i]);
            product += x * y;
            first += x * x;
            second += y * y;
        }

        return product / Math.Sqrt(Math.Max(first * second, 1e-12));
    }
}
