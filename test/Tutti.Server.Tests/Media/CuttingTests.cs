using System.Runtime.InteropServices;
using Tutti.Server.Media;

namespace Tutti.Server.Tests.Media;

/// <summary>Real files of every kind, cut into segments, against one whole decode by ffmpeg.</summary>
public sealed class CuttingTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("cd.flac", 44_100, "-c:a flac -sample_fmt s16", 2)]
    [InlineData("vbr.mp3", 44_100, "-c:a libmp3lame -q:a 3", 2)]
    [InlineData("vbr no header.mp3", 44_100, "-c:a libmp3lame -q:a 3 -write_xing 0", 2)]
    [InlineData("vorbis.ogg", 44_100, "-c:a libvorbis -q:a 4", 2)]
    [InlineData("voice.opus", 48_000, "-c:a libopus -b:a 96k", 2)]
    [InlineData("aac.m4a", 44_100, "-c:a aac -b:a 160k", 2)]
    [InlineData("wave.wav", 48_000, "-c:a pcm_s16le", 2)]
    [InlineData("apple.aiff", 44_100, "-c:a pcm_s16be", 2)]
    [InlineData("windows.wma", 44_100, "-c:a wmav2 -b:a 128k", 2)]
    [InlineData("high.flac", 96_000, "-c:a flac -sample_fmt s32 -bits_per_raw_sample 24", 2)]
    [InlineData("mono.mp3", 22_050, "-c:a libmp3lame -ac 1", 1)]
    [InlineData("surround.flac", 48_000, "-c:a flac -ac 6", 6)]
    [InlineData("Ночь – 夜 ♫ 'q' \"d\".flac", 48_000, "-c:a flac -sample_fmt s16", 2)]
    public async Task Segments_one_after_the_other_are_the_whole_decode(string name, int rate, string codec, int channels)
    {
        var file = _folder.Within(name);
        await Ffmpeg.MakeAsync(file, Ffmpeg.Music(rate), codec.Split(' '));
        var whole = await Ffmpeg.DecodeAsync(new SourceFile(file, 0, 0, channels));
        // Opus and some containers round to their own frames; nothing may be off by more than one of them.
        Assert.InRange(whole.Length / 2, (Ffmpeg.Seconds * 48_000) - 2_300, (Ffmpeg.Seconds * 48_000) + 5_000);

        await using var bench = new MediaBench(_folder.Within("data", "x"));
        var media = await bench.PrepareAsync(file, channels);
        var segments = await bench.ReadAllAsync(media.Key);

        var joined = new List<short>();
        for (var i = 0; i < segments.Count; i++)
        {
            var path = _folder.Within("segment.flac");
            await File.WriteAllBytesAsync(path, segments[i], TestContext.Current.CancellationToken);
            var pcm = await Ffmpeg.DecodeSegmentAsync(path);
            Assert.True(i == segments.Count - 1 ? pcm.Length is > 0 and <= 192_000 : pcm.Length == 192_000, $"segment {i} has {pcm.Length / 2} samples");
            joined.AddRange(pcm);
        }
        Assert.Equal(whole, joined.ToArray());
        Assert.Equal(whole.Length / 2, (await bench.PrepareAsync(file, channels)).Samples);
        Assert.Equal(whole.Length / 2, Assert.Single(bench.Lengths).Samples);
    }

    [Theory]
    [InlineData("cd.flac", 44_100)]
    [InlineData("high.flac", 96_000)]
    public async Task Two_decodes_are_alike_to_the_last_bit(string name, int rate)
    {
        var file = _folder.Within(name);
        await Ffmpeg.MakeAsync(file, Ffmpeg.Music(rate), "-c:a", "flac");
        var first = await Ffmpeg.DecodeAsync(new SourceFile(file, 0, 0, 2));
        Assert.Equal(first, await Ffmpeg.DecodeAsync(new SourceFile(file, 0, 0, 2)));
        Assert.Equal(first, await Ffmpeg.DecodeAsync(new SourceFile(file, 0, 0, 2)));
    }

    [Fact]
    public async Task Sixteen_bit_stereo_at_48_kHz_passes_bit_for_bit()
    {
        var file = _folder.Within("a.wav");
        await Ffmpeg.MakeAsync(file, Ffmpeg.Music(48_000), "-c:a", "pcm_s16le");
        var source = await Ffmpeg.RunAsync("-v", "error", "-i", file, "-f", "s16le", "-c:a", "pcm_s16le", "pipe:1");
        var decoded = await Ffmpeg.DecodeAsync(new SourceFile(file, 0, 0, 2));
        Assert.Equal(MemoryMarshal.Cast<byte, short>(source).ToArray(), decoded);
    }

    [Fact]
    public async Task Mono_sounds_on_both_sides_as_loud_as_it_was()
    {
        var file = _folder.Within("mono.wav");
        await Ffmpeg.MakeAsync(file, Ffmpeg.Music(48_000), "-c:a", "pcm_s16le", "-ac", "1");
        var mono = MemoryMarshal.Cast<byte, short>(await Ffmpeg.RunAsync("-v", "error", "-i", file, "-f", "s16le", "pipe:1")).ToArray();
        var stereo = await Ffmpeg.DecodeAsync(new SourceFile(file, 0, 0, 1));
        Assert.Equal(mono, stereo.Where((_, i) => i % 2 == 0));
        Assert.Equal(mono, stereo.Where((_, i) => i % 2 == 1));
    }

    [Fact]
    public async Task A_length_of_whole_segments_has_no_empty_last_one()
    {
        var file = _folder.Within("a.wav");
        await Ffmpeg.MakeAsync(file, Ffmpeg.Music(48_000, 4), "-c:a", "pcm_s16le");
        await using var bench = new MediaBench(_folder.Within("data", "x"));
        var media = await bench.PrepareAsync(file);
        Assert.Equal(2, (await bench.ReadAllAsync(media.Key)).Count);
        Assert.Equal(192_000, (await bench.PrepareAsync(file)).Samples);
    }

    [Fact]
    public async Task A_segment_is_the_same_bytes_whether_played_to_or_sought()
    {
        var file = _folder.Within("a.mp3");
        await Ffmpeg.MakeAsync(file, Ffmpeg.Music(44_100, 21), "-q:a", "4");
        await using var playing = new MediaBench(_folder.Within("one", "x"));
        var played = await playing.ReadAllAsync((await playing.PrepareAsync(file)).Key);

        await using var seeking = new MediaBench(_folder.Within("two", "x"));
        var media = await seeking.PrepareAsync(file);
        foreach (var segment in new[] { played.Count - 1, 3, 7, 0 })
        {
            Assert.Equal(played[segment], await seeking.ReadAsync(media.Key, segment));
        }
    }

    [Fact]
    public async Task Many_who_ask_for_everything_at_once_get_the_same()
    {
        var files = new List<string>();
        for (var i = 0; i < 4; i++)
        {
            files.Add(_folder.Within($"{i}.ogg"));
            await Ffmpeg.MakeAsync(files[i], Ffmpeg.Music(44_100, 7 + i), "-q:a", "3");
        }
        await using var bench = new MediaBench(_folder.Within("data", "x"), new MediaOptions { MaxDecoders = 2 });
        var reads = Enumerable.Range(0, 24).Select(async reader =>
        {
            var media = await bench.PrepareAsync(files[reader % 4]);
            var segments = new byte[3][];
            await Parallel.ForAsync(0, 3, TestContext.Current.CancellationToken, async (n, _) => segments[n] = (await bench.ReadAsync(media.Key, 2 - n))!);
            return (Reader: reader, Bytes: segments.SelectMany(bytes => bytes).ToArray());
        });
        var all = await Task.WhenAll(reads);
        foreach (var same in all.GroupBy(read => read.Reader % 4))
        {
            Assert.All(same, read => Assert.Equal(same.First().Bytes, read.Bytes));
        }
    }

    [Fact]
    public async Task Sounds_that_are_listened_to_side_by_side_do_not_stop_each_other()
    {
        string[] files = [_folder.Within("one.flac"), _folder.Within("other.flac")];
        await Ffmpeg.MakeAsync(files[0], Ffmpeg.Music(48_000, 31), "-c:a", "flac");
        await Ffmpeg.MakeAsync(files[1], Ffmpeg.Music(48_000, 33), "-c:a", "flac");
        await using var bench = new MediaBench(_folder.Within("data", "x"), new MediaOptions { MaxDecoders = 2 });
        var reads = await Task.WhenAll(files.Select(async file => await bench.ReadAllAsync((await bench.PrepareAsync(file)).Key)));
        Assert.Equal([16, 17], reads.Select(segments => segments.Count));
    }
}
