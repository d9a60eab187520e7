namespace Tutti.TagReader;

/// <summary>A file as the library describes it. Closed.</summary>
public abstract record RawReading
{
    private RawReading()
    {
    }

    /// <param name="DurationMicros">0 when unknown, as are the other numbers.</param>
    /// <param name="BitRate">Bits per second.</param>
    /// <param name="PictureHash">Empty without a picture.</param>
    /// <param name="Tags">The container's before the stream's.</param>
    public sealed record Sound(
        long DurationMicros, int Channels, int SampleRate, long BitRate, string Codec, string PictureHash, IReadOnlyList<KeyValuePair<string, string>> Tags)
        : RawReading;

    /// <param name="Reason">For people.</param>
    public sealed record Unreadable(string Reason) : RawReading;
}
