using Tutti.SoundLab.Analysis;
using Tutti.SoundLab.Machine;
using Tutti.SoundLab.Players;
using Tutti.SoundLab.Signals;

namespace Tutti.SoundLab.Cases;

/// <summary>From the play command, for tracks that nobody has heard yet, to sound on all players.</summary>
internal sealed class PlayLatencyCase : ICase
{
    private const int Times = 8;
    private const double PlaySeconds = 3, RestSeconds = 2;

    public string Name => "play-latency";

    public string What => "press play (track not yet cut into segments) to sound on all devices";

    public double UsualSeconds => Times * (PlaySeconds + RestSeconds);

    public async Task<CaseResult> RunAsync(CaseRun run)
    {
        TestTrack[] tracks = [.. Enumerable.Range(0, Times).Select(i => new TestTrack((ulong)(100 + i), TimeSpan.FromMinutes(4)))];
        await using var stage = await run.SetUpAsync(new StageSetup([new(), new()], tracks, run.Longest));
        await stage.JoinAllAsync(run.Cancellation);
        await run.WaitAsync(RestSeconds);
        MachineLoad load = new();
        List<long> commands = [];
        foreach (var track in stage.TrackIds)
        {
            commands.Add(Libc.MonotonicNanos());
            await stage.Room.PlayAsync(track, run.Cancellation);
            await run.WaitAsync(PlaySeconds);
            await stage.Room.StopAsync(run.Cancellation);
            await run.WaitAsync(RestSeconds);
        }

        var others = load.OthersPercent();
        var recording = await run.StopAsync(stage.Sound);
        List<double> all = [];
        List<string> notes = [];
        foreach (var from in commands.Select(recording.SampleAt))
        {
            var each = recording.Sounds.Select((_, player) =>
                recording.FirstSound(player, from) - from is { } samples ? PlaceSeries.Milliseconds(samples) : double.PositiveInfinity).ToArray();
            all.Add(each.Max());
            notes.Add($"play: {string.Join(" and ", each.Select(value => $"{value:0}"))} ms");
        }

        return new CaseResult(Name, [Figure.Of("play to sound on all", "ms", all, new Bar(Most: 700))], others, notes);
    }
}
