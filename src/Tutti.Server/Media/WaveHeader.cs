using System.Buffers.Binary;

namespace Tutti.Server.Media;

/// <summary>Reads how many samples a second follow, out of the WAV header that ffmpeg puts before its floats.</summary>
internal static class WaveHeader
{
    private const int LongestHeaderBytes = 4096;

    /// <summary>Reads up to the first sample; answers the sample rate, or null when the stream ended before.</summary>
    /// <exception cref="InvalidDataException">That was no WAV.</exception>
    public static async Task<int?> ReadAsync(Func<Memory<byte>, Task<int>> fill)
    {
        var buffer = new byte[LongestHeaderBytes];
        if (await fill(buffer.AsMemory(0, 12)) < 12)
        {
            return null;
        }
        var rate = 0;
        while (await fill(buffer.AsMemory(0, 8)) == 8)
        {
            var length = BinaryPrimitives.ReadUInt32LittleEndian(buffer.AsSpan(4));
            if (buffer.AsSpan(0, 4).SequenceEqual("data"u8))
            {
                return rate > 0 ? rate : throw new InvalidDataException("a WAV without its format");
            }
            var isFormat = buffer.AsSpan(0, 4).SequenceEqual("fmt "u8);
            if (length > LongestHeaderBytes || await fill(buffer.AsMemory(0, (int)length)) < length)
            {
                throw new InvalidDataException("a WAV header that is none");
            }
            rate = isFormat ? BinaryPrimitives.ReadInt32LittleEndian(buffer.AsSpan(4)) : rate;
        }
        return null;
    }
}
