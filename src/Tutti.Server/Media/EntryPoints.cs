using System.Buffers.Binary;

namespace Tutti.Server.Media;

/// <summary>
/// Where in a file a decoder may be set down so that what comes out is what a decode from the start gives there, to the last bit.
/// Known by the kind of the sound (docs/decisions/0008-entry-points.md); a test holds each kind to it.
/// </summary>
public enum EntryPoints
{
    /// <summary>Only at the start: what is not known to be exact elsewhere.</summary>
    StartOnly,

    /// <summary>
    /// At the start of each chapter, and every decoder ends with its chapter: codecs whose decoder carries more along than its
    /// run-up can restore (noise generators, recursive filters), so that the place where it is set down is part of what the sound is.
    /// </summary>
    Chapters,

    /// <summary>At every segment: lossless formats, and codecs whose decoder forgets within a few frames.</summary>
    Anywhere,
}

/// <summary>Tells a file's <see cref="EntryPoints"/> by its first bytes, not by its name.</summary>
public static class EntryPointSniffer
{
    /// <summary>Segments of a chapter: 16 s.</summary>
    public const int ChapterSegments = 8;

    private const int LookedAtBytes = 4096;

    /// <summary>Looks at a file's start, past an ID3v2 tag.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static EntryPoints OfFile(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        Span<byte> start = stackalloc byte[LookedAtBytes];
        start = start[..file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        if (Id3Length(start) is not (> 0 and var tag))
        {
            return Of(start);
        }
        file.Position = tag;
        Span<byte> after = stackalloc byte[LookedAtBytes];
        return Of(after[..file.ReadAtLeast(after, after.Length, throwOnEndOfStream: false)]);
    }

    /// <summary>Judges the first bytes of the sound itself.</summary>
    public static EntryPoints Of(ReadOnlySpan<byte> start)
    {
        if (start.Length < 32)
        {
            return EntryPoints.StartOnly;
        }
        if (start.StartsWith("fLaC"u8) || start.StartsWith("wvpk"u8) || IsAiff(start) || IsPcmWave(start) || IsMpegLayer3(start))
        {
            return EntryPoints.Anywhere;
        }
        if (start.StartsWith("OggS"u8))
        {
            // RFC 3533 §6: 27 bytes, of which the last counts the lacing values that follow; then the codec's own header (RFC 5334 §4.1).
            var packet = start[Math.Min(start.Length, 27 + start[26])..];
            return packet.StartsWith("\u0001vorbis"u8) ? EntryPoints.Anywhere
                : packet.StartsWith("OpusHead"u8) ? EntryPoints.Chapters
                : EntryPoints.StartOnly;
        }
        return start[4..].StartsWith("ftyp"u8) ? EntryPoints.Chapters : EntryPoints.StartOnly;
    }

    private static bool IsAiff(ReadOnlySpan<byte> start) => start.StartsWith("FORM"u8) && start[8..].StartsWith("AIFF"u8);

    // Format tags 1 (integers), 3 (floats) and 0xFFFE (either, more closely told elsewhere); anything else is a codec in a WAV.
    private static bool IsPcmWave(ReadOnlySpan<byte> start) =>
        start.StartsWith("RIFF"u8) && start[8..].StartsWith("WAVE"u8)
        && start.IndexOf("fmt "u8) is >= 0 and var at && at + 10 <= start.Length
        && BinaryPrimitives.ReadUInt16LittleEndian(start[(at + 8)..]) is 1 or 3 or 0xFFFE;

    // ISO 11172-3 §2.4.1.3: eleven sync bits, a version that exists, layer III, a bit rate and a sample rate that exist.
    private static bool IsMpegLayer3(ReadOnlySpan<byte> start) =>
        start[0] == 0xFF && (start[1] & 0xE0) == 0xE0 && (start[1] & 0x18) != 0x08 && (start[1] & 0x06) == 0x02
        && (start[2] & 0xF0) is not 0xF0 and not 0 && (start[2] & 0x0C) != 0x0C;

    // ID3v2.4 structure §3.1: ten bytes, the last four of which give the length of the rest in 7 bits each.
    private static long Id3Length(ReadOnlySpan<byte> start) =>
        start.Length >= 10 && start.StartsWith("ID3"u8) ? 10L + (start[6] << 21 | start[7] << 14 | start[8] << 7 | start[9]) : 0;
}
