using Tutti.Server.Media;

namespace Tutti.Server.Tests.Media;

/// <summary>Decoders set down in the middle of every kind of file.</summary>
public sealed class EntryPointTests : IDisposable
{
    private const double Seconds = 41.3;
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("cd.flac", 44_100, "-c:a flac -sample_fmt s16", 2, EntryPoints.Anywhere)]
    [InlineData("high.flac", 96_000, "-c:a flac -sample_fmt s32 -bits_per_raw_sample 24", 2, EntryPoints.Anywhere)]
    [InlineData("wave.wav", 44_100, "-c:a pcm_s24le", 2, EntryPoints.Anywhere)]
    [InlineData("apple.aiff", 48_000, "-c:a pcm_s16be", 2, EntryPoints.Anywhere)]
    [InlineData("pack.wv", 44_100, "-c:a wavpack", 2, EntryPoints.Anywhere)]
    [InlineData("vbr.mp3", 44_100, "-c:a libmp3lame -q:a 3", 2, EntryPoints.Anywhere)]
    [InlineData("vbr no header.mp3", 44_100, "-c:a libmp3lame -q:a 3 -write_xing 0 -id3v2_version 0", 2, EntryPoints.Anywhere)]
    [InlineData("thin.mp3", 44_100, "-c:a libmp3lame -b:a 32k", 2, EntryPoints.Anywhere)]
    [InlineData("mono.mp3", 22_050, "-c:a libmp3lame -ac 1", 1, EntryPoints.Anywhere)]
    [InlineData("vorbis.ogg", 44_100, "-c:a libvorbis -q:a 4", 2, EntryPoints.Anywhere)]
    [InlineData("thin.ogg", 32_000, "-c:a libvorbis -q:a 0", 2, EntryPoints.Anywhere)]
    [InlineData("lossless.m4a", 44_100, "-c:a alac", 2, EntryPoints.Chapters)]
    [InlineData("aac.m4a", 44_100, "-c:a aac -b:a 160k", 2, EntryPoints.Chapters)]
    [InlineData("noisy.m4a", 44_100, "-c:a aac -b:a 48k", 2, EntryPoints.Chapters)]
    [InlineData("music.opus", 48_000, "-c:a libopus -b:a 96k", 2, EntryPoints.Chapters)]
    [InlineData("voice.opus", 48_000, "-c:a libopus -b:a 16k -application voip", 2, EntryPoints.Chapters)]
    [InlineData("windows.wma", 44_100, "-c:a wmav2 -b:a 128k", 2, EntryPoints.StartOnly)]
    [InlineData("sheer.aac", 44_100, "-c:a aac -b:a 128k", 2, EntryPoints.StartOnly)]
    public async Task A_segment_is_the_same_bytes_in_whatever_order_they_are_asked_for(
        string name, int rate, string codec, int channels, EntryPoints expected)
    {
        var file = _folder.Within(name);
        await Ffmpeg.MakeAsync(file, Ffmpeg.Music(rate, Seconds), codec.Split(' '));
        Assert.Equal(expected, EntryPointSniffer.OfFile(file));

        await using var playing = new MediaBench(_folder.Within("one", "x"));
        var played = await playing.ReadAllAsync((await playing.PrepareAsync(file, channels)).Key);
        await using var seeking = new MediaBench(_folder.Within("two", "x"));
        var media = await seeking.PrepareAsync(file, channels);
        foreach (var segment in new[] { played.Count - 1, 17, 3, 10, 18, 0, played.Count, 11 })
        {
            Assert.Equal(segment < played.Count ? played[segment] : null, await seeking.ReadAsync(media.Key, segment));
        }
        Assert.Equal(played, await seeking.ReadAllAsync(media.Key));
        Assert.Equal((await playing.PrepareAsync(file, channels)).Samples, (await seeking.PrepareAsync(file, channels)).Samples);

        var whole = await Ffmpeg.DecodeAsync(new SourceFile(file, 0, 0, channels));
        var joined = await Ffmpeg.JoinAsync(_folder, played);
        Assert.Equal(whole.Length, joined.Length);
        if (expected is EntryPoints.Chapters && !name.StartsWith("lossless", StringComparison.Ordinal))
        {
            // Noise that the decoder makes up itself may differ; sound in another place would differ by its own loudness.
            var error = Math.Sqrt(whole.Zip(joined, (one, other) => Math.Pow(one - other, 2)).Average());
            var loudness = Math.Sqrt(whole.Average(value => Math.Pow(value, 2)));
            Assert.True(error < loudness / 100, $"differs by {error:0.0} of {loudness:0}");
        }
        else
        {
            Assert.Equal(whole, joined);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("RIFF....WAVEfmt ....\u0055\0..............")]
    [InlineData("OggS\0\u0002..................\0\u0001.Speex   ..........")]
    [InlineData("this is a shopping list, not music, and long")]
    public void What_is_not_known_is_decoded_from_its_start(string start) =>
        Assert.Equal(EntryPoints.StartOnly, EntryPointSniffer.Of(System.Text.Encoding.Latin1.GetBytes(start)));

    [Fact]
    public async Task A_damaged_file_entered_in_the_middle_still_has_one_length_and_all_its_segments()
    {
        var file = _folder.Within("holed.mp3");
        await Ffmpeg.MakeAsync(file, Ffmpeg.Music(44_100, Seconds), "-b:a", "128k");
        var bytes = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        new Random(1).NextBytes(bytes.AsSpan(bytes.Length / 3, 9_000));
        await File.WriteAllBytesAsync(file, bytes, TestContext.Current.CancellationToken);
        await using var bench = new MediaBench(_folder.Within("one", "x"));
        var media = await bench.PrepareAsync(file);
        Assert.NotNull(await bench.ReadAsync(media.Key, 18));
        var all = await bench.ReadAllAsync(media.Key);
        Assert.InRange(all.Count, 20, 21);
        Assert.Equal(all.Count, SegmentFormat.SegmentCount((await bench.PrepareAsync(file)).Samples!.Value));
    }
}
