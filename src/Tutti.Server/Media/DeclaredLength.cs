using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Tutti.Server.Media;

/// <summary>
/// How much of an MP4's sound is music. ffmpeg takes the encoder's delay off its start; the padding at its end it knows only to the
/// millisecond, so that albums would stutter by up to a thousand samples.
/// </summary>
/// <param name="Samples">At <paramref name="Rate"/>, the delay not counted.</param>
public sealed record DeclaredLength(long Samples, long Rate)
{
    private const int LargestTagBytes = 64 * 1024;

    /// <summary>The same length in samples of another rate, rounded to nearest.</summary>
    public long SamplesAt(int rate) => (long)((((Int128)Samples * rate * 2) + Rate) / (2 * Rate));

    /// <summary>Reads what the file declares; null for files that are no MP4, or say nothing that makes sense.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static DeclaredLength? OfFile(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 4096);
        return Of(file);
    }

    /// <inheritdoc cref="OfFile"/>
    public static DeclaredLength? Of(Stream file)
    {
        try
        {
            var boxes = new Mp4Boxes(file);
            return boxes.IsMp4() ? Of(boxes) : null;
        }
        catch (Exception error) when (error is EndOfStreamException or InvalidDataException)
        {
            return null;
        }
    }

    private static DeclaredLength? Of(Mp4Boxes boxes)
    {
        if (boxes.Find(boxes.Whole, "moov") is not { } movie || SoundTrack(boxes, movie) is not { } track)
        {
            return null;
        }
        var (rate, duration) = Header(boxes, boxes.Find(track, "mdia", "mdhd"));
        if (rate == 0)
        {
            return null;
        }
        if (Gapless(boxes, movie) is { } tagged)
        {
            return new DeclaredLength(tagged, rate);
        }
        if (boxes.Find(track, "edts", "elst") is not { } edits || Edit(boxes, edits) is not var (editDuration, mediaTime) || duration <= mediaTime)
        {
            return null;
        }
        // The edit's length is in the movie's coarse time, the media's own is exact: where they agree, the latter is meant.
        var (movieRate, _) = Header(boxes, boxes.Find(movie, "mvhd"));
        var exact = duration - mediaTime;
        var told = movieRate == 0 ? exact : (long)((Int128)editDuration * rate / movieRate);
        var coarse = movieRate == 0 ? 0 : (rate / movieRate) + 1;
        return new DeclaredLength(told == 0 || Math.Abs(told - exact) <= coarse ? exact : Math.Min(told, exact), rate);
    }

    private static Mp4Box? SoundTrack(Mp4Boxes boxes, Mp4Box movie) => boxes.Children(movie)
        .Where(box => box.Type == "trak")
        .Cast<Mp4Box?>()
        .FirstOrDefault(track => boxes.Find(track!.Value, "mdia", "hdlr") is { } handler && boxes.Bytes(handler, 12) is var bytes && bytes.AsSpan(8, 4).SequenceEqual("soun"u8));

    // ISO 14496-12 §8.2.2 and §8.4.2: version, flags, times, then time scale and duration.
    private static (long Rate, long Duration) Header(Mp4Boxes boxes, Mp4Box? header)
    {
        if (header is not { } box)
        {
            return default;
        }
        var bytes = boxes.Bytes(box, 20);
        if (bytes[0] == 0)
        {
            return (BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(12)), BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(16)));
        }
        bytes = boxes.Bytes(box, 32);
        return (BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(20)), BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(24)));
    }

    // ISO 14496-12 §8.6.6. One edit that begins in the media; anything more is not an encoder's delay.
    private static (long Duration, long MediaTime)? Edit(Mp4Boxes boxes, Mp4Box edits)
    {
        var start = boxes.Bytes(edits, 8);
        var count = BinaryPrimitives.ReadUInt32BigEndian(start.AsSpan(4));
        if (count != 1)
        {
            return null;
        }
        var (duration, mediaTime) = start[0] == 0
            ? (BinaryPrimitives.ReadUInt32BigEndian(boxes.Bytes(edits, 16).AsSpan(8)), (long)BinaryPrimitives.ReadInt32BigEndian(boxes.Bytes(edits, 16).AsSpan(12)))
            : (BinaryPrimitives.ReadInt64BigEndian(boxes.Bytes(edits, 24).AsSpan(8)), BinaryPrimitives.ReadInt64BigEndian(boxes.Bytes(edits, 24).AsSpan(16)));
        return mediaTime < 0 ? null : (duration, mediaTime);
    }

    // iTunes' own tag: hexadecimal numbers, of which the second is the delay, the third the padding, the fourth the samples between them.
    private static long? Gapless(Mp4Boxes boxes, Mp4Box movie)
    {
        if (boxes.Find(movie, "udta", "meta") is not { } meta || boxes.Find(meta with { HeaderBytes = meta.HeaderBytes + 4 }, "ilst") is not { } list)
        {
            return null;
        }
        foreach (var item in boxes.Children(list).Where(box => box.Type == "----" && box.ContentBytes <= LargestTagBytes))
        {
            if (boxes.Find(item, "name") is not { } name || boxes.Text(name, 4) != "iTunSMPB" || boxes.Find(item, "data") is not { } data)
            {
                continue;
            }
            var fields = boxes.Text(data, 8).Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return fields.Length >= 4 && long.TryParse(fields[3], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var samples) && samples > 0 ? samples : null;
        }
        return null;
    }
}
