using Tutti.SoundLab.Analysis;
using Tutti.SoundLab.Machine;
using Tutti.SoundLab.Players;
using Tutti.SoundLab.Signals;

namespace Tutti.SoundLab.Cases;

/// <summary>Tracks that fade into each other, in two browsers with a card each, held against the sum that they must be at every sample.</summary>
internal sealed class CrossfadeCase : ICase
{
    private const int Tracks = 5, FadeSeconds = 4, Second = TestTrack.SampleRate;

    /// <summary>No multiple of a millisecond, so that ends and begins do not meet by chance.</summary>
    private const double TrackSeconds = 14.00307;

    private const float FullScale = 0.999f;

    public string Name => "crossfade";

    public string What => $"{Tracks} tracks with a cross-fade of {FadeSeconds} s: distance, silence, clicks and level in the fades";

    public double UsualSeconds => (Tracks * TrackSeconds) - ((Tracks - 1) * FadeSeconds);

    public async Task<CaseResult> RunAsync(CaseRun run)
    {
        TestTrack[] tracks = [.. Enumerable.Range(0, Tracks).Select(i => new TestTrack((ulong)(1 + i), TimeSpan.FromSeconds(TrackSeconds + (0.00113 * i))))];
        await using var stage = await run.SetUpAsync(new StageSetup([new(), new()], tracks, run.Longest));
        await stage.JoinAllAsync(run.Cancellation);
        // As loud as they are: a level that is measured while they play would change it.
        await stage.Room.LevellingAsync(false, run.Cancellation);
        await stage.Room.CrossfadeAsync(FadeSeconds, run.Cancellation);
        MachineLoad load = new();
        await stage.Room.PlayAllAsync(stage.TrackIds, run.Cancellation);
        await run.WaitAsync(UsualSeconds + 2);
        var others = load.OthersPercent();
        var recording = await run.StopAsync(stage.Sound);
        FadedTracks expected = new(tracks, TimeSpan.FromSeconds(FadeSeconds));
        var first = Enumerable.Range(0, recording.Sounds.Length).Max(player => recording.FirstSound(player) ?? recording.Length);
        var report = Analyser.Judge(
            recording, expected.Piece, first + (int)(run.SettleSeconds * Second), first + expected.Piece.Samples.Length - Second);
        Bar together = new(Median: 0.15, P95: 0.35), none = new(Most: 0);
        Fading[] players = [.. Analyser.Follow(recording, expected.Piece).Select((places, player) => new Fading(recording.Sounds[player], places, expected))];
        return new CaseResult(
            Name,
            [
                Figure.Of("distance in the fades", "ms", DistancesMs(players, expected), together),
                Figure.Of("distance in the whole run", report.Pairs[0].ByTrack, together),
                Figure.Of("place after a fade against before it", "ms", players.SelectMany(static player => player.MovedMs()), together),
                Figure.Of("silences of 3 ms or more", "of a player", report.Players.Select(static player => (double)player.Dropouts.Count), none),
                Figure.Of("jumps", "of a player", report.Players.Select(static player => (double)player.Jumps.Count), none),
                Figure.Of("departure from the sum at the ends of fades", "× effective", players.SelectMany(static player => player.AtEnds()), new Bar(Most: 0.1)),
                Figure.Of("the same midway between fades", "× effective", players.SelectMany(static player => player.Between()), null),
                Figure.Of("level over that of both tracks, without sign", "dB", players.SelectMany(static player => player.LevelsDb()).Select(Math.Abs), new Bar(Most: 0.5)),
                Figure.Of("samples at full scale", "of a player", recording.Sounds.Select(static sound => (double)sound.Count(static value => Math.Abs(value) >= FullScale)), none),
            ],
            others,
            [
                $"judged {report.JudgedToSeconds - report.JudgedFromSeconds:0} s; match {string.Join(" and ", report.Players.Select(static player => $"{player.MatchHeight:0.000}"))}, "
                    + $"unknown {string.Join(" and ", report.Players.Select(static player => $"{player.UnknownWindows}/{player.FineWindows}"))}, "
                    + $"largest sample {recording.Sounds.Max(static sound => sound.Max(Math.Abs)):0.00} of full scale",
                stage.Sound.Health,
            ],
            report);
    }

    /// <summary>For each second of each fade.</summary>
    private static IEnumerable<double> DistancesMs(Fading[] players, FadedTracks expected) =>
        from fade in expected.Fades
        from second in Enumerable.Range(0, FadeSeconds)
        select Math.Abs(PlaceSeries.Milliseconds(
            players[0].Lead(fade + (second * Second)) - players[1].Lead(fade + (second * Second))));

    /// <summary>What one player made of the fades.</summary>
    private sealed record Fading(float[] Sound, PlaceSeries Places, FadedTracks Expected)
    {
        /// <summary>Over the second that begins at a place of the piece, samples; NaN when that was not recorded.</summary>
        public double Lead(int place) => Places.SampleOf(place) is { } sample ? Places.MedianLead(sample, sample + Second) : double.NaN;

        public IEnumerable<double> MovedMs() =>
            Expected.Fades.Select(fade => Math.Abs(PlaceSeries.Milliseconds(Lead(fade + Expected.FadeSamples) - Lead(fade - Second))));

        public IEnumerable<double> AtEnds() => Departures([.. Expected.Fades, .. Expected.Fades.Select(fade => fade + Expected.FadeSamples)]);

        public IEnumerable<double> Between() => Departures(Expected.Fades.Skip(1).Select((fade, i) => (fade + Expected.Fades[i] + Expected.FadeSamples) / 2));

        public IEnumerable<double> LevelsDb() => Enumerable.Range(0, Expected.Fades.Count).SelectMany(fade => FadeLevels.OverTracksDb(Sound, Places, Expected, fade));

        private IEnumerable<double> Departures(IEnumerable<int> places) =>
            places.Select(place => Departure.Around(Sound, Expected.Piece, Places, place) ?? double.PositiveInfinity);
    }
}
