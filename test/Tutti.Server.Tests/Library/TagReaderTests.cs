using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Tutti.Server.Library;
using Tutti.Server.Library.Reading;
using Tutti.Server.Library.Tags;
using Tutti.TagReader;

namespace Tutti.Server.Tests.Library;

/// <summary>Both readers on real files of every format: the process that reads many, and ffprobe, which reads where that cannot.</summary>
public sealed class TagReaderTests : IDisposable
{
    private static readonly string[] s_tags =
    [
        "title=Été à la mer", "artist=Björk", "album=Home", "album_artist=Various", "track=2/9", "disc=1/2", "date=1997-09-22", "genre=Art Pop", "compilation=1",
        "REPLAYGAIN_TRACK_GAIN=-7.50 dB", "MUSICBRAINZ_ALBUMID=6f0b4f4e-6d5e-4f31-9c5e-0f3c8b8f6a11", "lyrics=la la\nlo",
    ];

    private readonly TestFolder _folder = new();
    private readonly FfprobeReader _ffprobe;
    private readonly TagReaders _readers;

    public TagReaderTests()
    {
        var options = Options.Create(new LibraryOptions());
        _ffprobe = new FfprobeReader(options, TimeProvider.System);
        _readers = new TagReaders(_ffprobe, options, TimeProvider.System, NullLogger<TagReaders>.Instance);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _readers.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("a.mp3", "mp3", true, "-c:a", "libmp3lame")]
    [InlineData("a.flac", "flac", true, "-c:a", "flac")]
    [InlineData("a.ogg", "vorbis", true, "-c:a", "libvorbis")]
    [InlineData("a.opus", "opus", true, "-c:a", "libopus")]
    [InlineData("a.wma", "wmav2", true, "-c:a", "wmav2")]
    [InlineData("a.wv", "wavpack", true, "-c:a", "wavpack")]
    [InlineData("a.aiff", "pcm_s16be", true, "-write_id3v2", "1")]
    [InlineData("a.m4a", "aac", false, "-c:a", "aac")]
    [InlineData("b.m4a", "alac", false, "-c:a", "alac")]
    public async Task Every_format_gives_all_its_tags(string name, string codec, bool freeTags, params string[] encoder)
    {
        var path = _folder.Within(name);
        await Media.Ffmpeg.MakeAsync(path, "sine=d=2", ["-ac", "2", .. s_tags.SelectMany(tag => new[] { "-metadata", tag }), .. encoder]);
        var sound = Assert.IsType<FileReading.Sound>(await _readers.ReadAsync(path, Ct));
        var tags = sound.Tags;
        Assert.Equal(
            ("Été à la mer", "Björk", "Home", "Various", 1, 2, 1997, true), (tags.Title, tags.Artist, tags.Album, tags.AlbumArtist, tags.DiscNumber, tags.TrackNumber, tags.Year, tags.Compilation));
        Assert.Equal(("Art Pop", "la la\nlo"), (Assert.Single(tags.Genres), tags.Lyrics));
        Assert.Equal((codec, 2), (sound.Format.Codec, sound.Format.Channels));
        Assert.InRange(sound.Format.DurationMicros, 1_990_000, 2_100_000);
        Assert.True(sound.Format.SampleRate is 44_100 or 48_000);
        if (freeTags)
        {
            Assert.Equal((-7.5, "6f0b4f4e-6d5e-4f31-9c5e-0f3c8b8f6a11"), (tags.Gain.TrackGainDb, tags.Ids.Release));
        }

        var slow = Assert.IsType<FileReading.Sound>(await _ffprobe.ReadAsync(path, Ct));
        Assert.True(slow.Tags.SameAs(tags));
        Assert.InRange(slow.Format.DurationMicros - sound.Format.DurationMicros, -30_000, 30_000);
    }

    /// <summary>As Picard writes it, behind a frame that is larger than what is read at once; nothing here writes such a frame, so it is put in by hand.</summary>
    [Theory]
    [InlineData(3, true, "b10bbbfc-cf9e-42e0-be17-e2c3e1d2600d")]
    [InlineData(4, true, "b10bbbfc-cf9e-42e0-be17-e2c3e1d2600d")]
    [InlineData(4, false, "")]
    public async Task The_recording_id_of_MP3_is_read_by_both_readers(byte version, bool isMusicBrainz, string expected)
    {
        const string Id = "b10bbbfc-cf9e-42e0-be17-e2c3e1d2600d";
        await Media.Ffmpeg.MakeAsync(_folder.Within("bare.mp3"), "sine=d=2", "-write_id3v2", "0");
        byte[] frames =
        [
            .. Frame("TIT2", [3, .. "Été"u8]), .. Frame("PRIV", [.. "someone\0"u8, .. new byte[100_000]]), .. Frame("UFID", [.. "http://example.org\0"u8, .. "17"u8]),
            .. isMusicBrainz ? Frame("UFID", [.. "http://musicbrainz.org\0"u8, .. Encoding.ASCII.GetBytes(Id)]) : [], .. new byte[64],
        ];
        var path = _folder.Within("a.mp3");
        await File.WriteAllBytesAsync(path, [.. "ID3"u8, version, 0, 0, .. Sevens(frames.Length), .. frames, .. await File.ReadAllBytesAsync(_folder.Within("bare.mp3"), Ct)], Ct);
        foreach (var reader in new ITagReader[] { _readers, _ffprobe })
        {
            var tags = Assert.IsType<FileReading.Sound>(await reader.ReadAsync(path, Ct)).Tags;
            Assert.Equal((version == 4 ? "Été" : tags.Title, expected), (tags.Title, tags.Ids.Recording));
        }

        await File.WriteAllBytesAsync(path, (await File.ReadAllBytesAsync(path, Ct))[..40], Ct);
        Assert.Equal("", Id3RecordingId.OfFile(path));

        byte[] Frame(string name, byte[] content) =>
            [.. Encoding.ASCII.GetBytes(name), .. version == 4 ? Sevens(content.Length) : [0, (byte)(content.Length >> 16), (byte)(content.Length >> 8), (byte)content.Length], 0, 0, .. content];

        static byte[] Sevens(int length) => [(byte)((length >> 21) & 0x7F), (byte)((length >> 14) & 0x7F), (byte)((length >> 7) & 0x7F), (byte)(length & 0x7F)];
    }

    [Fact]
    public async Task The_same_picture_has_the_same_name_in_every_file()
    {
        var picture = _folder.Within("cover.png");
        await Media.Ffmpeg.MakeAsync(picture, "color=red:s=30x20", "-frames:v", "1");
        var names = new HashSet<string>();
        foreach (var name in new[] { "a.flac", "b.mp3", "c.m4a" })
        {
            await Media.Ffmpeg.RunAsync(
                "-v", "error", "-f", "lavfi", "-i", "sine=d=1", "-i", picture, "-map", "0", "-map", "1", "-c:v", "copy", "-disposition:v", "attached_pic", _folder.Within(name));
            names.Add(Assert.IsType<FileReading.Sound>(await _readers.ReadAsync(_folder.Within(name), Ct)).PictureHash);
        }
        Assert.Equal([PictureHash.Of(await File.ReadAllBytesAsync(picture, Ct))], names);
    }

    [Fact]
    public async Task What_is_no_music_has_a_reason_and_the_reader_goes_on()
    {
        var good = _folder.Within("good\n.flac");
        await Media.Ffmpeg.MakeAsync(_folder.Within("good.flac"), "sine=d=1");
        File.Move(_folder.Within("good.flac"), good);
        await Media.Ffmpeg.MakeAsync(_folder.Within("picture.mp3"), "color=red:s=30x20", "-frames:v", "1", "-f", "image2", "-c:v", "png");
        await File.WriteAllTextAsync(_folder.Within("text.mp3"), "not music", Ct);
        await File.WriteAllTextAsync(_folder.Within("list.mp3"), $"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n{good}\n#EXT-X-ENDLIST\n", Ct);
        await File.WriteAllTextAsync(_folder.Within("concat.mp3"), $"ffconcat version 1.0\nfile '{good}'\n", Ct);
        await File.WriteAllBytesAsync(_folder.Within("head.flac"), (await File.ReadAllBytesAsync(good, Ct))[..20], Ct);
        await using (var zeros = File.Create(_folder.Within("zeros.mp3")))
        {
            zeros.SetLength(2L << 30);
        }
        await File.WriteAllBytesAsync(_folder.Within("noise.mp3"), [.. Enumerable.Range(0, 200_000).Select(n => (byte)(n * 2_654_435_761 >> 13))], Ct);
        foreach (var name in new[] { "picture.mp3", "text.mp3", "list.mp3", "concat.mp3", "head.flac", "zeros.mp3", "noise.mp3", "nowhere.mp3" })
        {
            var reading = await _readers.ReadAsync(_folder.Within(name), Ct);
            Assert.True(reading is FileReading.Unreadable { Reason.Length: > 0 }, $"{name}: {reading}");
        }
        Assert.IsType<FileReading.Sound>(await _readers.ReadAsync(good, Ct));
        Assert.Collection(
            await _readers.ReadAsync([good, _folder.Within("text.mp3"), _folder.Within("nowhere.mp3"), good], Ct),
            reading => Assert.IsType<FileReading.Sound>(reading),
            reading => Assert.IsType<FileReading.Unreadable>(reading),
            reading => Assert.IsType<FileReading.Unreadable>(reading),
            reading => Assert.IsType<FileReading.Sound>(reading));
    }

    /// <summary>Rate and channels of MP3 come from its first header; the library, which decodes some of it to know them, says the same.</summary>
    [Theory]
    [InlineData(44_100, 2)]
    [InlineData(32_000, 1)]
    [InlineData(22_050, 2)]
    [InlineData(8_000, 1)]
    public async Task The_first_header_of_MP3_says_rate_and_channels(int rate, int channels)
    {
        var path = _folder.Within("a.mp3");
        await Media.Ffmpeg.MakeAsync(path, "sine=d=2", "-ar", $"{rate}", "-ac", $"{channels}", "-metadata", "title=Header");
        var sound = Assert.IsType<FileReading.Sound>(await _readers.ReadAsync(path, Ct));
        Assert.Equal((rate, channels, "mp3", "Header"), (sound.Format.SampleRate, sound.Format.Channels, sound.Format.Codec, sound.Tags.Title));
        Assert.InRange(sound.Format.DurationMicros, 1_990_000, 2_200_000);
        Assert.InRange(sound.Format.BitRate, 8_000, 320_000);
    }

    [Fact]
    public async Task A_process_that_is_killed_is_replaced()
    {
        await Media.Ffmpeg.MakeAsync(_folder.Within("good.flac"), "sine=d=1");
        Assert.IsType<FileReading.Sound>(await _readers.ReadAsync(_folder.Within("good.flac"), Ct));
        using var reader = ReaderProcess.Start(Ct);
        reader.Dispose();
        Assert.ThrowsAny<Exception>(() =>
        {
            reader.Ask("x");
            return reader.Answer(Ct);
        });
        _readers.Rest();
        Assert.IsType<FileReading.Sound>(await _readers.ReadAsync(_folder.Within("good.flac"), Ct));
    }

    [Fact]
    public void What_goes_over_the_wire_arrives_or_is_refused()
    {
        var sound = new RawReading.Sound(1, 2, 3, 4, "c", "h", [KeyValuePair.Create("a", "b\n"), KeyValuePair.Create("long", new string('x', 300_000))]);
        var arrived = Assert.IsType<RawReading.Sound>(Wire.Decode(Wire.Encode(sound)));
        Assert.Equal((sound with { Tags = arrived.Tags }, 100_000), (arrived, arrived.Tags[1].Value.Length));
        Assert.True(Wire.Encode(sound with { Tags = [.. Enumerable.Repeat(KeyValuePair.Create("n", new string('é', 50_000)), 100)] }).Length < Wire.MaxFrameBytes);
        Assert.Throws<InvalidDataException>(() => Wire.Decode([]));
        Assert.Throws<InvalidDataException>(() => Wire.Decode([1, 2, 3]));
        Assert.Throws<InvalidDataException>(() => Wire.Read(new MemoryStream([0xFF, 0xFF, 0xFF, 0x7F])));
        Assert.Null(Wire.Read(new MemoryStream([1])));
    }
}
