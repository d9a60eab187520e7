using Tutti.SoundLab.Analysis;
using Tutti.SoundLab.Signals;

namespace Tutti.SoundLab.SelfTest;

/// <summary>Is a cross-fade that is as it should be told from one with a click, a lost sample, or the wrong law?</summary>
internal static class FadeChecks
{
    private const int Late = 1_000;
    private static readonly TimeSpan s_fade = TimeSpan.FromSeconds(4);

    public static void Run(Checks checks)
    {
        TestTrack[] tracks = [new(11, TimeSpan.FromSeconds(9)), new(12, TimeSpan.FromSeconds(9))];
        FadedTracks expected = new(tracks, s_fade);
        var begin = expected.Fades[0];
        var good = Distortions.Delay(expected.Piece.Samples, Late + 0.4);
        var click = (float[])good.Clone();
        click[begin + Late] += 0.3f;
        Recording recording = new([good, click, Distortions.Skip(good, begin + Late, 1), Straight(tracks, expected)], null);
        var places = Analyser.Follow(recording, expected.Piece);

        checks.Section("a cross-fade; the same with a click of 0.3, a sample lost at its begin, and fades in a straight line");
        checks.Near("place of its begin", places[0].SampleOf(begin), begin + Late, 1);
        checks.Near("departure of the first at its begin, effective values", At(0), 0, 0.02);
        checks.Near("departure of the click", At(1), 0.3 / 0.12, 0.2);
        checks.Near("departure of the lost sample", At(2), 1.2, 0.6);
        checks.Near("level of the first, dB", Order.Median(Levels(0)), 0, 0.1);
        checks.Near("level of the straight line in its middle, dB", Levels(3)[7], -3, 0.3);

        double? At(int player) => Departure.Around(recording.Sounds[player], expected.Piece, places[player], begin);
        double[] Levels(int player) => [.. FadeLevels.OverTracksDb(recording.Sounds[player], places[player], expected, 0)];
    }

    private static float[] Straight(TestTrack[] tracks, FadedTracks expected)
    {
        var (leaving, entering) = (tracks[0].Samples, tracks[1].Samples);
        var sum = (float[])expected.Piece.Samples.Clone();
        for (var i = 0; i < expected.FadeSamples; i++)
        {
            var share = (float)i / expected.FadeSamples;
            sum[expected.Fades[0] + i] = ((1 - share) * leaving[expected.Fades[0] + i]) + (share * entering[i]);
        }

        return sum;
    }
}
