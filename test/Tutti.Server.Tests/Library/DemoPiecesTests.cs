using Tutti.Server.Library.Demo;

namespace Tutti.Server.Tests.Library;

/// <summary>The scores that come with Tutti, and how they are played.</summary>
public sealed class DemoPiecesTests
{
    private const string Small =
        """
        title: Small
        number: 9
        year: 2026
        tempo: 120
        reverb: 0.2
        colours: 000000 888888 ffffff
        voice a pluck -3 -0.5
        voice b bell -9 0.5
        form: A A+2
        [A]
        a: mf c4:0.5 e4 g4+c5:1 | x2(r:0.5 a3+c4+e4~0121) r:1
        b: p e5:2 r:5 d5:1   -- counted: eight beats
        """;

    [Fact]
    public void There_are_four_pieces_that_differ_and_one_is_over_three_minutes()
    {
        var scores = DemoPieces.Scores();
        Assert.True(scores.Count >= 4);
        Assert.Equal(Enumerable.Range(1, scores.Count), scores.Select(score => score.Number));
        Assert.Contains(scores, score => score.Seconds > 180);
        Assert.All(scores, score => Assert.InRange(score.Seconds, 60, 400));
        Assert.Distinct(scores.Select(score => score.BeatsPerMinute));
        Assert.All(scores.SelectMany(score => score.Voices).SelectMany(voice => voice.Notes), note => Assert.InRange(note.Pitch, 24, 108));
    }

    [Fact]
    public void A_score_is_read_as_it_is_written()
    {
        var score = ScoreReader.Read(Small);
        Assert.Equal((16.0, 8.0), (score.Beats, score.Seconds));
        var notes = score.Voices[0].Notes;
        Assert.Equal([60, 64, 67, 72, 57, 60, 64, 60], notes.Take(8).Select(note => note.Pitch));
        Assert.Equal([0, 0.5, 1, 1, 2.5, 3, 3.5, 4], notes.Take(8).Select(note => note.StartBeats));
        Assert.Equal(62, notes[12].Pitch);
        Assert.Equal(8, notes[12].StartBeats);
    }

    [Theory]
    [InlineData("a: mf c4:0.5", "a: h4", "line 11")]
    [InlineData("r:5 d5:1", "r:4 d5:1", "differ in length")]
    [InlineData("b: p", "viola: p", "no voice viola")]
    public void A_slip_in_a_score_is_named(string from, string to, string message)
    {
        var error = Assert.Throws<FormatException>(() => ScoreReader.Read(Small.Replace(from, to)));
        Assert.Contains(message, error.Message);
    }

    [Fact]
    public void Playing_is_repeatable_as_loud_as_meant_and_never_clips()
    {
        var score = ScoreReader.Read(Small);
        var (left, right) = PieceRenderer.Render(score);
        Assert.Equal(left, PieceRenderer.Render(score).Left);
        Assert.InRange(Loudness.Lufs(left, right), -17, -15.5);
        Assert.All(new[] { left, right }, side => Assert.True(side.Max(Math.Abs) < 0.8));
        Assert.NotEqual(left, right);
        Assert.Equal(0, left[0]);
        Assert.Equal(0, left[^1], 1e-4f);
    }

    [Theory]
    [MemberData(nameof(Timbres))]
    public void Notes_start_and_end_without_a_step(Timbre timbre)
    {
        foreach (var pitch in new[] { 36, 60, 84 })
        {
            var sound = Instruments.Play(timbre, pitch, 1.0, 0.9);
            Assert.InRange(Math.Abs(sound[0]), 0, 0.001);
            Assert.InRange(Math.Abs(sound[^1]), 0, 0.001);
            Assert.InRange(sound.Max(Math.Abs), 0.01, 2.0);
        }
    }

    [Theory]
    [InlineData(Timbre.Pluck)]
    [InlineData(Timbre.Flute)]
    [InlineData(Timbre.Keys)]
    public void Notes_are_in_tune(Timbre timbre)
    {
        foreach (var pitch in new[] { 45, 57, 69, 76 })
        {
            var sound = Instruments.Play(timbre, pitch, 1.5, 0.7);
            var expected = 440 * Math.Pow(2, (pitch - 69) / 12.0);
            // The strongest tone within half a semitone, by correlation with sines five cents apart.
            var best = Enumerable.Range(-10, 21).MaxBy(step => Power(sound, expected * Math.Pow(2, step * 5 / 1200.0)));
            Assert.InRange(best, -1, 1);
        }
    }

    public static TheoryData<Timbre> Timbres => [.. Enum.GetValues<Timbre>()];

    private static double Power(float[] sound, double hertz)
    {
        double re = 0, im = 0;
        for (var i = 4_800; i < 52_800; i++)
        {
            var phase = 2 * Math.PI * hertz * i / Instruments.SampleRate;
            re += sound[i] * Math.Cos(phase);
            im += sound[i] * Math.Sin(phase);
        }
        return (re * re) + (im * im);
    }
}
