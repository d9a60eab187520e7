using System.Buffers.Binary;
using System.Text;

namespace Tutti.TagReader;

/// <summary>
/// Reads a file whose every value is known before any other: a tenth of a second of FLAC that is all header (RFC 9639 §8), with a tag and a
/// picture. A library whose structs lie otherwise than thought gives other values, or breaks here rather than on somebody's music.
/// </summary>
internal static class SelfCheck
{
    private const int SampleRate = 44_100;
    private const int Samples = SampleRate / 10;

    /// <summary>Null when all is well, else what is not.</summary>
    public static string? Run(LibAvFormat library)
    {
        var path = Path.Combine(Path.GetTempPath(), $"tutti-{Guid.NewGuid():N}.flac");
        try
        {
            File.WriteAllBytes(path, KnownFile());
            return library.Read(path, default) is RawReading.Sound { DurationMicros: 100_000, Channels: 2, SampleRate: SampleRate, Codec: "flac" } sound
                && sound.Tags.Contains(KeyValuePair.Create("TUTTI", "é")) && sound.PictureHash == PictureHash.Of(Png)
                ? null
                : "libavformat does not read as expected";
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static ReadOnlySpan<byte> Png =>
    [
        0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0, 0x3A, 0x7E, 0x9B, 0x55,
        0, 0, 0, 10, 0x49, 0x44, 0x41, 0x54, 0x78, 0x9C, 0x63, 0x60, 0, 0, 0, 2, 0, 1, 0x48, 0xAF, 0xA4, 0x71, 0, 0, 0, 0, 0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82,
    ];

    private static byte[] KnownFile()
    {
        var file = new MemoryStream();
        file.Write("fLaC"u8);

        var info = new byte[34];
        BinaryPrimitives.WriteUInt16BigEndian(info, 4096);
        BinaryPrimitives.WriteUInt16BigEndian(info.AsSpan(2), 4096);
        // 20 bits of rate, 3 of channels − 1, 5 of bits − 1, 36 of samples.
        BinaryPrimitives.WriteUInt64BigEndian(info.AsSpan(10), ((ulong)SampleRate << 44) | (1UL << 41) | (15UL << 36) | Samples);
        Block(file, 0, info, last: false);

        var comment = new MemoryStream();
        Vorbis(comment, "test");
        comment.Write([1, 0, 0, 0]);
        Vorbis(comment, "TUTTI=é");
        Block(file, 4, comment.ToArray(), last: false);

        var picture = new MemoryStream();
        Big(picture, 3);
        Big(picture, 9);
        picture.Write("image/png"u8);
        foreach (var value in new[] { 0, 1, 1, 8, 0, Png.Length })
        {
            Big(picture, value);
        }
        picture.Write(Png);
        Block(file, 6, picture.ToArray(), last: true);
        return file.ToArray();
    }

    private static void Block(Stream file, byte type, byte[] content, bool last)
    {
        file.Write([(byte)(type | (last ? 0x80 : 0)), (byte)(content.Length >> 16), (byte)(content.Length >> 8), (byte)content.Length]);
        file.Write(content);
    }

    private static void Vorbis(Stream stream, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        stream.Write(BitConverter.GetBytes(bytes.Length));
        stream.Write(bytes);
    }

    private static void Big(Stream stream, int value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        stream.Write(bytes);
    }
}
