using Tutti.SoundLab.Analysis;
using Tutti.SoundLab.Machine;
using Tutti.SoundLab.Players;
using Tutti.SoundLab.Signals;

namespace Tutti.SoundLab.Cases;

/// <summary>The sound of an account goes from one of its devices to the other and back: what the ear hears between them.</summary>
internal sealed class HandOverCase : ICase
{
    private const int Times = 8;
    private const double StaySeconds = 4;

    // An ear that hears both at once hears one of them fade; this long before and after, each is by itself.
    private const int Margin = TestTrack.SampleRate / 2;

    public string Name => "handover";

    public string What => "hand over to another device: gap or overlap at the ear, and the place in the song";

    public double UsualSeconds => Times * StaySeconds;

    public async Task<CaseResult> RunAsync(CaseRun run)
    {
        var track = run.Track();
        StageSetup setup = new([new(), new()], [track], run.Longest, SignedIn: true);
        await using var stage = await run.SetUpAsync(setup);
        await stage.JoinAllAsync(run.Cancellation);
        var devices = (await stage.Room.DevicesAsync(run.Cancellation))["devices"]!.AsArray().Select(device => (string)device!["id"]!).ToArray();
        await stage.Room.OnlyHereAsync(devices[0], run.Cancellation);
        await stage.Room.PlayAsync(stage.TrackIds[0], run.Cancellation);
        await run.WaitAsync(2 * StaySeconds);
        MachineLoad load = new();
        List<long> commands = [];
        for (var i = 0; i < Times; i++)
        {
            commands.Add(Libc.MonotonicNanos());
            await stage.Room.HandOverAsync(devices[i % 2], devices[(i + 1) % 2], run.Cancellation);
            await run.WaitAsync(StaySeconds);
        }

        var end = Libc.MonotonicNanos();
        var others = load.OthersPercent();
        return Judge(await run.StopAsync(stage.Sound), track, [.. commands, end], others);
    }

    private CaseResult Judge(Recording recording, TestTrack track, long[] moments, double others)
    {
        var places = Analyser.Follow(recording, track);
        int[] samples = [.. moments.Select(recording.SampleAt)];
        List<double> breaks = [], moves = [], delays = [];
        List<string> notes = [];
        for (var i = 0; i + 1 < samples.Length; i++)
        {
            var (command, until) = (samples[i], samples[i + 1]);
            var from = IsHeard(recording, 0, command) ? 0 : 1;
            var (ends, begins) = (recording.EndOfSound(from, until), recording.FirstSound(1 - from, command) ?? until);
            var before = places[from].MedianLead(command - (2 * Margin), Math.Min(ends, begins) - 1);
            var after = places[1 - from].MedianLead(Math.Max(ends, begins), until);
            breaks.Add(PlaceSeries.Milliseconds(begins - ends));
            moves.Add(PlaceSeries.Milliseconds(after - before));
            delays.Add(PlaceSeries.Milliseconds(Math.Max(ends, begins) - command));
            notes.Add($"to {2 - from}: {(breaks[^1] > 0 ? "gap" : "overlap")} {Math.Abs(breaks[^1]):0.0} ms, place moved by {moves[^1]:0.000} ms, after {delays[^1]:0} ms");
        }

        return new CaseResult(
            Name,
            [
                Figure.Of("gap or overlap", "ms", breaks.Select(Math.Abs), new Bar(Most: 20)),
                // One player takes over from another, as close as two that sound together are asked to be.
                Figure.Of("change of place", "ms", moves.Select(Math.Abs), new Bar(Median: 0.15, P95: 0.35)),
                Figure.Of("command to its end", "ms", delays, null),
            ],
            others,
            notes);
    }

    private static bool IsHeard(Recording recording, int player, int command) =>
        recording.FirstSound(player, command - Margin) is { } sample && sample < command;
}
