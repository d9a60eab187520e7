using Tutti.SoundLab.Analysis;
using Tutti.SoundLab.Machine;
using Tutti.SoundLab.Players;
using Tutti.SoundLab.Signals;

namespace Tutti.SoundLab.Cases;

/// <summary>A third device joins in mid-song, again and again: from Join to sound that is in place and stays so.</summary>
internal sealed class JoinCase : ICase
{
    private const int Times = 5;
    private const double StaySeconds = 10;
    private const int Third = 2;

    public string Name => "join";

    public string What => "joining in mid-song: from Join to sound within 1 ms for good";

    public double UsualSeconds => Times * StaySeconds;

    public async Task<CaseResult> RunAsync(CaseRun run)
    {
        var track = new TestTrack(seed: 1, TimeSpan.FromSeconds(300));
        StageSetup setup = new([new(), new(), new()], [track], run.Longest + TimeSpan.FromSeconds(Times * 10));
        await using var stage = await run.SetUpAsync(setup);
        await stage.JoinAllAsync(run.Cancellation, but: Third);
        await stage.Room.PlayAsync(stage.TrackIds[0], run.Cancellation);
        MachineLoad load = new();
        var third = await stage.OpenAsync(Third, run.Cancellation);
        List<(long From, long To)> stays = [];
        for (var i = 0; i < Times; i++)
        {
            await run.WaitAsync(2);
            var pressed = await third.JoinAsync(run.Cancellation);
            await run.WaitAsync(StaySeconds);
            stays.Add((pressed, Libc.MonotonicNanos()));
            await third.OpenAsync(stage.Server.Port, $"/r/{stage.Room.Code}");
        }

        var others = load.OthersPercent();
        var recording = await run.StopAsync(stage.Sound);
        return Judge(recording, track, stays, others);
    }

    private CaseResult Judge(Recording recording, TestTrack track, List<(long From, long To)> stays, double others)
    {
        var places = Analyser.Follow(recording, track);
        List<double> toSound = [], toPlace = [];
        List<string> notes = [];
        foreach (var (from, to) in stays.Select(stay => (recording.SampleAt(stay.From), recording.SampleAt(stay.To))))
        {
            var sounded = recording.FirstSound(Third, from) is { } first && first < to ? first : (int?)null;
            var settled = sounded is { } since ? Analyser.CloseForGoodAfter(places[0], places[Third], since, to) : null;
            toSound.Add(sounded - from is { } samples ? (double)samples / TestTrack.SampleRate : double.PositiveInfinity);
            toPlace.Add(toSound[^1] + (settled ?? double.PositiveInfinity));
            notes.Add($"Join: sound after {toSound[^1]:0.000} s, within 1 ms of player 1 for good after {toPlace[^1]:0.000} s");
        }

        Figure[] figures =
        [
            Figure.Of("Join to sound", "s", toSound, null),
            Figure.Of("Join to within 1 ms for good", "s", toPlace, new Bar(Most: 1.5)),
        ];
        return new CaseResult(Name, figures, others, notes);
    }
}
