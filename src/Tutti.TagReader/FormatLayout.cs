namespace Tutti.TagReader;

/// <summary>
/// Where the fields that are read lie in libavformat's structs, in bytes. The library promises them within a major version; whether they are
/// right is found out at each start (<see cref="SelfCheck"/>). From avformat.h, packet.h and codec_par.h of FFmpeg 5.1, 6.1 and 7.1, 64-bit.
/// </summary>
internal sealed record FormatLayout(
    int Major, int NbStreams, int Streams, int Duration, int BitRate, int Metadata,
    int StreamCodecPar, int StreamTimeBase, int StreamDuration, int StreamMetadata, int StreamPicture, int Channels, int SampleRate)
{
    public const int PacketData = 24;
    public const int PacketSize = 32;
    public const int CodecType = 0;
    public const int CodecId = 4;

    /// <summary>The newest first.</summary>
    public static IReadOnlyList<FormatLayout> All { get; } =
    [
        new(61, 44, 48, 104, 112, 192, 16, 32, 48, 80, 96, 132, 152),
        new(60, 44, 48, 72, 80, 176, 16, 32, 48, 80, 96, 148, 116),
        new(59, 44, 48, 72, 80, 176, 208, 16, 32, 64, 80, 148, 116),
    ];
}
