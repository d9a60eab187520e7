using System.Buffers.Binary;
using System.Text;

namespace Tutti.Server.Media;

/// <summary>One box of an MP4 (ISO 14496-12 §4.2).</summary>
internal readonly record struct Mp4Box(string Type, long Start, int HeaderBytes, long Length)
{
    public long ContentStart => Start + HeaderBytes;

    public long ContentBytes => Length - HeaderBytes;
}

/// <summary>Walks the boxes of an MP4 without reading what is in them.</summary>
internal sealed class Mp4Boxes(Stream file)
{
    // Far above what any real file has on one level; a made-up one must not keep us.
    private const int MostChildren = 10_000;

    public Mp4Box Whole => new("", 0, 0, file.Length);

    public bool IsMp4() => file.Length >= 8 && Read(0, 8).AsSpan(4).SequenceEqual("ftyp"u8);

    /// <summary>The boxes within a box.</summary>
    /// <exception cref="InvalidDataException">One does not fit.</exception>
    public IEnumerable<Mp4Box> Children(Mp4Box parent)
    {
        var end = parent.Start + parent.Length;
        var at = parent.ContentStart;
        for (var count = 0; at + 8 <= end && count < MostChildren; count++)
        {
            var head = Read(at, 8);
            var (header, length) = (8, (long)BinaryPrimitives.ReadUInt32BigEndian(head));
            if (length == 1)
            {
                (header, length) = (16, BinaryPrimitives.ReadInt64BigEndian(Read(at + 8, 8)));
            }
            else if (length == 0)
            {
                length = end - at;
            }
            if (length < header || length > end - at)
            {
                throw new InvalidDataException("a box that does not fit into its parent");
            }
            yield return new Mp4Box(Encoding.Latin1.GetString(head, 4, 4), at, header, length);
            at += length;
        }
    }

    /// <summary>The first box down this path; null when there is none.</summary>
    public Mp4Box? Find(Mp4Box parent, params ReadOnlySpan<string> path)
    {
        Mp4Box? found = parent;
        foreach (var type in path)
        {
            found = Children(found.Value).Where(box => box.Type == type).Cast<Mp4Box?>().FirstOrDefault();
            if (found is null)
            {
                return null;
            }
        }
        return found;
    }

    /// <summary>The first bytes of a box's content.</summary>
    /// <exception cref="InvalidDataException">It has fewer.</exception>
    public byte[] Bytes(Mp4Box box, int count) =>
        box.ContentBytes >= count ? Read(box.ContentStart, count) : throw new InvalidDataException($"a {box.Type} that is too short");

    /// <summary>A box's content as text, without its first bytes.</summary>
    public string Text(Mp4Box box, int skip) =>
        box.ContentBytes > skip ? Encoding.UTF8.GetString(Bytes(box, (int)box.ContentBytes).AsSpan(skip)) : "";

    private byte[] Read(long at, int count)
    {
        var bytes = new byte[count];
        file.Position = at;
        file.ReadExactly(bytes);
        return bytes;
    }
}
