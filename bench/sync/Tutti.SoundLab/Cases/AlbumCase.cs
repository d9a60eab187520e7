using Tutti.SoundLab.Analysis;
using Tutti.SoundLab.Machine;
using Tutti.SoundLab.Players;
using Tutti.SoundLab.Signals;

namespace Tutti.SoundLab.Cases;

/// <summary>One piece cut into an album of ten files, played by two browsers: is it one piece again at its joins?</summary>
internal sealed class AlbumCase : ICase
{
    private const int Pieces = 10;
    private const double PieceSeconds = 7.3;

    /// <summary>A sample too many or too few is a step of 1; the largest rate trim, 500 ppm, one of 0.48.</summary>
    private const double LargestStep = 0.5;

    public string Name => "album";

    public string What => "an album of ten files that are one piece: silence and jumps at the joins";

    public double UsualSeconds => (Pieces * PieceSeconds) - 4;

    public async Task<CaseResult> RunAsync(CaseRun run)
    {
        TestTrack piece = new(seed: 1, TimeSpan.FromSeconds(Pieces * PieceSeconds));
        await using var stage = await run.SetUpAsync(new StageSetup([new(), new()], [piece], run.Longest, Pieces: Pieces));
        await stage.JoinAllAsync(run.Cancellation);
        MachineLoad load = new();
        await stage.Room.PlayAllAsync(stage.TrackIds, run.Cancellation);
        await run.WaitAsync(UsualSeconds + 2);
        var others = load.OthersPercent();
        var recording = await run.StopAsync(stage.Sound);
        var last = Enumerable.Range(0, recording.Sounds.Length).Max(player => recording.FirstSound(player) ?? recording.Length);
        // The first join comes after seven seconds; before, players are still settling.
        var from = last + (int)(5 * TestTrack.SampleRate);
        var report = Analyser.Judge(recording, piece, from, from + (int)((UsualSeconds - 8) * TestTrack.SampleRate));
        Bar none = new(Most: 0);
        var followed = Analyser.Follow(recording, piece);
        return new CaseResult(
            Name,
            [
                Figure.Of("silences of 3 ms or more", "of a player", report.Players.Select(player => (double)player.Dropouts.Count), none),
                Figure.Of("jumps", "of a player", report.Players.Select(player => (double)player.Jumps.Count), none),
                Figure.Of("windows that are not the piece", "of a player", report.Players.Select(player => (double)player.UnknownWindows), none),
                Figure.Of("step of the place at a join", "samples", Steps(0), new Bar(Most: LargestStep)),
                Figure.Of("the same midway between joins", "samples", Steps((int)(PieceSeconds / 2 * TestTrack.SampleRate)), null),
            ],
            others,
            [$"judged {report.JudgedToSeconds - report.JudgedFromSeconds:0} s with its joins; match {string.Join(" and ", report.Players.Select(player => $"{player.MatchHeight:0.000}"))}", stage.Sound.Health],
            report);

        // What was judged of all joins, or of the places so many samples before them.
        IEnumerable<double> Steps(int earlier) => followed.SelectMany((places, player) => Enumerable.Range(1, Pieces - 1)
            .Select(cut => JoinStep.Samples(recording.Sounds[player], piece, places, piece.CutAt(cut, Pieces) - earlier, from))
            .OfType<double>());
    }
}
