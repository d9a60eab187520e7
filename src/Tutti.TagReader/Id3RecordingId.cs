using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Tutti.TagReader;

/// <summary>
/// MusicBrainz's id of the recording as taggers write it into ID3v2: a frame <c>UFID</c> of the owner <c>http://musicbrainz.org</c>
/// (picard-docs.musicbrainz.org, "Tag Mapping"), which libavformat passes over.
/// </summary>
public static class Id3RecordingId
{
    /// <summary>The name under which it is told; the one that Vorbis comments have for it.</summary>
    public const string TagName = "MUSICBRAINZ_TRACKID";

    internal const int HeaderBytes = 10;

    private const int MaxFrames = 1_000;
    private const byte Unsynchronised = 0x80, HasExtendedHeader = 0x40;

    private static ReadOnlySpan<byte> Owner => "http://musicbrainz.org\0"u8;

    /// <summary>Empty when the file does not begin with such a tag, or the tag has none.</summary>
    public static string OfFile(string path)
    {
        try
        {
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            Span<byte> head = stackalloc byte[HeaderBytes];
            return RandomAccess.Read(file, head, 0) == HeaderBytes ? Of(file, head) : "";
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    /// <summary>id3.org/id3v2.3.0 §3.1–3.3, §4.1; id3.org/id3v2.4.0-structure §3.1–4.1.</summary>
    /// <param name="head">The file's first <see cref="HeaderBytes"/> bytes or more.</param>
    internal static string Of(SafeFileHandle file, ReadOnlySpan<byte> head)
    {
        if (!head.StartsWith("ID3"u8) || head[3] is not (3 or 4) || (head[5] & Unsynchronised) != 0)
        {
            return "";
        }

        var sevenBits = head[3] == 4;
        var end = HeaderBytes + Number(head[6..], sevenBits: true);
        Span<byte> frame = stackalloc byte[HeaderBytes];
        long at = HeaderBytes;
        if ((head[5] & HasExtendedHeader) != 0)
        {
            if (RandomAccess.Read(file, frame[..4], at) < 4)
            {
                return "";
            }

            // The newer one counts itself.
            at += Number(frame, sevenBits) + (sevenBits ? 0 : 4);
        }

        for (var count = 0; count < MaxFrames && at + HeaderBytes < end && RandomAccess.Read(file, frame, at) == HeaderBytes && frame[0] != 0; count++)
        {
            var length = Number(frame[4..], sevenBits);
            // What is compressed, encrypted or otherwise packed is left alone.
            if (frame.StartsWith("UFID"u8) && frame[9] == 0 && Id(file, at + HeaderBytes, length) is { Length: > 0 } id)
            {
                return id;
            }

            at += HeaderBytes + length;
        }

        return "";
    }

    private static string Id(SafeFileHandle file, long at, long length)
    {
        // The owner, and an id of at most 64 bytes.
        Span<byte> content = stackalloc byte[Owner.Length + 64];
        content = content[..(int)Math.Min(content.Length, length)];
        content = content[..RandomAccess.Read(file, content, at)];
        return content.StartsWith(Owner) ? Encoding.Latin1.GetString(content[Owner.Length..]) : "";
    }

    private static long Number(ReadOnlySpan<byte> bytes, bool sevenBits) => sevenBits
        ? ((bytes[0] & 0x7F) << 21) | ((bytes[1] & 0x7F) << 14) | ((bytes[2] & 0x7F) << 7) | (bytes[3] & 0x7F)
        : ((long)bytes[0] << 24) | ((long)bytes[1] << 16) | ((long)bytes[2] << 8) | bytes[3];
}
