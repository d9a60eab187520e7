namespace Tutti.Server.Media;

/// <summary>The outline of a sound, as seek bars draw it (docs/protocol.md §8).</summary>
public static class Peaks
{
    /// <summary>Samples that one value stands for: 0.2 s.</summary>
    public const int SamplesPerValue = 9_600;

    /// <summary>The largest sample of each fifth of a second on either side, 255 = full scale.</summary>
    /// <param name="pcm">Left, right, left, right …, from the start of a segment on.</param>
    public static byte[] Of(ReadOnlySpan<short> pcm)
    {
        const int Values = SamplesPerValue * SegmentFormat.Channels;
        var peaks = new byte[(pcm.Length + Values - 1) / Values];
        for (var i = 0; i < peaks.Length; i++)
        {
            var largest = 0;
            foreach (var value in pcm.Slice(i * Values, Math.Min(Values, pcm.Length - (i * Values))))
            {
                largest = Math.Max(largest, Math.Abs((int)value));
            }
            peaks[i] = (byte)Math.Min(255, (largest + 127) / 128);
        }
        return peaks;
    }
}
