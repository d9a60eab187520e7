using Tutti.SoundLab.Analysis;
using Tutti.SoundLab.Signals;

namespace Tutti.SoundLab.SelfTest;

/// <summary>Does the analyser find what was put into a made-up recording?</summary>
internal static class AnalyserChecks
{
    private const int Second = TestTrack.SampleRate;
    private static readonly double[] s_delays = [0, 1, 7, 480, 4801, 20_000, 10.37, 0.08];

    public static void Run(Checks checks, TestTrack track)
    {
        var sound = track.Samples[..(15 * Second)];
        foreach (var delay in s_delays)
        {
            checks.Section($"second player later by {delay} samples");
            var pair = Judge([sound, Distortions.Delay(sound, delay)], track).Pairs[0];
            var expected = PlaceSeries.Milliseconds(delay);
            checks.Near("distance by the track, ms", pair.ByTrack.SignedMedianMs, expected, 0.0005);
            checks.Near("largest distance, ms", pair.ByTrack.MaxMs, expected, 0.001);
            checks.Near("distance of the two sounds, ms", pair.Direct.SignedMedianMs, expected, 0.0005);
        }

        Faults(checks, track, sound);
        Crystals(checks, track, sound);
        Settling(checks, track, sound);
        Moves(checks, track);
        FadeChecks.Run(checks);
    }

    private static void Faults(Checks checks, TestTrack track, float[] sound)
    {
        checks.Section("five silences of 10 ms, then three jumps of 2 ms, in the second player only");
        var faulty = sound;
        for (var i = 0; i < 5; i++)
        {
            faulty = Distortions.Silence(faulty, (2 + i) * Second, Second / 100);
        }

        for (var i = 0; i < 3; i++)
        {
            faulty = Distortions.Skip(faulty, (8 + i) * Second, Second / 500);
        }

        var players = Judge([sound, faulty], track).Players;
        checks.Near("dropouts of the first", players[0].Dropouts.Count, 0, 0);
        checks.Near("jumps of the first", players[0].Jumps.Count, 0, 0);
        checks.Near("dropouts of the second", players[1].Dropouts.Count, 5, 0);
        checks.Near("their length together, ms", players[1].Dropouts.Sum(dropout => dropout.Milliseconds), 50, 0.5);
        checks.Near("jumps of the second", players[1].Jumps.Count, 3, 0);
        checks.Near("their size together, ms", players[1].Jumps.Sum(jump => jump.Milliseconds), 6, 0.05);
    }

    private static void Crystals(Checks checks, TestTrack track, float[] sound)
    {
        checks.Section("second player 80 ppm fast");
        var fast = WindowedSinc.Resample(sound, 0, 1 + 80e-6, sound.Length - 100);
        var report = Judge([sound[..fast.Length], fast], track);
        checks.Near("rate of the first, ppm", report.Players[0].RatePpm, 0, 0.05);
        checks.Near("rate of the second, ppm", report.Players[1].RatePpm, 80, 0.2);
        checks.Near("trend, ms a minute (the second gets ahead)", report.Pairs[0].ByTrack.TrendMsPerMinute, -4.8, 0.02);
        checks.Near("jumps of the second", report.Players[1].Jumps.Count, 0, 0);
    }

    private static void Settling(Checks checks, TestTrack track, float[] sound)
    {
        checks.Section("second player 5 ms late for its first 4 s");
        var late = Distortions.Delay(sound, Second / 200);
        Array.Copy(sound, 4 * Second, late, 4 * Second, sound.Length - 4 * Second);
        var pair = Judge([sound, late], track).Pairs[0];
        checks.Near("within 1 ms for good after, s", pair.CloseForGoodAfterSeconds, 4, 0.09);
    }

    private static void Moves(Checks checks, TestTrack track)
    {
        checks.Section("a player that moves 7 s ahead after 2 s, 4 ms beside its place for another second");
        const int Ahead = 7 * Second, Beside = Second / 250;
        float[] sound =
        [
            .. track.Samples[..(2 * Second)],
            .. track.Samples[(2 * Second + Ahead + Beside)..(3 * Second + Ahead + Beside)],
            .. track.Samples[(3 * Second + Ahead)..(5 * Second + Ahead)],
        ];
        checks.Near("moved after, s", PlaceChange.Find(sound, track, Ahead, Second, sound.Length) / (double)Second, 2, 0.005);
    }

    private static SoundReport Judge(float[][] sounds, TestTrack track) =>
        Analyser.Judge(new Recording(sounds, null), track, Second, sounds[0].Length - Second);
}
