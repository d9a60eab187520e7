using System.Diagnostics;
using Tutti.SoundLab.Analysis;
using Tutti.SoundLab.Machine;
using Tutti.SoundLab.Network;
using Tutti.SoundLab.Players;
using Tutti.SoundLab.Signals;

namespace Tutti.SoundLab.Cases;

/// <summary>Some players, one track, nothing touched: how far apart do they sound?</summary>
internal sealed record TogetherCase(
    string Name, string What, IReadOnlyList<Seat> Seats, Bar Bar, bool OneCard = false, bool Faultless = false, bool SignedIn = false) : ICase
{
    public static readonly TogetherCase[] All =
    [
        new("cards", "a sound card each", [new(), new()], new Bar(Median: 0.15, P95: 0.35)),
        new("crystals", "a sound card each, crystals at −30 and +50 ppm", [new(-30), new(50)], new Bar(Median: 0.2, P95: 0.5)),
        new("jitter", "a sound card each, one behind 40 ± 15 ms of network", [new(), new(Link: new LinkShape(40, 15))], new Bar(Median: 0.5, P95: 1.2)),
        new("onecard", "both on one card", [new(), new()], new Bar(Median: 0.05, P95: 0.15), OneCard: true),
        new("bigbuffer", "one card, one device with a buffer of 200 ms", [new(), new(DeviceBufferMs: 200)], new Bar(Median: 0.1, P95: 0.3), OneCard: true),
        new("mine", "three devices of one account in its personal room, a sound card each", [new(), new(), new()], new Bar(Median: 0.15, P95: 0.35), SignedIn: true),
        new("steady", "a sound card each: dropouts and jumps in 10 minutes", [new(), new()], new Bar(Median: 0.15, P95: 0.35), Faultless: true),
    ];

    public double UsualSeconds => Faultless ? 600 : 120;

    public async Task<CaseResult> RunAsync(CaseRun run)
    {
        var track = run.Track();
        StageSetup setup = new(Seats, [track], run.Longest, OneCard, SignedIn: SignedIn);
        await using var stage = await run.SetUpAsync(setup);
        await stage.JoinAllAsync(run.Cancellation);
        MachineLoad load = new();
        var played = Libc.MonotonicNanos();
        await stage.Room.PlayAsync(stage.TrackIds[0], run.Cancellation);
        await run.WaitAsync(run.Seconds + run.SettleSeconds + 2);
        var others = load.OthersPercent();
        var devices = await stage.Room.DevicesAsync(run.Cancellation);
        var recording = await run.StopAsync(stage.Sound);
        var report = Judge(recording, track, run);
        List<Figure> figures = [.. report.Pairs.Select(pair => Figure.Of($"distance of {pair.First} and {pair.Second}", pair.ByTrack, Bar))];
        if (Faultless)
        {
            figures.Add(Figure.Of("dropouts", "of a player", report.Players.Select(player => (double)player.Dropouts.Count), new Bar(Most: 0)));
            figures.Add(Figure.Of("jumps", "of a player", report.Players.Select(player => (double)player.Jumps.Count), new Bar(Most: 0)));
            figures.Add(Figure.Of("dropouts and jumps that no standing still of the machine may explain", "of a player", report.Players.Select(player => (double)report.Unexplained(player).Count()), new Bar(Most: 0)));
        }

        if (run.Snapcast && !OneCard && !Faultless)
        {
            figures.Add(await SnapcastPair.MeasureAsync(run, Seats, track));
        }

        var sinceStart = recording.StartMonotonicNanos is { } start ? (played - start) / 1e9 : (double?)null;
        return new CaseResult(Name, figures, others, [.. Notes(report, sinceStart), stage.Sound.Health, $"devices: {devices.ToJsonString()}"], report);
    }

    internal static SoundReport Judge(Recording recording, TestTrack track, CaseRun run)
    {
        var last = Enumerable.Range(0, recording.Sounds.Length).Max(player => recording.FirstSound(player) ?? recording.Length);
        var from = last + (int)(run.SettleSeconds * TestTrack.SampleRate);
        return Analyser.Judge(recording, track, from, from + (int)(run.Seconds * TestTrack.SampleRate));
    }

    internal static IEnumerable<string> Notes(SoundReport report, double? playedSeconds)
    {
        foreach (var player in report.Players)
        {
            var latency = player.FirstSoundSeconds is null ? "never sounded" : playedSeconds is null ? "sounded"
                : $"first sound {(player.FirstSoundSeconds - playedSeconds) * 1000:0} ms after play";
            yield return $"player {player.Player}: {latency}, rate {player.RatePpm:0.00} ppm, match {player.MatchHeight:0.000}, "
                + $"unknown {player.UnknownWindows}/{player.FineWindows}, dropouts {player.Dropouts.Count}, jumps {player.Jumps.Count}";
        }

        foreach (var pair in report.Pairs)
        {
            yield return $"{pair.First} and {pair.Second}: signed median {pair.ByTrack.SignedMedianMs:0.000} ms "
                + $"({pair.ByTrack.LeastMs:0.000} to {pair.ByTrack.MostMs:0.000}), "
                + $"trend {pair.ByTrack.TrendMsPerMinute:0.000} ms a minute, largest in any 85 ms {pair.FineMaxMs:0.000} ms; "
                + $"direct correlation: median {pair.Direct.MedianMs:0.000} ms; the methods differ by {pair.MethodsDifferMs:0.0000} ms; "
                + $"within 1 ms for good after {pair.CloseForGoodAfterSeconds?.ToString("0.00 s") ?? "never"}";
        }

        if (report.Holds.Count > 0)
        {
            var apart = report.Players.Select(player => report.Unexplained(player).Count());
            yield return $"processors of this machine stood still {report.Holds.Count} times for {Hold.LeastMs:0} ms or longer, up to {Hold.LongestMs(report.Holds):0} ms; "
                + $"dropouts and jumps not within or shortly after one: {string.Join(" and ", apart)} (by chance {1 - report.ShareNearHolds:0%} would not be)";
        }
    }
}
