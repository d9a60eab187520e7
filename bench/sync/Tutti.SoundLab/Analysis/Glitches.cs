using Tutti.SoundLab.Signals;

namespace Tutti.SoundLab.Analysis;

/// <summary>A silence while there should be sound.</summary>
public readonly record struct Dropout(double AtSeconds, double Milliseconds);

/// <summary>A step of a player's own place in the track; + = forward.</summary>
public readonly record struct Jump(double AtSeconds, double Milliseconds);

/// <summary>Finds what a listener would hear as a fault.</summary>
internal static class Glitches
{
    private const float Silence = 2e-4f;
    private const int ShortestDropout = TestTrack.SampleRate * 3 / 1000;
    private const double SmallestJumpMs = 0.5;
    private const int Calm = 3;

    /// <summary>Silences of 3 ms or more in [from, to).</summary>
    public static List<Dropout> Dropouts(float[] sound, int from, int to)
    {
        List<Dropout> found = [];
        to = Math.Min(to, sound.Length);
        var quietSince = from;
        for (var i = from; i <= to; i++)
        {
            if (i < to && Math.Abs(sound[i]) < Silence)
            {
                continue;
            }

            if (i - quietSince >= ShortestDropout)
            {
                found.Add(new Dropout((double)quietSince / TestTrack.SampleRate, PlaceSeries.Milliseconds(i - quietSince)));
            }

            quietSince = i + 1;
        }

        return found;
    }

    /// <summary>
    /// Steps of more than 0.5 ms in [from, to): the median lead of three windows differs from that of the three before. Of neighbouring
    /// steps, which one jump causes, the largest counts.
    /// </summary>
    public static List<Jump> Jumps(PlaceSeries places, int from, int to)
    {
        var known = places.Inside(from, to).Where(i => double.IsFinite(places.Lead[i])).ToArray();
        var steps = new double[known.Length];
        for (var i = Calm; i + Calm <= known.Length; i++)
        {
            steps[i] = MedianOf(places, known.AsSpan(i, Calm)) - MedianOf(places, known.AsSpan(i - Calm, Calm));
        }

        List<Jump> found = [];
        for (var i = 0; i < steps.Length; i++)
        {
            if (Math.Abs(PlaceSeries.Milliseconds(steps[i])) <= SmallestJumpMs)
            {
                continue;
            }

            var largest = i;
            for (var near = i; near < Math.Min(steps.Length, i + Calm); near++)
            {
                largest = Math.Abs(steps[near]) > Math.Abs(steps[largest]) ? near : largest;
            }

            found.Add(new Jump((double)places.At(known[largest]) / TestTrack.SampleRate, PlaceSeries.Milliseconds(steps[largest])));
            i = largest + Calm - 1;
        }

        return found;
    }

    private static double MedianOf(PlaceSeries places, ReadOnlySpan<int> windows)
    {
        var leads = new double[windows.Length];
        for (var i = 0; i < windows.Length; i++)
        {
            leads[i] = places.Lead[windows[i]];
        }

        return Order.Median(leads);
    }
}
