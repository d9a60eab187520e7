using System.ComponentModel.DataAnnotations;

namespace Tutti.Server.Media;

/// <summary>What an operator may set about sound (section <c>Tutti:Media</c>). Units are in the names.</summary>
public sealed record MediaOptions
{
    /// <summary>Disk space for cut segments; the sounds not asked for longest make room. The newest sound is kept even if it alone is larger.</summary>
    [Range(64, 1_048_576)]
    public int CacheMegabytes { get; init; } = 4_096;

    /// <summary>ffmpeg processes that decode at the same time.</summary>
    [Range(1, 64)]
    public int MaxDecoders { get; init; } = 4;

    /// <summary>Longest wait of a reader for a segment that is not cut yet.</summary>
    [Range(1, 120)]
    public int SegmentWaitSeconds { get; init; } = 20;

    /// <summary>A decoder that gives nothing for this long is ended.</summary>
    [Range(1, 600)]
    public int DecoderStallSeconds { get; init; } = 15;

    /// <summary>Bit rate of the segments for thin links.</summary>
    [Range(32, 256)]
    public int ThinKilobits { get; init; } = 112;

    /// <summary>The loudness that levelling brings all tracks to.</summary>
    [Range(-40, -8)]
    public int LevelLufs { get; init; } = -18;

    /// <summary>A track's loudness is measured so long after it was asked for, when the rush of its start is over.</summary>
    [Range(0, 600)]
    public int LevelAfterSeconds { get; init; } = 10;

    /// <summary>Longer tracks are refused: an endless file must not fill the disk.</summary>
    [Range(1, 6_000)]
    public int MaxTrackMinutes { get; init; } = 1_440;

    /// <summary>Whether a few seconds of noise are decoded right after the start, so that the first play finds all code ready.</summary>
    public bool WarmUp { get; init; } = true;
}
