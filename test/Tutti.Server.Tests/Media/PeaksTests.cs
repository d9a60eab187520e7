using Tutti.Server.Media;

namespace Tutti.Server.Tests.Media;

/// <summary>The outline that seek bars draw.</summary>
public sealed class PeaksTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_value_is_the_largest_of_its_fifth_of_a_second_on_either_side()
    {
        var pcm = new short[2 * ((2 * Peaks.SamplesPerValue) + 1)];
        pcm[100] = 12_800;
        pcm[(2 * Peaks.SamplesPerValue) + 1] = short.MinValue;
        Assert.Equal([100, 255, 0], Peaks.Of(pcm));
    }

    [Fact]
    public async Task A_sound_has_its_outline_whatever_was_cut_first()
    {
        var file = _folder.Within("a.flac");
        // Two seconds each of a half, of nothing, and of a quarter.
        await Ffmpeg.MakeAsync(file, "aevalsrc='if(lt(t,2),0.5,if(lt(t,4),0,0.25))*sin(2*PI*1000*t)':s=48000:d=6.1", "-c:a", "flac", "-sample_fmt", "s16");
        await using var bench = new MediaBench(_folder.Within("data", "x"));
        var media = await bench.PrepareAsync(file, channels: 1);
        Assert.NotNull(await bench.ReadAsync(media.Key, 3));
        Assert.IsType<SegmentOutcome.Refused>(await bench.Media.OpenPeaksAsync("00112233445566778899aabbccddeeff-3", TestContext.Current.CancellationToken));
        var found = Assert.IsType<SegmentOutcome.Found>(await bench.Media.OpenPeaksAsync(media.Key, TestContext.Current.CancellationToken));
        await using (found.Stream)
        {
            var peaks = new byte[found.Stream.Length];
            await found.Stream.ReadExactlyAsync(peaks, TestContext.Current.CancellationToken);
            Assert.Equal(31, peaks.Length);
            Assert.All(peaks[..10], peak => Assert.InRange(peak, 127, 129));
            Assert.All(peaks[11..20], peak => Assert.InRange(peak, 0, 1));
            Assert.All(peaks[21..], peak => Assert.InRange(peak, 63, 65));
        }
    }
}
