using System.Buffers.Binary;
using System.Diagnostics;
using System.Text;
using Tutti.Server.Library;

namespace Tutti.Server.Tests.Library;

/// <summary>Files that nobody would wish for: each is passed over with a reason or read for what it is, and the scan goes on to the end.</summary>
public sealed class HostileFilesTests : ScanStage
{
    private static readonly TimeSpan s_soon = TimeSpan.FromSeconds(15);

    [Fact]
    public async Task Two_gigabytes_of_zeros_a_cut_off_file_and_an_empty_one_stop_nothing()
    {
        await MakeAsync("good.flac");
        await using (var zeros = File.Create(Music("zeros.mp3")))
        {
            zeros.SetLength(2L << 30);
        }

        var good = await File.ReadAllBytesAsync(Music("good.flac"), Ct);
        await File.WriteAllBytesAsync(Music("cut off.flac"), good[..30], Ct);
        await File.WriteAllBytesAsync(Music("empty.ogg"), [], Ct);
        var start = Stopwatch.GetTimestamp();
        var end = await ScanAsync();
        Assert.True(Stopwatch.GetElapsedTime(start) < s_soon, "the zeros are not read to their end");
        Assert.Equal((4, 4, 3), (end.Found, end.Done, end.Skipped));
        Assert.Equal("good", (await SingleAsync()).Title);
        var reasons = (await ListAsync(new TrackQuery(State: TrackState.Unreadable))).Items.ToDictionary(track => track.Path, track => track.Reason);
        Assert.Equal("it begins with nothing but zeros", reasons["zeros.mp3"]);
        Assert.Equal("the file is empty", reasons["empty.ogg"]);
        Assert.NotEmpty(reasons["cut off.flac"]);
    }

    [Fact]
    public async Task What_a_file_is_counts_and_not_what_it_is_called()
    {
        await MakeAsync("real.flac", "-metadata", "title=Flac");
        await MakeAsync("real.ogg", "-metadata", "title=Ogg");
        File.Move(Music("real.flac"), Music("called.mp3"));
        File.Move(Music("real.ogg"), Music("called.wma"));
        await File.WriteAllTextAsync(Music("page.mp3"), "<html><body>404</body></html>", Ct);
        await File.WriteAllTextAsync(Music("list.mp3"), "#EXTM3U\n/etc/passwd\n", Ct);
        await File.WriteAllTextAsync(Music("concat.flac"), "ffconcat version 1.0\nfile called.mp3\n", Ct);
        var end = await ScanAsync();
        Assert.Equal((5, 3), (end.Found, end.Skipped));
        Assert.All((await ListAsync(new TrackQuery(State: TrackState.Unreadable))).Items, track => Assert.Equal("it is no kind of music file", track.Reason));
        Assert.Equal([("Flac", "flac"), ("Ogg", "vorbis")], (await ListAsync()).Items.Select(track => (track.Title, track.Format.Codec)).Order());
    }

    /// <summary>A kilobyte that says that it unfolds to ten gigabytes: refused by what its header says.</summary>
    [Theory]
    [InlineData(50_000, 50_000)]
    [InlineData(2_000_000_000, 1)]
    [InlineData(1, 2_000_000_000)]
    public async Task A_cover_that_unfolds_without_end_is_no_cover(int width, int height)
    {
        var bomb = Bomb(width, height);
        await MakeAsync("beside/a.flac", "-metadata", "title=Beside");
        await File.WriteAllBytesAsync(Music("beside", "cover.png"), bomb, Ct);
        await MakeAsync("within/b.flac", "-metadata", "title=Within");
        await File.WriteAllBytesAsync(Music("within", "b.flac"), WithPicture(await File.ReadAllBytesAsync(Music("within", "b.flac"), Ct), bomb, width, height), Ct);
        var start = Stopwatch.GetTimestamp();
        var end = await ScanAsync();
        Assert.Equal((2, 0), (end.Found, end.Skipped));
        foreach (var track in (await ListAsync()).Items)
        {
            Assert.NotEqual("", track.Cover.Hash);
            Assert.Null(await Covers.FindAsync(track.Cover.Hash, null, Ct));
        }

        Assert.True(Stopwatch.GetElapsedTime(start) < s_soon, "the picture is not unfolded");
    }

    [Fact]
    public async Task Every_plane_of_Unicode_arrives_and_is_found()
    {
        // The first letter that is no control character, and the last that is a character, of each of the 17 planes.
        var planes = string.Concat(Enumerable.Range(0, 17).SelectMany(plane => new[] { new Rune((plane << 16) + (plane == 0 ? 0x41 : 0x10)), new Rune((plane << 16) + 0xFFFD) }));
        await MakeAsync("a.flac", "-metadata", $"title=Ω {planes}", "-metadata", $"artist={planes}", "-metadata", $"album={planes}", "-metadata", $"genre={planes}");
        await MakeAsync("b.flac", "-metadata", "title=\u202Eevil\u202C \u0301\u0301\u0301", "-metadata", "artist=\uFEFF\u200B");
        Assert.Equal((2, 0), await ScanAsync() is var end ? (end.Found, end.Skipped) : default);
        var track = (await ListAsync(new TrackQuery("ω"))).Items.Single();
        Assert.Equal(($"Ω {planes}", planes, planes), (track.Title, track.Artist, track.Album));
        Assert.Equal(2, (await ListAsync()).Total);
        Assert.Equal(planes, (await Catalog.AlbumsAsync(new AlbumQuery(), PageRange.First, Ct)).Items.Single(album => album.Title == planes).Title);
    }

    /// <summary>.NET gives every byte that is no UTF-8 as U+FFFD: these have one name between them, under which neither can be opened.</summary>
    [Fact]
    public async Task Names_that_are_no_UTF_8_are_listed_and_stop_nothing()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || OperatingSystem.IsMacOS(), "the file system has no such names");
        await MakeAsync("good.flac");
        try
        {
            await ShellAsync("""for byte in 377 376; do name=$(printf "\\$byte") && cp good.flac "$name.flac" && mkdir "$name" || exit 1; done""");
            foreach (var _ in new[] { "new", "known" })
            {
                var end = await ScanAsync();
                Assert.Equal((2, 1, 0), (end.Found, end.Skipped, end.Missing));
                Assert.Equal("good", (await SingleAsync()).Title);
                Assert.Equal("its name is not UTF-8", (await ListAsync(new TrackQuery(State: TrackState.Unreadable))).Items.Single().Reason);
            }
        }
        finally
        {
            // .NET cannot remove them either.
            await ShellAsync("rm -r ./*");
        }

        async Task ShellAsync(string script)
        {
            using var shell = Process.Start(new ProcessStartInfo("sh", ["-c", script]) { WorkingDirectory = Root })!;
            await shell.WaitForExitAsync(Ct);
            Assert.Equal(0, shell.ExitCode);
        }
    }

    [Fact]
    public async Task Links_that_lead_round_each_other_end()
    {
        await MakeAsync("A/a.flac");
        Directory.CreateSymbolicLink(Music("A", "up"), Root);
        Directory.CreateSymbolicLink(Music("A", "self"), Music("A", "self"));
        Directory.CreateSymbolicLink(Music("one"), Music("two"));
        Directory.CreateSymbolicLink(Music("two"), Music("one"));
        File.CreateSymbolicLink(Music("round.mp3"), Music("round.mp3"));
        File.CreateSymbolicLink(Music("nowhere.mp3"), Music("not there.mp3"));
        var end = await ScanAsync();
        Assert.Equal((3, 2), (end.Found, end.Skipped));
        Assert.Equal("a", (await SingleAsync()).Title);
        Assert.All((await ListAsync(new TrackQuery(State: TrackState.Unreadable))).Items, track => Assert.Equal("the link leads to nothing", track.Reason));
    }

    /// <summary>Nothing here writes Monkey's Audio: two frames of it by hand, with a tag behind.</summary>
    [Fact]
    public async Task Monkeys_Audio_gives_its_tags_and_its_length()
    {
        await File.WriteAllBytesAsync(Music("a.ape"), Ape(frames: 2, lastBlocks: 44_100, ("Title", "Été"), ("Artist", "Ann"), ("Album", "Home"), ("Track", "3/9")), Ct);
        Assert.Equal((1, 0), await ScanAsync() is var end ? (end.Found, end.Skipped) : default);
        var track = await SingleAsync();
        Assert.Equal(("Été", "Ann", "Home", 3, "ape"), (track.Title, track.Artist, track.Album, track.Tags.TrackNumber, track.Format.Codec));
        Assert.InRange(track.DurationMicros, 7_600_000, 7_800_000);
    }

    // png.org/pub/png/spec: a header, a little of a picture, an end.
    private static byte[] Bomb(int width, int height)
    {
        using var png = new MemoryStream();
        png.Write([0x89, .. "PNG"u8, 13, 10, 26, 10]);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, 2);
        Chunk("IHDR", header);
        using var packed = new MemoryStream();
        using (var zlib = new System.IO.Compression.ZLibStream(packed, System.IO.Compression.CompressionLevel.Optimal, leaveOpen: true))
        {
            zlib.Write(new byte[1 << 20]);
        }

        Chunk("IDAT", packed.ToArray());
        Chunk("IEND", []);
        return png.ToArray();

        void Chunk(string name, byte[] content)
        {
            Span<byte> number = stackalloc byte[4];
            BinaryPrimitives.WriteInt32BigEndian(number, content.Length);
            png.Write(number);
            byte[] checkedBytes = [.. Encoding.ASCII.GetBytes(name), .. content];
            png.Write(checkedBytes);
            BinaryPrimitives.WriteUInt32BigEndian(number, Crc(checkedBytes));
            png.Write(number);
        }
    }

    // The CRC of PNG (ISO 3309), bit by bit.
    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
            }
        }

        return ~crc;
    }

    // A picture block right behind the stream's own (RFC 9639 §8.8).
    private static byte[] WithPicture(byte[] flac, byte[] picture, int width, int height)
    {
        var block = new MemoryStream();
        Big(3, 9);
        block.Write("image/png"u8);
        Big(0, width, height, 24, 0, picture.Length);
        block.Write(picture);
        const int AfterStreamInfo = 4 + 4 + 34;
        var length = (int)block.Length;
        return [.. flac[..AfterStreamInfo], 6, (byte)(length >> 16), (byte)(length >> 8), (byte)length, .. block.ToArray(), .. flac[AfterStreamInfo..]];

        void Big(params ReadOnlySpan<int> values)
        {
            Span<byte> bytes = stackalloc byte[4];
            foreach (var value in values)
            {
                BinaryPrimitives.WriteInt32BigEndian(bytes, value);
                block.Write(bytes);
            }
        }
    }

    // As monkeysaudio.com's SDK has it for version 3.99: descriptor, header, seek table, frames; then an APEv2 tag.
    private static byte[] Ape(int frames, int lastBlocks, params (string Name, string Value)[] tags)
    {
        const int FrameBytes = 4_000;
        var file = new MemoryStream();
        using var writer = new BinaryWriter(file);
        writer.Write("MAC "u8);
        writer.Write((ushort)3990);
        writer.Write((ushort)0);
        foreach (var size in new[] { 52, 24, frames * 4, 0, frames * FrameBytes, 0, 0 })
        {
            writer.Write(size);
        }

        writer.Write(new byte[16]);
        writer.Write((ushort)2000);
        writer.Write((ushort)0);
        writer.Write(73_728 * 4);
        writer.Write(lastBlocks);
        writer.Write(frames);
        writer.Write((ushort)16);
        writer.Write((ushort)2);
        writer.Write(44_100);
        var first = (int)file.Length + frames * 4;
        for (var frame = 0; frame < frames; frame++)
        {
            writer.Write(first + frame * FrameBytes);
        }

        writer.Write(new byte[frames * FrameBytes]);
        var items = new MemoryStream();
        foreach (var (name, value) in tags)
        {
            var text = Encoding.UTF8.GetBytes(value);
            items.Write([.. BitConverter.GetBytes(text.Length), 0, 0, 0, 0, .. Encoding.ASCII.GetBytes(name), 0, .. text]);
        }

        writer.Write(items.ToArray());
        writer.Write("APETAGEX"u8);
        writer.Write(2000);
        writer.Write((int)items.Length + 32);
        writer.Write(tags.Length);
        writer.Write(0);
        writer.Write(0L);
        writer.Flush();
        return file.ToArray();
    }
}
