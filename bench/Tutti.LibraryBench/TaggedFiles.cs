using System.Buffers.Binary;
using System.Text;
using Tutti.Server.Ffmpeg;

namespace Tutti.LibraryBench;

/// <summary>
/// Writes thousands of files that players take for music: the sound is made once by ffmpeg, the tags are each file's own. MP3 with ID3v2.4 and
/// FLAC with Vorbis comments, half and half, every tenth with a picture; one in fifty by ffmpeg itself as M4A, Ogg Vorbis or Opus.
/// </summary>
internal sealed class TaggedFiles
{
    private readonly byte[] _mp3;
    private readonly byte[] _flacInfo;
    private readonly byte[] _flacFrames;
    private readonly byte[] _picture;

    private TaggedFiles(byte[] mp3, byte[] flac, byte[] picture)
    {
        (_mp3, _picture, _flacInfo) = (mp3, picture, flac[8..42]);
        var at = 4;
        for (var last = false; !last;)
        {
            last = (flac[at] & 0x80) != 0;
            at += 4 + (flac[at + 1] << 16) + (flac[at + 2] << 8) + flac[at + 3];
        }
        _flacFrames = flac[at..];
    }

    public static async Task MakeAsync(string folder, int count)
    {
        string[] sound = ["-v", "error", "-f", "lavfi", "-i", "sine=f=440:r=22050:d=3"];
        var files = new TaggedFiles(
            await RunAsync([.. sound, "-b:a", "48k", "-id3v2_version", "0", "-f", "mp3", "pipe:1"]), await RunAsync([.. sound, "-f", "flac", "pipe:1"]),
            await RunAsync(["-v", "error", "-f", "lavfi", "-i", "testsrc=size=500x500", "-frames:v", "1", "-q:v", "4", "-f", "image2pipe", "-c:v", "mjpeg", "pipe:1"]));
        await Parallel.ForAsync(0, count, async (n, ct) =>
        {
            var piece = Names.Of(n);
            var path = Path.Combine(folder, piece.Folder);
            Directory.CreateDirectory(path);
            var name = Path.Combine(path, $"{piece.Track:D2} - {n}");
            if (n % 50 == 0)
            {
                var ending = (n / 50 % 3) switch { 0 => "m4a", 1 => "ogg", _ => "opus" };
                await RunAsync([.. sound, .. piece.Tags.SelectMany(tag => new[] { "-metadata", $"{tag.Name}={tag.Value}" }), "-y", $"{name}.{ending}"]);
            }
            else
            {
                await (n % 2 == 0 ? File.WriteAllBytesAsync(name + ".mp3", files.Mp3(piece), ct) : File.WriteAllBytesAsync(name + ".flac", files.Flac(piece), ct));
            }
        });
    }

    private static async Task<byte[]> RunAsync(string[] arguments)
    {
        var result = await ExternalTool.RunAsync("ffmpeg", arguments, TimeSpan.FromMinutes(1), int.MaxValue, TimeProvider.System, default);
        return result.ExitCode == 0 ? result.Output : throw new InvalidOperationException(result.Errors);
    }

    // id3.org/id3v2.4.0-structure: text frames in UTF-8, TXXX for what has no frame of its own.
    private byte[] Mp3(Piece piece)
    {
        var frames = new MemoryStream();
        foreach (var (name, value) in piece.Tags)
        {
            var id = name switch
            {
                "TITLE" => "TIT2", "ARTIST" => "TPE1", "ALBUM" => "TALB", "ALBUMARTIST" => "TPE2", "TRACKNUMBER" => "TRCK", "DATE" => "TDRC", "GENRE" => "TCON", _ => "TXXX",
            };
            Frame(frames, id, [3, .. Encoding.UTF8.GetBytes(id == "TXXX" ? $"{name}\0{value}" : value)]);
        }
        if (piece.Number % 10 == 1)
        {
            Frame(frames, "APIC", [3, .. "image/jpeg\0"u8, 3, 0, .. _picture]);
        }
        return [.. "ID3"u8, 4, 0, 0, .. Synchsafe((int)frames.Length), .. frames.ToArray(), .. _mp3];
    }

    private byte[] Flac(Piece piece)
    {
        var file = new MemoryStream();
        file.Write("fLaC"u8);
        Block(file, 0, _flacInfo, last: false);
        var comment = new MemoryStream();
        Vorbis(comment, "bench");
        comment.Write(BitConverter.GetBytes(piece.Tags.Count()));
        foreach (var (name, value) in piece.Tags)
        {
            Vorbis(comment, $"{name}={value}");
        }
        Block(file, 4, comment.ToArray(), last: piece.Number % 10 != 1);
        if (piece.Number % 10 == 1)
        {
            var picture = new MemoryStream();
            Big(picture, 3, 10);
            picture.Write("image/jpeg"u8);
            Big(picture, 0, 500, 500, 24, 0, _picture.Length);
            picture.Write(_picture);
            Block(file, 6, picture.ToArray(), last: true);
        }
        file.Write(_flacFrames);
        return file.ToArray();
    }

    private static void Frame(Stream stream, string id, byte[] content)
    {
        stream.Write([.. Encoding.ASCII.GetBytes(id), .. Synchsafe(content.Length), 0, 0]);
        stream.Write(content);
    }

    private static byte[] Synchsafe(int size) => [(byte)(size >> 21 & 0x7F), (byte)(size >> 14 & 0x7F), (byte)(size >> 7 & 0x7F), (byte)(size & 0x7F)];

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

    private static void Big(Stream stream, params ReadOnlySpan<int> values)
    {
        Span<byte> bytes = stackalloc byte[4];
        foreach (var value in values)
        {
            BinaryPrimitives.WriteInt32BigEndian(bytes, value);
            stream.Write(bytes);
        }
    }
}
