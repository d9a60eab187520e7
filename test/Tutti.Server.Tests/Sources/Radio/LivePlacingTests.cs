using Tutti.Server.Media.Live;
using Tutti.Server.Media;
using Tutti.Server.Sources.Radio;

namespace Tutti.Server.Tests.Sources.Radio;

/// <summary>Where a station's sound is put on the clock, and how it is cut there.</summary>
public sealed class LivePlacingTests
{
    private const long Now = 1_795_000_000_000_000;
    private const long Second = 1_000_000;

    [Theory]
    [InlineData(0, 4 * Second)]
    [InlineData(1 * Second, 3 * Second)]
    [InlineData(3 * Second, 1 * Second)]
    [InlineData(9 * Second, 1 * Second)]
    public void The_more_comes_at_once_the_sooner_it_is_heard(long burst, long after) =>
        Assert.Equal(Now + after, LivePlacing.FirstPlace(Now, Now - Second, burst));

    [Fact]
    public void What_has_its_place_keeps_it() => Assert.Equal(Now + (7 * Second), LivePlacing.FirstPlace(Now, Now + (7 * Second), 9 * Second));

    [Fact]
    public void Silence_stands_in_for_a_station_that_gives_nothing()
    {
        Assert.Equal(Now + Second, LivePlacing.SilenceUntil(Now, Now - Second, isPlaced: false));
        Assert.Equal(Now + (3 * Second), LivePlacing.SilenceUntil(Now, Now + (3 * Second), isPlaced: true));
        Assert.Equal(Now + (4 * Second), LivePlacing.SilenceUntil(Now, Now + (3 * Second) - 1, isPlaced: true));
    }

    [Fact]
    public void What_is_too_far_ahead_is_left_out()
    {
        Assert.False(LivePlacing.IsTooFarAhead(Now, Now + (20 * Second)));
        Assert.True(LivePlacing.IsTooFarAhead(Now, Now + (20 * Second) + 1));
    }

    [Fact]
    public async Task Every_sample_is_at_its_place_and_gaps_are_silence()
    {
        var segments = new Dictionary<int, byte[]>();
        var cut = new LiveCut(segments.Add);
        cut.SkipTo(5 * SegmentFormat.SegmentSamples + 7L);
        Assert.Equal(5L * SegmentFormat.SegmentSamples, cut.EdgeSample);
        cut.AppendSilence(cut.EdgeSample + 1_000);
        cut.Append([.. Enumerable.Repeat(0.5f, 2 * SegmentFormat.SegmentSamples)]);
        cut.SkipTo(5 * SegmentFormat.SegmentSamples);
        cut.AppendSilence(7L * SegmentFormat.SegmentSamples);

        Assert.Equal([5, 6], segments.Keys);
        using var folder = new TestFolder();
        var pcm = new List<short>();
        foreach (var flac in segments.Values)
        {
            await File.WriteAllBytesAsync(folder.Within("segment.flac"), flac, TestContext.Current.CancellationToken);
            pcm.AddRange(await Tests.Media.Ffmpeg.DecodeSegmentAsync(folder.Within("segment.flac")));
        }

        Assert.Equal(2 * 2 * SegmentFormat.SegmentSamples, pcm.Count);
        Assert.All(pcm[..2_000], value => Assert.Equal(0, value));
        Assert.All(pcm[2_000..(2_000 + (2 * SegmentFormat.SegmentSamples))], value => Assert.InRange(value, (short)16_380, (short)16_388));
        Assert.All(pcm[(2_000 + (2 * SegmentFormat.SegmentSamples))..], value => Assert.Equal(0, value));
    }
}
