using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Tutti.Protocol;
using Tutti.Server.Media;

namespace Tutti.Server.Tests.Media;

/// <summary>Thin copies of segments.</summary>
public sealed class OpusTierTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_thin_segment_is_small_always_the_same_and_holds_the_samples_at_their_places()
    {
        var file = _folder.Within("a.flac");
        await Ffmpeg.MakeAsync(file, Ffmpeg.Music(48_000), "-c:a", "flac", "-sample_fmt", "s16");
        await using var bench = new MediaBench(_folder.Within("data", "x"));
        using var thin = Thin(bench);
        var key = (await bench.PrepareAsync(file)).Key;
        foreach (var segment in new[] { 2, 0, 1 })
        {
            var exact = await Ffmpeg.JoinAsync(_folder, [(await bench.ReadAsync(key, segment))!]);
            var opus = await ReadAsync(thin, key, segment);
            // A tenth of the PCM, at most.
            Assert.InRange(opus.Length, 2_000, exact.Length / 5);
            var decoded = await DecodeAsync(opus);
            Assert.Equal((exact.Length / 2) + OpusTier.LeadSamples + OpusTier.TailSamples, decoded.Length / 2);
            Assert.Equal(0, Enumerable.Range(-30, 61).MaxBy(shift => Alike(exact, decoded, OpusTier.LeadSamples + shift)));
        }
        await using var another = new MediaBench(_folder.Within("other", "x"));
        using var again = Thin(another);
        await another.PrepareAsync(file);
        Assert.Equal(await ReadAsync(thin, key, 1), await ReadAsync(again, key, 1));
    }

    [Fact]
    public async Task What_many_ask_for_is_made_once_counts_in_the_cache_and_outlives_the_process()
    {
        var file = _folder.Within("a.flac");
        await Ffmpeg.MakeAsync(file, Ffmpeg.Music(48_000), "-c:a", "flac", "-sample_fmt", "s16");
        string key;
        long bytes;
        await using (var bench = new MediaBench(_folder.Within("data", "x")))
        {
            using var thin = Thin(bench);
            key = (await bench.PrepareAsync(file)).Key;
            await bench.ReadAllAsync(key);
            var before = bench.Cache.Bytes;
            var all = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => ReadAsync(thin, key, 1)));
            Assert.All(all, one => Assert.Equal(all[0], one));
            bytes = bench.Cache.Bytes;
            Assert.Equal(before + all[0].Length, bytes);
        }
        await using var later = new MediaBench(_folder.Within("data", "x"));
        Assert.Equal(bytes, later.Cache.Bytes);
        Assert.NotNull((await later.PrepareAsync(file)).Samples);
    }

    [Theory]
    [InlineData("00112233445566778899aabbccddeeff-3", 0)]
    [InlineData("nothing", 0)]
    [InlineData("00112233445566778899aabbccddeeff-3", -1)]
    public async Task What_is_not_there_is_not_there_thin_either(string key, int segment)
    {
        await using var bench = new MediaBench(_folder.Within("data", "x"));
        using var thin = Thin(bench);
        var refused = Assert.IsType<SegmentOutcome.Refused>(await thin.OpenAsync(key, segment, TestContext.Current.CancellationToken));
        Assert.Equal((int)ErrorCode.SegmentNotFound, refused.Fault.Code);
    }

    private static OpusTier Thin(MediaBench bench) =>
        new(bench.Media, bench.Cache, Options.Create(new MediaOptions()), TimeProvider.System, NullLogger<OpusTier>.Instance);

    private static async Task<byte[]> ReadAsync(OpusTier thin, string key, int segment)
    {
        var found = Assert.IsType<SegmentOutcome.Found>(await thin.OpenAsync(key, segment, TestContext.Current.CancellationToken));
        await using (found.Stream)
        {
            var bytes = new byte[found.Stream.Length];
            await found.Stream.ReadExactlyAsync(bytes, TestContext.Current.CancellationToken);
            return bytes;
        }
    }

    private async Task<short[]> DecodeAsync(byte[] opus)
    {
        var path = _folder.Within("thin.opus");
        await File.WriteAllBytesAsync(path, opus, TestContext.Current.CancellationToken);
        return MemoryMarshal.Cast<byte, short>(await Ffmpeg.RunAsync("-v", "error", "-i", path, "-f", "s16le", "pipe:1")).ToArray();
    }

    private static double Alike(short[] exact, short[] decoded, int place)
    {
        var (both, one, other) = (0.0, 0.0, 0.0);
        for (var i = 0; i < 20_000; i++)
        {
            double x = exact[2 * i], y = decoded[2 * (place + i)];
            (both, one, other) = (both + (x * y), one + (x * x), other + (y * y));
        }
        return both / Math.Sqrt(one * other);
    }
}
