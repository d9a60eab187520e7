using Tutti.SoundLab.Signals;

namespace Tutti.SoundLab.Analysis;

/// <summary>How loud a cross-fade is, beside the two tracks that are in it.</summary>
internal static class FadeLevels
{
    private const int Window = TestTrack.SampleRate / 4;

    /// <summary>For each quarter of a second of a fade: its level, dB over that of both tracks together. Nothing when it was not recorded.</summary>
    /// <param name="fade">From 0.</param>
    public static IEnumerable<double> OverTracksDb(float[] sound, PlaceSeries places, FadedTracks tracks, int fade)
    {
        for (var at = 0; at + Window <= tracks.FadeSamples; at += Window)
        {
            if (places.SampleOf(tracks.Fades[fade] + at) is { } sample && sample >= 0 && sample + Window <= sound.Length)
            {
                yield return 10 * Math.Log10(Power(sound.AsSpan(sample, Window)) / tracks.Power(fade, at, Window));
            }
        }
    }

    private static double Power(ReadOnlySpan<float> sound)
    {
        var sum = 0.0;
        foreach (var sample in sound)
        {
            sum += sample * sample;
        }

        return sum / sound.Length;
    }
}
