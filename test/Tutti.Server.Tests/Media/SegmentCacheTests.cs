using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Tutti.Server.Media;

namespace Tutti.Server.Tests.Media;

/// <summary>What stays on disk, what goes, and what a crash leaves.</summary>
public sealed class SegmentCacheTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly byte[] _segment = new byte[300_000];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_sound_not_asked_for_longest_makes_room()
    {
        var cache = Open(megabytes: 1);
        Fill(cache, 1);
        Fill(cache, 2);
        Fill(cache, 3);
        cache.Open(Key(1), 0)!.Dispose();
        Fill(cache, 4);
        Assert.Equal([1, 3, 4], Enumerable.Range(1, 4).Where(n => cache.CompleteSamples(Key(n)) is not null));
        Assert.Equal(900_000, cache.Bytes);
        Assert.Null(cache.Open(Key(2), 0));
    }

    [Fact]
    public void What_is_being_cut_stays_however_large()
    {
        var cache = Open(megabytes: 1);
        cache.Begin(Key(1));
        for (var i = 0; i < 5; i++)
        {
            cache.Write(Key(1), i, _segment);
        }
        Fill(cache, 2);
        Assert.NotNull(Use(cache.Open(Key(1), 4)));
    }

    [Fact]
    public void A_segment_that_is_being_read_can_be_read_to_its_end_after_eviction()
    {
        var cache = Open(megabytes: 1);
        Fill(cache, 1);
        using var reader = cache.Open(Key(1), 0)!;
        for (var n = 2; n < 7; n++)
        {
            Fill(cache, n);
        }
        Assert.Null(cache.CompleteSamples(Key(1)));
        var read = new byte[_segment.Length];
        reader.ReadExactly(read);
        Assert.Equal(_segment, read);
    }

    [Fact]
    public void Whole_sounds_outlive_the_process_and_half_cut_ones_do_not()
    {
        var before = Open();
        Fill(before, 1);
        before.Begin(Key(2));
        before.Write(Key(2), 0, _segment);
        var after = Open();
        Assert.Equal(96_000, after.CompleteSamples(Key(1)));
        Assert.Null(after.CompleteSamples(Key(2)));
        Assert.Null(after.Open(Key(2), 0));
        Assert.Equal(_segment.Length, after.Bytes);
    }

    [Fact]
    public void A_sound_with_a_segment_cut_short_by_a_power_cut_is_cut_again()
    {
        Fill(Open(), 1);
        File.WriteAllBytes(Directory.GetFiles(_folder.Path, "*.flac", SearchOption.AllDirectories).Single(), []);
        var after = Open();
        Assert.Null(after.CompleteSamples(Key(1)));
        Assert.Empty(Directory.GetFiles(_folder.Path, "*.flac", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_sound_that_was_evicted_or_lost_is_cut_again_to_the_same_bytes_for_who_holds_its_key()
    {
        var file = _folder.Within("a.ogg");
        await Ffmpeg.MakeAsync(file, Ffmpeg.Music(44_100), "-q:a", "3");
        var data = _folder.Within("data", "x");
        List<byte[]> segments;
        string key;
        await using (var first = new MediaBench(data))
        {
            key = (await first.PrepareAsync(file)).Key;
            segments = await first.ReadAllAsync(key);
        }
        File.Delete(Directory.GetFiles(_folder.Path, "index", SearchOption.AllDirectories).Single());

        // Nobody prepares it this time: a device goes on asking for what it knows.
        await using var second = new MediaBench(data);
        Assert.Equal(segments[2], await second.ReadAsync(key, 2));
        Assert.Equal(segments, await second.ReadAllAsync(key));
        Assert.NotNull((await second.PrepareAsync(file)).Samples);
    }

    private SegmentCache Open(int megabytes = 64) => new(
        new DataFolder(_folder.Path), Options.Create(new MediaOptions { CacheMegabytes = megabytes }), TimeProvider.System, NullLogger<SegmentCache>.Instance);

    private void Fill(SegmentCache cache, int number)
    {
        cache.Begin(Key(number));
        cache.Write(Key(number), 0, _segment);
        cache.Complete(Key(number), 96_000, [7]);
    }

    private static MediaKey Key(int number) => MediaKey.OfHash(number.ToString("x32"));

    private static FileStream? Use(FileStream? stream)
    {
        stream?.Dispose();
        return stream;
    }
}
