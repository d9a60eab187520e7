using System.Buffers.Binary;

namespace Tutti.TagReader;

/// <summary>
/// What the first bytes of a file tell before the library is asked, which tries each of its hundreds of formats and, for FLAC and MP3, reads and decodes
/// some sound to learn two numbers that stand in the first header.
/// </summary>
/// <param name="IsZeros">It begins with nothing but zeros: what a download or a disk leaves behind that never got its content. The library would look for sound to the end of
/// it, for minutes.</param>
/// <param name="Format">What it surely is, by FFmpeg's name; null: the library finds out.</param>
/// <param name="SampleRate">Hz, of FLAC and MP3; 0 when not known.</param>
/// <param name="Channels">Of FLAC and MP3; 0 when not known.</param>
/// <param name="SizeBytes">Of the file.</param>
internal readonly record struct FileStart(bool IsZeros, string? Format, int SampleRate, int Channels, long SizeBytes)
{
    /// <summary>What <see cref="Id3RecordingId"/> gives; null or empty without one.</summary>
    public string? RecordingId { get; private init; }

    private const int ZerosBytes = 64 << 10;
    private const int HeadBytes = 512;

    // Behind "fLaC", the block's header, and ten bytes of block and frame sizes.
    private const int StreamInfoRate = 18;

    // Hz of MPEG 1, halved for MPEG 2 and again for 2.5 (ISO 11172-3 §2.4.2.3, ISO 13818-3).
    private static ReadOnlySpan<int> Rates => [44_100, 48_000, 32_000];

    public static FileStart Of(string path)
    {
        try
        {
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            Span<byte> start = stackalloc byte[HeadBytes];
            var read = RandomAccess.Read(file, start, 0);
            start = start[..read];
            var size = RandomAccess.GetLength(file);
            if (read == HeadBytes && !start.ContainsAnyExcept((byte)0))
            {
                Span<byte> more = stackalloc byte[ZerosBytes];
                return new FileStart(RandomAccess.Read(file, more, 0) == ZerosBytes && !more.ContainsAnyExcept((byte)0), null, 0, 0, size);
            }
            if (start.StartsWith("fLaC"u8) && read > StreamInfoRate + 2)
            {
                return Flac(start, size);
            }
            if (!start.StartsWith("ID3"u8) || read <= Id3RecordingId.HeaderBytes)
            {
                return new FileStart(false, null, 0, 0, size);
            }
            Span<byte> frame = stackalloc byte[4];
            var sound = RandomAccess.Read(file, frame, AfterId3(start)) == 4 ? Mpeg(frame, size) : new FileStart(false, null, 0, 0, size);
            return sound with { RecordingId = Id3RecordingId.Of(file, start) };
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Opening it says why in the library's words.
            return default;
        }
    }

    // RFC 9639 §8.2: the stream's own block comes first; 20 bits of rate, 3 of channels − 1.
    private static FileStart Flac(ReadOnlySpan<byte> head, long size) => (head[4] & 0x7F) == 0
        ? new FileStart(
            false, "flac", (head[StreamInfoRate] << 12) | (head[StreamInfoRate + 1] << 4) | (head[StreamInfoRate + 2] >> 4), ((head[StreamInfoRate + 2] >> 1) & 7) + 1, size)
        : new FileStart(false, null, 0, 0, size);

    // id3.org/id3v2.4.0-structure §3.1: 28 bits of size, seven in a byte, without header and footer.
    private static long AfterId3(ReadOnlySpan<byte> head) =>
        10 + (((head[6] & 0x7F) << 21) | ((head[7] & 0x7F) << 14) | ((head[8] & 0x7F) << 7) | (head[9] & 0x7F)) + ((head[5] & 0x10) != 0 ? 10 : 0);

    /// <summary>By the header of a frame of layer III right behind the tag; anything else is for the library to find.</summary>
    private static FileStart Mpeg(ReadOnlySpan<byte> frame, long size)
    {
        var header = BinaryPrimitives.ReadUInt32BigEndian(frame);
        var (version, layer, bitRate, rate) = ((header >> 19) & 3, (header >> 17) & 3, (header >> 12) & 15, (int)((header >> 10) & 3));
        return header >> 21 == 0x7FF && version != 1 && layer == 1 && bitRate is not (0 or 15) && rate != 3
            ? new FileStart(false, "mp3", Rates[rate] >> (version == 3 ? 0 : version == 2 ? 1 : 2), ((header >> 6) & 3) == 3 ? 1 : 2, size)
            : new FileStart(false, null, 0, 0, size);
    }
}
