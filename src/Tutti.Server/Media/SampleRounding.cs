using System.Runtime.Intrinsics;

namespace Tutti.Server.Media;

/// <summary>
/// Makes 16-bit samples of the decoder's floats. What is a 16-bit number already stays as it is; anything finer gets triangular dither of
/// ±1 step, the same at the same place of every segment: equal sound, equal samples, wherever the decoder was set down.
/// </summary>
public static class SampleRounding
{
    private const float FullScale = 32_768;
    private static readonly float[] s_dither = MakeDither();

    /// <summary>Rounds from the start of a segment on.</summary>
    /// <param name="sound">Interleaved, 1 = full scale; beyond it is clipped. At most a segment.</param>
    /// <param name="pcm">As long as <paramref name="sound"/>.</param>
    public static void Round(ReadOnlySpan<float> sound, Span<short> pcm)
    {
        var dither = s_dither.AsSpan(0, sound.Length);
        pcm = pcm[..sound.Length];
        var done = 0;
        for (; done + Vector256<short>.Count <= sound.Length; done += Vector256<short>.Count)
        {
            var low = Round(Vector256.Create(sound[done..]), Vector256.Create<float>(dither[done..]));
            var high = Round(Vector256.Create(sound[(done + 8)..]), Vector256.Create<float>(dither[(done + 8)..]));
            Vector256.NarrowWithSaturation(low, high).CopyTo(pcm[done..]);
        }
        for (; done < sound.Length; done++)
        {
            var low = Round(Vector256.Create(sound[done]), Vector256.Create(dither[done]));
            pcm[done] = (short)Math.Clamp(low[0], short.MinValue, short.MaxValue);
        }
    }

    private static Vector256<int> Round(Vector256<float> sound, Vector256<float> dither)
    {
        var exact = sound * FullScale;
        var near = Vector256.Round(exact);
        var rounded = Vector256.ConditionalSelect(Vector256.Equals(exact, near), near, Vector256.Round(exact + dither));
        return Vector256.ConvertToInt32(rounded);
    }

    // Two uniform numbers make a triangular one. A linear congruential generator (Knuth, MMIX) from a fixed seed: no library may change it.
    private static float[] MakeDither()
    {
        var dither = new float[SegmentFormat.SegmentSamples * SegmentFormat.Channels];
        var state = 0x5475747469UL;
        for (var i = 0; i < dither.Length; i++)
        {
            dither[i] = Uniform() - Uniform();
        }
        return dither;

        float Uniform()
        {
            state = (state * 6364136223846793005UL) + 1442695040888963407UL;
            return (state >> 40) * (1f / (1 << 24));
        }
    }
}
