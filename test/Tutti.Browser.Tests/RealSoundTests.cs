using Tutti.SoundLab.Analysis;
using Tutti.SoundLab.Machine;
using Tutti.SoundLab.Players;
using Tutti.SoundLab.Signals;

namespace Tutti.Browser.Tests;

/// <summary>The main promise, heard: two real browsers, each on a sound card of its own, recorded and compared.</summary>
public sealed class RealSoundTests(House house)
{
    // Looser than the benchmark's bars (bench/README.md), which hold on a quiet machine: this one may be shared.
    private const double MedianBoundMs = 0.3, P95BoundMs = 0.7;
    private const double JudgedSeconds = 20, SettleSeconds = 3;
    private const int Attempts = 3;

    /// <summary>From about here on a hold is heard as a dropout (bench/README.md).</summary>
    private const double HeldTooLongMs = 20;

    private readonly ITestOutputHelper _output = TestContext.Current.TestOutputHelper!;

    [Fact]
    public async Task Two_browsers_sound_as_one()
    {
        for (var attempt = 1; ; attempt++)
        {
            var (report, others, heldMs) = await MeasureAsync();
            var pair = report.Pairs[0];
            var figures = Describe(report, others, heldMs);
            _output.WriteLine($"attempt {attempt}: {figures}");
            var good = pair.ByTrack is { MedianMs: <= MedianBoundMs, P95Ms: <= P95BoundMs } && pair.ByTrack.Valid == pair.ByTrack.Windows;
            if (good)
            {
                return;
            }

            // Only a machine that was busy with other things, or of which a processor stood still too long, earns another try, and the output says so.
            var machineFailed = others > MachineLoad.QuietPercent || heldMs >= HeldTooLongMs;
            Assert.True(attempt < Attempts && machineFailed, $"attempt {attempt} of at most {Attempts}: {figures}");
            _output.WriteLine("the machine, not the players: measured again");
        }
    }

    private async Task<(SoundReport Report, double OthersPercent, double HeldMs)> MeasureAsync()
    {
        var cancellation = TestContext.Current.CancellationToken;
        TestTrack track = new(seed: 9, TimeSpan.FromSeconds(60));
        StageSetup setup = new([new Seat(), new Seat()], [track], TimeSpan.FromSeconds(120));
        using Tutti.SoundLab.Scratch scratch = new();
        await using var stage = await Stage.SetUpAsync(setup, house.Files, scratch.Path, cancellation);
        await stage.JoinAllAsync(cancellation);
        MachineLoad load = new();
        await stage.Room.PlayAsync(stage.TrackIds[0], cancellation);
        await Until.TrueAsync(
            $"{SettleSeconds + JudgedSeconds + 1} s of sound by the room's own timeline", TimeSpan.FromSeconds(60),
            async () => (double?)(await stage.Room.StateAsync(cancellation))["position"] > SettleSeconds + JudgedSeconds + 1, cancellation);
        var others = load.OthersPercent();
        var recording = await stage.Sound.StopAsync(cancellation);
        Assert.All(recording.Sounds, (_, player) => Assert.True(recording.FirstSound(player) is not null, $"player {player + 1} never sounded"));
        var begun = recording.Sounds.Select((_, player) => recording.FirstSound(player)!.Value).Max();
        var (from, to) = (begun + (int)(SettleSeconds * TestTrack.SampleRate), begun + (int)((SettleSeconds + JudgedSeconds) * TestTrack.SampleRate));
        return (Analyser.Judge(recording, track, from, to), others, Hold.LongestMs(recording.HoldsIn(begun, to)));
    }

    private static string Describe(SoundReport report, double others, double heldMs)
    {
        var (pair, offset) = (report.Pairs[0], report.Pairs[0].ByTrack);
        var players = report.Players.Select(player =>
            $"player {player.Player}: rate {player.RatePpm:0.00} ppm, match {player.MatchHeight:0.000}, unknown {player.UnknownWindows}/{player.FineWindows}, "
            + $"dropouts {player.Dropouts.Count}, jumps {player.Jumps.Count}");
        return $"distance median {offset.MedianMs:0.000} ms (bound {MedianBoundMs}), p95 {offset.P95Ms:0.000} ms (bound {P95BoundMs}), max {offset.MaxMs:0.000} ms, "
            + $"signed {offset.SignedMedianMs:0.000} ms, {offset.Valid} of {offset.Windows} s recognised, direct correlation {pair.Direct.MedianMs:0.000} ms; "
            + $"{string.Join("; ", players)}; everything else on the machine used {others:0} % of a core (quiet is up to {MachineLoad.QuietPercent:0}), "
            + $"and a processor stood still for {heldMs:0} ms at a time (less than {Hold.LeastMs:0} is not told)";
    }
}
