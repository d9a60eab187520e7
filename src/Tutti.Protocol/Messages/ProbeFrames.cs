using System.Buffers.Text;
using System.Text.Json;
using Tutti.Timing;

namespace Tutti.Protocol;

/// <summary>Clock probes without allocation: they are the one message whose handling time is measured by the other side.</summary>
public static class ProbeFrames
{
    /// <summary>Bytes that every reply fits in.</summary>
    public const int ReplyMaxBytes = 160;

    /// <summary>
    /// True when the frame is a sound probe. Anything else, a probe with a fault in it too, is left to <see cref="ClientFrames"/>.
    /// </summary>
    public static bool TryRead(ReadOnlySpan<byte> utf8, out long id, out long t0)
    {
        (id, t0) = (-1, 0);
        var (isProbe, hasT0) = (false, false);
        try
        {
            var reader = new Utf8JsonReader(utf8);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return false;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("type"u8))
                {
                    reader.Read();
                    isProbe = reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("probe"u8);
                    if (!isProbe)
                    {
                        return false;
                    }
                }
                else if (reader.ValueTextEquals("id"u8))
                {
                    if (!reader.Read() || reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out id))
                    {
                        return false;
                    }
                }
                else if (reader.ValueTextEquals("t0"u8))
                {
                    hasT0 = reader.Read() && reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out t0);
                    if (!hasT0)
                    {
                        return false;
                    }
                }
                else
                {
                    reader.Skip();
                }
            }

            return isProbe && hasT0 && id >= 0 && !reader.Read();
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: escapes that make no Unicode text, such as a lone surrogate.
            return false;
        }
    }

    /// <summary>Writes a reply; <paramref name="t2"/> should be read from the clock for this very call.</summary>
    /// <returns>Bytes written.</returns>
    public static int WriteReply(Span<byte> destination, long id, long t0, ServerMicros t1, ServerMicros t2)
    {
        var length = Put(destination, 0, "{\"type\":\"probeReply\",\"id\":"u8, id);
        length = Put(destination, length, ",\"t0\":"u8, t0);
        length = Put(destination, length, ",\"t1\":"u8, t1.Value);
        length = Put(destination, length, ",\"t2\":"u8, t2.Value);
        destination[length] = (byte)'}';
        return length + 1;
    }

    private static int Put(Span<byte> destination, int start, ReadOnlySpan<byte> name, long value)
    {
        name.CopyTo(destination[start..]);
        Utf8Formatter.TryFormat(value, destination[(start + name.Length)..], out var digits);
        return start + name.Length + digits;
    }
}
