using Tutti.SoundLab.Analysis;
using Tutti.SoundLab.Machine;
using Tutti.SoundLab.Players;
using Tutti.SoundLab.Signals;

namespace Tutti.SoundLab.Cases;

/// <summary>A station of internet radio, in two browsers with a card each.</summary>
internal sealed class RadioCase : ICase
{
    /// <summary>What a new listener gets at once, so that there is something to begin with.</summary>
    private static readonly TimeSpan s_burst = TimeSpan.FromSeconds(2);

    public string Name => "radio";

    public string What => "a station of internet radio: distance, dropouts, and from play to sound";

    public double UsualSeconds => 40;

    public async Task<CaseResult> RunAsync(CaseRun run)
    {
        var track = run.Track();
        var file = await track.WriteFlacAsync(Path.Combine(run.Scratch, "station"), run.Cancellation);
        var length = TimeSpan.FromSeconds((double)track.Samples.Length / TestTrack.SampleRate);
        await using LoopbackStation station = new(await File.ReadAllBytesAsync(file, run.Cancellation), length, s_burst);
        StageSetup setup = new([new(), new()], [], run.Longest, Settings: ["--Tutti:Sources:AllowPrivateAddresses=true"]);
        await using var stage = await run.SetUpAsync(setup);
        var id = await stage.Room.AddLinkAsync(station.Url, run.Cancellation);
        await stage.JoinAllAsync(run.Cancellation);
        MachineLoad load = new();
        var played = Libc.MonotonicNanos();
        await stage.Room.PlayAsync(id, run.Cancellation);
        await run.WaitAsync(run.Seconds + run.SettleSeconds + 6);
        var others = load.OthersPercent();
        var recording = await run.StopAsync(stage.Sound);
        var report = TogetherCase.Judge(recording, track, run);
        var from = recording.SampleAt(played);
        Bar none = new(Most: 0);
        return new CaseResult(
            Name,
            [
                Figure.Of("distance", report.Pairs[0].ByTrack, new Bar(Median: 0.15, P95: 0.35)),
                Figure.Of("dropouts", "of a player", report.Players.Select(static player => (double)player.Dropouts.Count), none),
                Figure.Of("jumps", "of a player", report.Players.Select(static player => (double)player.Jumps.Count), none),
                Figure.Of(
                    "from play to sound", "ms",
                    recording.Sounds.Select((_, player) => recording.FirstSound(player, from) - from is { } samples ? PlaceSeries.Milliseconds(samples) : double.PositiveInfinity),
                    new Bar(Most: 700)),
            ],
            others,
            [.. TogetherCase.Notes(report, recording.StartMonotonicNanos is { } start ? (played - start) / 1e9 : null), stage.Sound.Health],
            report);
    }
}
