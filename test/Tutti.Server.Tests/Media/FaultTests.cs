using Tutti.Server.Media;

namespace Tutti.Server.Tests.Media;

/// <summary>Files that are not what they say: a numbered fault, or what can be played of them.</summary>
public sealed class FaultTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_file_that_is_not_there_has_vanished()
    {
        await using var bench = Bench();
        Assert.Equal(5003, (await bench.FailAsync(_folder.Within("gone.mp3"))).Code);
    }

    [Theory]
    [InlineData("")]
    [InlineData("this is a shopping list, not music")]
    public async Task What_is_no_sound_is_unreadable(string content)
    {
        var file = _folder.Within("list.mp3");
        await File.WriteAllTextAsync(file, content, TestContext.Current.CancellationToken);
        await using var bench = Bench();
        var fault = await bench.FailAsync(file);
        Assert.Equal((5002, "trackUnreadable"), (fault.Code, fault.Name));
        Assert.NotEmpty(fault.Message);
    }

    [Fact]
    public async Task A_picture_is_unreadable()
    {
        var file = _folder.Within("picture.mp4");
        await Ffmpeg.MakeAsync(file, "color=red:s=64x64:d=1");
        await using var bench = Bench();
        Assert.Equal(5002, (await bench.FailAsync(file)).Code);
    }

    [Fact]
    public async Task The_wrong_extension_plays()
    {
        var file = _folder.Within("really.mp3");
        await Ffmpeg.MakeAsync(file, Ffmpeg.Music(44_100), "-f", "flac");
        await using var bench = Bench();
        var media = await bench.PrepareAsync(file);
        Assert.Equal(3, (await bench.ReadAllAsync(media.Key)).Count);
    }

    [Theory]
    [InlineData("truncated")]
    [InlineData("holed")]
    public async Task A_damaged_file_plays_what_can_be_decoded(string damage)
    {
        var file = _folder.Within("a.mp3");
        await Ffmpeg.MakeAsync(file, Ffmpeg.Music(44_100, 12), "-b:a", "128k");
        var bytes = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        if (damage == "truncated")
        {
            bytes = bytes[..(bytes.Length / 2)];
        }
        else
        {
            new Random(1).NextBytes(bytes.AsSpan(bytes.Length / 2, 5_000));
        }
        await File.WriteAllBytesAsync(file, bytes, TestContext.Current.CancellationToken);
        await using var bench = Bench();
        var media = await bench.PrepareAsync(file);
        Assert.InRange((await bench.ReadAllAsync(media.Key)).Count, damage == "truncated" ? 3 : 5, 6);
    }

    [Fact]
    public async Task A_track_beyond_the_longest_allowed_is_refused_and_leaves_nothing_behind()
    {
        var file = _folder.Within("endless.flac");
        await Ffmpeg.MakeAsync(file, "anullsrc=r=8000:cl=mono:d=65");
        await using var bench = new MediaBench(_folder.Within("data", "x"), new MediaOptions { MaxTrackMinutes = 1 });
        var media = await bench.PrepareAsync(file, 1);
        var refused = Assert.IsType<SegmentOutcome.Refused>(
            await bench.Media.OpenSegmentAsync(media.Key, 40, TestContext.Current.CancellationToken));
        Assert.Equal(5002, refused.Fault.Code);
        Assert.Contains("longer than 1 minutes", refused.Fault.Message);
        Assert.Equal(0, bench.Cache.Bytes);
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("../../etc/passwd", 0)]
    [InlineData("00112233445566778899aabbccddeeff", 0)]
    [InlineData("00112233445566778899aabbccddeeff-3", 0)]
    [InlineData("00112233445566778899AABBCCDDEEFF-3", 0)]
    [InlineData("00112233445566778899aabbccddeeff-3", -1)]
    public async Task A_key_that_nothing_has_is_not_found(string key, int segment)
    {
        await using var bench = Bench();
        var refused = Assert.IsType<SegmentOutcome.Refused>(await bench.Media.OpenSegmentAsync(key, segment, TestContext.Current.CancellationToken));
        Assert.Equal(5004, refused.Fault.Code);
    }

    [Fact]
    public async Task Closing_down_in_the_middle_of_cutting_ends_the_decoder_and_whoever_waits()
    {
        var file = _folder.Within("long.flac");
        await Ffmpeg.MakeAsync(file, Ffmpeg.Music(48_000, 120), "-sample_fmt", "s16", "-compression_level", "0");
        var bench = Bench();
        var media = await bench.PrepareAsync(file);
        var waiting = bench.Media.OpenSegmentAsync(media.Key, 59, TestContext.Current.CancellationToken);
        await bench.DisposeAsync();
        // Either it was cut in time, or the reader is told.
        if (await waiting is SegmentOutcome.Found found)
        {
            await found.Stream.DisposeAsync();
        }
    }

    private MediaBench Bench() => new(_folder.Within("data", "x"));
}
