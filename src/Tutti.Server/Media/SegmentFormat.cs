namespace Tutti.Server.Media;

/// <summary>How sound is cut (docs/protocol.md §8).</summary>
public static class SegmentFormat
{
    public const int SampleRate = 48_000;

    /// <summary>Samples of every segment but the last, which may be shorter: 2 s.</summary>
    public const int SegmentSamples = 96_000;

    public const int SegmentSeconds = SegmentSamples / SampleRate;

    public const int Channels = 2;

    /// <summary>Part of every key. Raise it with any change that makes other samples of the same file: segments are immutable.</summary>
    public const int CutterVersion = 3;

    /// <summary>Segments of a sound of so many samples.</summary>
    public static int SegmentCount(long samples) => (int)((samples + SegmentSamples - 1) / SegmentSamples);
}
