using Tutti.SoundLab.Analysis;
using Tutti.SoundLab.Machine;
using Tutti.SoundLab.Players;
using Tutti.SoundLab.Signals;

namespace Tutti.SoundLab.Cases;

/// <summary>From pause, resume and seek commands to their effect on all players.</summary>
internal sealed class ControlLatencyCase : ICase
{
    private const int Times = 8;
    private const double PlaySeconds = 3, PauseSeconds = 1.5;

    public string Name => "pause-seek";

    public string What => "press pause or seek to its effect on all devices";

    public double UsualSeconds => Times * (2 * PlaySeconds + PauseSeconds);

    public async Task<CaseResult> RunAsync(CaseRun run)
    {
        var track = run.Track();
        await using var stage = await run.SetUpAsync(new StageSetup([new(), new()], [track], run.Longest));
        await stage.JoinAllAsync(run.Cancellation);
        await stage.Room.PlayAsync(stage.TrackIds[0], run.Cancellation);
        await run.WaitAsync(PlaySeconds + 2);
        MachineLoad load = new();
        List<Round> rounds = [];
        for (var i = 0; i < Times; i++)
        {
            // Places far from each other and from what was fetched before.
            var place = 20 + (i * 97 + 60) % 200;
            var seek = await TimedAsync(() => stage.Room.SeekAsync(place, run.Cancellation), PlaySeconds, run);
            var pause = await TimedAsync(() => stage.Room.PauseAsync(run.Cancellation), PauseSeconds, run);
            var resume = await TimedAsync(() => stage.Room.ResumeAsync(run.Cancellation), PlaySeconds, run);
            rounds.Add(new Round(seek, pause, resume, Libc.MonotonicNanos()));
        }

        var others = load.OthersPercent();
        return Judge(await run.StopAsync(stage.Sound), track, rounds, others);
    }

    private static async Task<long> TimedAsync(Func<Task> command, double seconds, CaseRun run)
    {
        var sent = Libc.MonotonicNanos();
        await command();
        await run.WaitAsync(seconds);
        return sent;
    }

    private CaseResult Judge(Recording recording, TestTrack track, List<Round> rounds, double others)
    {
        var places = Analyser.Follow(recording, track);
        List<double> seeks = [], pauses = [], resumes = [];
        foreach (var round in rounds)
        {
            var (seek, pause, resume, end) =
                (recording.SampleAt(round.Seek), recording.SampleAt(round.Pause), recording.SampleAt(round.Resume), recording.SampleAt(round.End));
            var players = Enumerable.Range(0, recording.Sounds.Length).ToArray();
            seeks.Add(players.Max(player => After(seek, PlaceChange.Find(
                recording.Sounds[player], track, places[player].MedianLead(pause - TestTrack.SampleRate, pause), seek, pause))));
            pauses.Add(players.Max(player => After(pause, recording.EndOfSound(player, resume) is var quiet && quiet < resume ? quiet : null)));
            resumes.Add(players.Max(player => After(resume, recording.FirstSound(player, resume) is { } sound && sound < end ? sound : null)));
        }

        Bar bar = new(Most: 250);
        Figure[] figures =
        [
            Figure.Of("seek to its effect on all", "ms", seeks, bar),
            Figure.Of("pause to silence on all", "ms", pauses, bar),
            Figure.Of("resume to sound on all", "ms", resumes, null),
        ];
        return new CaseResult(Name, figures, others, [$"seeks: {string.Join(", ", seeks.Select(ms => $"{ms:0}"))} ms"]);
    }

    private static double After(int command, int? effect) =>
        effect is { } at ? PlaceSeries.Milliseconds(at - command) : double.PositiveInfinity;

    /// <summary>When each command was sent and when the round was over, monotonic clock, ns.</summary>
    private sealed record Round(long Seek, long Pause, long Resume, long End);
}
