using Tutti.SoundLab.Analysis;
using Tutti.SoundLab.Machine;
using Tutti.SoundLab.Players;
using Tutti.SoundLab.Signals;

namespace Tutti.SoundLab.Cases;

/// <summary>One player is disturbed: its tab is busy for 3 s, or its sound card runs dry for half a second. How soon is it back in place?</summary>
internal sealed class StallCase : ICase
{
    private const int Times = 3;
    private const double RestSeconds = 8;
    private static readonly TimeSpan s_tabStall = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan s_soundStall = TimeSpan.FromSeconds(0.5);

    public string Name => "stall";

    public string What => "after an underrun or a stalled tab: back within 1 ms";

    public double UsualSeconds => Times * (2 * RestSeconds + 4);

    public async Task<CaseResult> RunAsync(CaseRun run)
    {
        var track = run.Track();
        await using var stage = await run.SetUpAsync(new StageSetup([new(), new()], [track], run.Longest));
        var players = await stage.JoinAllAsync(run.Cancellation);
        MachineLoad load = new();
        await stage.Room.PlayAsync(stage.TrackIds[0], run.Cancellation);
        await run.WaitAsync(RestSeconds);
        List<Disturbance> disturbances = [];
        for (var i = 0; i < Times; i++)
        {
            disturbances.Add(await DisturbAsync("stalled tab", () => players[1].StallTabAsync(s_tabStall), run));
            disturbances.Add(await DisturbAsync("underrun", () => players[1].StallSoundAsync(s_soundStall, run.Cancellation), run));
        }

        var others = load.OthersPercent();
        var recording = await run.StopAsync(stage.Sound);
        return Judge(recording, track, disturbances, others);
    }

    private static async Task<Disturbance> DisturbAsync(string kind, Func<Task> disturb, CaseRun run)
    {
        var from = Libc.MonotonicNanos();
        await disturb();
        var over = Libc.MonotonicNanos();
        await run.WaitAsync(RestSeconds);
        return new Disturbance(kind, from, over, Libc.MonotonicNanos());
    }

    private CaseResult Judge(Recording recording, TestTrack track, List<Disturbance> disturbances, double others)
    {
        var places = Analyser.Follow(recording, track);
        List<string> notes = [];
        Dictionary<string, List<(double Back, int Gaps)>> found = [];
        foreach (var disturbance in disturbances)
        {
            var (from, over, to) = (recording.SampleAt(disturbance.From), recording.SampleAt(disturbance.Over), recording.SampleAt(disturbance.To));
            var back = Analyser.CloseForGoodAfter(places[0], places[1], over, to) ?? double.PositiveInfinity;
            var gaps = Glitches.Dropouts(recording.Sounds[1], from, to);
            var jumps = Glitches.Jumps(places[1], from - (TestTrack.SampleRate / 2), to);
            if (!found.TryGetValue(disturbance.Kind, out var kind))
            {
                found[disturbance.Kind] = kind = [];
            }

            kind.Add((back, gaps.Count));
            notes.Add($"{disturbance.Kind}: back after {back:0.000} s; gaps {string.Join(", ", gaps.Select(gap => $"{gap.Milliseconds:0} ms"))}; "
                + $"jumps {string.Join(", ", jumps.Select(jump => $"{jump.Milliseconds:0.0} ms"))}");
        }

        List<Figure> figures = [];
        foreach (var (kind, values) in found)
        {
            figures.Add(Figure.Of($"{kind}: back within 1 ms after", "s", values.Select(value => value.Back), new Bar(Most: 2)));
            figures.Add(Figure.Of($"{kind}: gaps", "each time", values.Select(value => (double)value.Gaps), new Bar(Most: 1)));
        }

        return new CaseResult(Name, figures, others, notes);
    }

    /// <summary>All on the monotonic clock, ns.</summary>
    private sealed record Disturbance(string Kind, long From, long Over, long To);
}
