namespace Tutti.SoundLab.Analysis;

/// <summary>What was heard in one recording. Players are numbered from 1, as people see them.</summary>
/// <param name="JudgedFromSeconds">On the recording's time axis, as every "…Seconds" here.</param>
/// <param name="Holds">When processors of the machine stood still meanwhile.</param>
public sealed record SoundReport(
    double JudgedFromSeconds, double JudgedToSeconds, IReadOnlyList<PlayerReport> Players, IReadOnlyList<PairReport> Pairs,
    IReadOnlyList<Hold> Holds)
{
    /// <summary>Share of the judged time in which a fault would be put down to a hold, 0 to 1: so many would be by chance alone.</summary>
    public double ShareNearHolds
    {
        get
        {
            const int Looks = 10_000;
            var near = Enumerable.Range(0, Looks).Count(look => NearHold(JudgedFromSeconds + (JudgedToSeconds - JudgedFromSeconds) * look / Looks));
            return (double)near / Looks;
        }
    }

    /// <summary>When a player's faults were that no hold may explain, s.</summary>
    public IEnumerable<double> Unexplained(PlayerReport player) =>
        player.Dropouts.Select(dropout => dropout.AtSeconds).Concat(player.Jumps.Select(jump => jump.AtSeconds)).Where(at => !NearHold(at));

    /// <summary>Whether a fault at a moment may have come of a hold (<see cref="Hold.MayExplain"/>).</summary>
    public bool NearHold(double atSeconds) => Holds.Any(hold => hold.MayExplain(atSeconds));
}

/// <param name="FirstSoundSeconds">Null: never.</param>
/// <param name="RatePpm">Speed relative to the track, by the machine's clock.</param>
/// <param name="UnknownWindows">Windows in which the track was not recognised, of <paramref name="FineWindows"/>.</param>
/// <param name="MatchHeight">Median correlation with the track, 1 = bit-true.</param>
public sealed record PlayerReport(
    int Player, double? FirstSoundSeconds, double? RatePpm, int UnknownWindows, int FineWindows, double MatchHeight,
    IReadOnlyList<Dropout> Dropouts, IReadOnlyList<Jump> Jumps);

/// <param name="ByTrack">Each player against the track, then subtracted.</param>
/// <param name="Direct">One player against the other, without the track: an independent check.</param>
/// <param name="MethodsDifferMs">Median difference of the two.</param>
/// <param name="FineMaxMs">Largest distance in any single 85 ms window.</param>
/// <param name="CloseForGoodAfterSeconds">From the later one's first sound until they are within 1 ms and stay so; null: never.</param>
/// <param name="SeriesMs">The distance second by second, NaN (null in JSON) where unknown.</param>
public sealed record PairReport(
    int First, int Second, OffsetSummary ByTrack, OffsetSummary Direct, double MethodsDifferMs, double FineMaxMs,
    double? CloseForGoodAfterSeconds, IReadOnlyList<double> SeriesMs);
