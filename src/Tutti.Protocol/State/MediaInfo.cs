namespace Tutti.Protocol;

/// <summary>Where a track's sound is: FLAC segments under <c>/media/{key}/flac/{n}</c>.</summary>
/// <param name="Key">Name of the decoded sound, from the content's hash.</param>
/// <param name="SampleRate">Samples a second of each channel.</param>
/// <param name="SegmentSamples">Samples of every segment but the last.</param>
/// <param name="Samples">Length in samples; null until the track has been decoded to its end once.</param>
public sealed record MediaInfo(string Key, int SampleRate, int SegmentSamples, long? Samples)
{
    /// <summary>The exact length, µs, rounded to nearest; null until it is known.</summary>
    public long? ExactDurationMicros() =>
        Samples is { } samples ? (long)(((Int128)samples * 1_000_000 + (SampleRate / 2)) / SampleRate) : null;
}
