using System.Buffers.Binary;

namespace Tutti.TagReader;

/// <summary>
/// What the two processes say to each other: frames of a 32-bit little-endian length and so many bytes. First the child: empty when it can
/// read, else why not. Then for each path, UTF-8, one reading.
/// </summary>
public static class Wire
{
    /// <summary>No frame is longer: tags are cut to fit.</summary>
    public const int MaxFrameBytes = 1 << 20;

    private const int MaxTags = 512;
    private const int MaxValueCharacters = 100_000;
    private const int MaxTagBytes = 800_000;

    public static void Write(Stream stream, ReadOnlySpan<byte> frame)
    {
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, frame.Length);
        stream.Write(length);
        stream.Write(frame);
        stream.Flush();
    }

    /// <summary>Null at the end of the stream.</summary>
    /// <exception cref="InvalidDataException">This is no frame.</exception>
    public static byte[]? Read(Stream stream)
    {
        Span<byte> length = stackalloc byte[4];
        if (stream.ReadAtLeast(length, 4, throwOnEndOfStream: false) < 4)
        {
            return null;
        }
        var frame = new byte[LengthOf(length)];
        stream.ReadExactly(frame);
        return frame;
    }

    public static byte[] Encode(RawReading reading)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        switch (reading)
        {
            case RawReading.Sound sound:
                writer.Write(true);
                writer.Write(sound.DurationMicros);
                writer.Write(sound.Channels);
                writer.Write(sound.SampleRate);
                writer.Write(sound.BitRate);
                writer.Write(sound.Codec);
                writer.Write(sound.PictureHash);
                foreach (var (name, value) in sound.Tags.Take(MaxTags))
                {
                    if (stream.Length + (name.Length + Math.Min(value.Length, MaxValueCharacters)) * 3 < MaxTagBytes)
                    {
                        writer.Write(name);
                        writer.Write(value.Length > MaxValueCharacters ? value[..MaxValueCharacters] : value);
                    }
                }
                break;
            case RawReading.Unreadable(var reason):
                writer.Write(false);
                writer.Write(reason);
                break;
        }
        return stream.ToArray();
    }

    /// <exception cref="InvalidDataException">This is no reading.</exception>
    public static RawReading Decode(byte[] frame)
    {
        try
        {
            using var stream = new MemoryStream(frame);
            using var reader = new BinaryReader(stream);
            if (!reader.ReadBoolean())
            {
                return new RawReading.Unreadable(reader.ReadString());
            }
            var tags = new List<KeyValuePair<string, string>>();
            var sound = new RawReading.Sound(
                reader.ReadInt64(), reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt64(), reader.ReadString(), reader.ReadString(), tags);
            while (stream.Position < stream.Length)
            {
                tags.Add(KeyValuePair.Create(reader.ReadString(), reader.ReadString()));
            }
            return sound;
        }
        catch (Exception error) when (error is EndOfStreamException or FormatException or ArgumentException)
        {
            throw new InvalidDataException("not a reading", error);
        }
    }

    private static int LengthOf(ReadOnlySpan<byte> bytes) =>
        BinaryPrimitives.ReadInt32LittleEndian(bytes) is >= 0 and <= MaxFrameBytes and var length ? length : throw new InvalidDataException("not a frame");
}
