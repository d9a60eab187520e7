using Tutti.SoundLab.Analysis;
using Tutti.SoundLab.Cards;
using Tutti.SoundLab.Signals;

namespace Tutti.SoundLab.SelfTest;

/// <summary>Do the cards run as asked, and is the latency that players are told what is recorded?</summary>
internal static class CardChecks
{
    private const int Second = TestTrack.SampleRate;
    private static readonly TimeSpan s_length = TimeSpan.FromSeconds(12);

    // No multiple of any block: the second player starts somewhere within one.
    private static readonly TimeSpan s_later = TimeSpan.FromMilliseconds(313);

    public static async Task RunAsync(Checks checks, TestTrack track, string scratch, CancellationToken cancellation)
    {
        await OneCardAsync(checks, track, scratch, cancellation);
        await CardEachAsync(checks, track, scratch, [0, 0], cancellation);
        await CardEachAsync(checks, track, scratch, [-200, 200], cancellation);
    }

    private static async Task OneCardAsync(Checks checks, TestTrack track, string scratch, CancellationToken cancellation)
    {
        checks.Section("two players on one card");
        await using var system = await SoundSystem.WithOneCardAsync(Path.Combine(scratch, "one-card"), players: 2, cancellation);
        await PlayAsync(checks, track, system, againstClock: false, cancellation);
    }

    private static async Task CardEachAsync(
        Checks checks, TestTrack track, string scratch, double[] crystalsPpm, CancellationToken cancellation)
    {
        checks.Section($"two players, a card each, {crystalsPpm[0]} and {crystalsPpm[1]} ppm");
        await using var system = await SoundSystem.WithCardEachAsync(
            Path.Combine(scratch, "card-each"), crystalsPpm, TimeSpan.FromSeconds(60), cancellation);
        var report = await PlayAsync(checks, track, system, againstClock: crystalsPpm is [0, 0], cancellation);
        for (var player = 0; player < 2; player++)
        {
            checks.Near($"rate of player {player + 1}, ppm", report.Players[player].RatePpm, crystalsPpm[player], 1);
        }
    }

    private static async Task<SoundReport> PlayAsync(
        Checks checks, TestTrack track, SoundSystem system, bool againstClock, CancellationToken cancellation)
    {
        int[] bufferMs = [100, 250];
        var first = PlayOneAsync(system, 0, track, bufferMs[0], cancellation);
        await Machine.Until.PassedAsync(s_later, cancellation);
        var second = PlayOneAsync(system, 1, track, bufferMs[1], cancellation);
        var toldNanos = await Task.WhenAll(first, second);
        var recording = await system.StopAsync(cancellation);

        // What is told is the median of the run, so its middle is judged: different crystals drift.
        var middle = Math.Max(recording.FirstSound(0) ?? 0, recording.FirstSound(1) ?? 0) + 5 * Second;
        var report = Analyser.Judge(recording, track, middle, middle + 2 * Second);
        var pair = report.Pairs[0];
        checks.Near("distance, ms, against the latency told", pair.ByTrack.SignedMedianMs, (toldNanos[1] - toldNanos[0]) / 1e6, againstClock ? 0.5 : 3);

        // The direct method compares the same music, which the players reach at different moments: crystals drift in between.
        checks.Near("the two methods differ by, ms", pair.MethodsDifferMs, 0, againstClock ? 0.02 : 0.15);
        if (againstClock && recording.StartMonotonicNanos is { } start)
        {
            var places = Analyser.Follow(recording, track);
            for (var player = 0; player < 2; player++)
            {
                var zeroAt = start - places[player].MedianLead(middle, middle + 2 * Second) * 1e9 / Second;
                checks.Near($"clock of the recording against the latency told to player {player + 1}, ms", (zeroAt - toldNanos[player]) / 1e6, 0, 2);
            }
        }

        return Analyser.Judge(recording, track, middle - 4 * Second, middle + 4 * Second);
    }

    private static Task<long> PlayOneAsync(SoundSystem system, int player, TestTrack track, int bufferMs, CancellationToken cancellation)
    {
        var environment = system.Environment(player);
        return Task.Factory.StartNew(
            () => PulseClient.Play(environment["PULSE_SERVER"], environment["PULSE_SINK"], track, bufferMs, s_length),
            cancellation, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }
}
