using Tutti.Server.Library.Tags;
using Tutti.Server.Media.Levels;

namespace Tutti.Server.Tests.Media;

/// <summary>How loud things are, and what is done about it.</summary>
public sealed class LevelTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(-10, 0, -8)]
    [InlineData(-18, -3, 0)]
    [InlineData(-23, -9, 5)]
    [InlineData(-23, -3, 2)]
    [InlineData(-23, 0.5, 0)]
    [InlineData(-50, -40, 12)]
    [InlineData(5, 6, -23)]
    [InlineData(-70, -120, 0)]
    public void The_gain_brings_it_to_the_target_and_no_peak_beyond_the_ceiling(double loudness, double peak, double expected) =>
        Assert.Equal(expected, Levelling.GainDb(new SoundLevel(loudness, peak), -18));

    [Fact]
    public void An_album_is_as_loud_as_its_power_over_all_its_time()
    {
        var album = SoundLevel.OfAll([(new SoundLevel(-10, -1), 60), (new SoundLevel(-40, -20), 60)]);
        Assert.Equal(-13, album.IntegratedLufs, 0.02);
        Assert.Equal(-1, album.TruePeakDb);
        Assert.Equal(-70, SoundLevel.OfAll([(new SoundLevel(-70, -120), 0)]).IntegratedLufs);
    }

    [Fact]
    public void Tags_are_taken_at_their_word()
    {
        var tags = new ReplayGain(-7.5, 1.0, -6, null);
        Assert.Equal(new SoundLevel(-10.5, 0), SoundLevel.OfTrack(tags));
        Assert.Equal(new SoundLevel(-12, 0), SoundLevel.OfAlbum(tags));
        Assert.Null(SoundLevel.OfTrack(ReplayGain.None));
    }

    [Fact]
    public async Task A_tone_of_the_standard_measures_what_the_standard_says()
    {
        // EBU Tech 3341, case 1: 997 Hz at −23 dBFS on both sides is −23 LUFS.
        var file = _folder.Within("tone.flac");
        await Ffmpeg.MakeAsync(file, $"aevalsrc='{Math.Pow(10, -23 / 20.0):R}*sin(2*PI*997*t)|{Math.Pow(10, -23 / 20.0):R}*sin(2*PI*997*t)':s=48000:d=5", "-c:a", "flac");
        var level = await LoudnessMeter.MeasureAsync(file, 2, pace: 100, TestContext.Current.CancellationToken);
        Assert.InRange(level!.IntegratedLufs, -23.1, -22.9);
        Assert.InRange(level.TruePeakDb, -23.2, -22.8);
    }

    [Fact]
    public async Task One_channel_counts_on_both_sides_as_it_is_played()
    {
        var file = _folder.Within("mono.flac");
        await Ffmpeg.MakeAsync(file, $"aevalsrc='{Math.Pow(10, -23 / 20.0):R}*sin(2*PI*997*t)':s=48000:d=5", "-c:a", "flac");
        Assert.InRange((await LoudnessMeter.MeasureAsync(file, 1, pace: 100, TestContext.Current.CancellationToken))!.IntegratedLufs, -23.1, -22.9);
    }

    [Fact]
    public async Task Silence_and_what_is_no_sound_are_told_apart()
    {
        var silent = _folder.Within("silent.flac");
        await Ffmpeg.MakeAsync(silent, "anullsrc=d=2", "-c:a", "flac");
        Assert.Equal(0, Levelling.GainDb((await LoudnessMeter.MeasureAsync(silent, 2, pace: 100, TestContext.Current.CancellationToken))!, -18));
        var list = _folder.Within("list.mp3");
        await File.WriteAllTextAsync(list, "a shopping list", TestContext.Current.CancellationToken);
        Assert.Null(await LoudnessMeter.MeasureAsync(list, 2, pace: 100, TestContext.Current.CancellationToken));
    }
}
