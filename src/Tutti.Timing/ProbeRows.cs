namespace Tutti.Timing;

/// <summary>Server time minus device time from the lower delays of many probes, row by row: a line through these rows.</summary>
/// <remarks>
/// The least delay alone is an unsure witness on a quick link: browsers' clocks tick in steps of 0.1 ms that they shake, and a page and a server that
/// share processors have no sharp least delay. What a tenth of the probes of some seconds stay below is known several times better. Both directions have
/// about the same distribution, so that half of the difference of these two marks is the offset, and a line through the rows smooths what is left
/// (<c>docs/timing.md</c> §2). The twin of <c>web/sync/src/clock/probe-rows.ts</c>.
/// </remarks>
/// <param name="OffsetMicros">Offset now, µs.</param>
/// <param name="SlopePpm">Slope, µs per second.</param>
/// <param name="SigmaMicros">The line's own doubt (1 σ), µs.</param>
internal readonly record struct ProbeRows(double OffsetMicros, double SlopePpm, double SigmaMicros)
{
    /// <summary>A row stands for at least so much.</summary>
    private const double RowMicros = 2e6;
    private const int RowProbes = 16;

    /// <summary>So few say something already, while there is no more.</summary>
    private const int FewestProbes = 6;

    /// <summary>The mark: this share of the delays lies below it.</summary>
    private const double MarkShare = 0.1;

    /// <summary>How far the delays spread there: from the least one up to this share.</summary>
    private const double SpreadShare = 0.3;

    /// <summary>Rows lie further off than their own probes tell: load comes and goes.</summary>
    private const double RowSigmaMicros = 20;

    /// <summary>The line through the rows; null while there are too few probes.</summary>
    /// <param name="observations">By time.</param>
    /// <param name="nowDeviceMicros">The device time asked for.</param>
    /// <param name="near">A line near it, so that a row is not smeared by what the offset changes meanwhile.</param>
    /// <param name="slopeSigmaPpm">How far clocks usually differ in rate.</param>
    public static ProbeRows? LineThrough(
        IReadOnlyList<ProbeObservation> observations, double nowDeviceMicros, WidestStrip near, double slopeSigmaPpm)
    {
        ProbeObservation[] above = [.. observations.Select(o =>
        {
            var offset = near.OffsetMicros + ((o.AtDeviceMicros - nowDeviceMicros) / 1e6 * near.SlopePpm);
            return new ProbeObservation(o.AtDeviceMicros, o.UpMicros - offset, o.DownMicros + offset);
        })];
        var prior = 1 / (slopeSigmaPpm * slopeSigmaPpm);
        double w = 0, wx = 0, wxx = prior, wy = 0, wxy = -prior * near.SlopePpm;
        foreach (var row in RowsOf(above, nowDeviceMicros))
        {
            var worth = 1 / (row.Sigma * row.Sigma);
            w += worth;
            wx += worth * row.X;
            wxx += worth * row.X * row.X;
            wy += worth * row.Y;
            wxy += worth * row.X * row.Y;
        }

        if (w == 0)
        {
            return null;
        }

        var determinant = (w * wxx) - (wx * wx);
        return new ProbeRows(
            near.OffsetMicros + (((wxx * wy) - (wx * wxy)) / determinant),
            near.SlopePpm + (((w * wxy) - (wx * wy)) / determinant),
            Math.Sqrt(wxx / determinant));
    }

    private static IEnumerable<Row> RowsOf(ProbeObservation[] observations, double nowDeviceMicros)
    {
        var from = 0;
        for (var i = 0; i < observations.Length; i++)
        {
            var count = i + 1 - from;
            var isLast = i + 1 == observations.Length;
            var whole = count >= RowProbes && Cell(observations[from]) < (isLast ? 0 : Cell(observations[i + 1]));
            if (whole || (isLast && count >= FewestProbes))
            {
                yield return RowOf(observations.AsSpan(from, count), nowDeviceMicros);
                from = i + 1;
            }
        }
    }

    /// <summary>Rows begin where the clock says, so that they stay the same when the oldest probes are forgotten.</summary>
    private static double Cell(ProbeObservation observation) => Math.Floor(observation.AtDeviceMicros / RowMicros);

    private static Row RowOf(ReadOnlySpan<ProbeObservation> probes, double nowDeviceMicros)
    {
        var up = new double[probes.Length];
        var down = new double[probes.Length];
        double sinceNow = 0;
        for (var i = 0; i < probes.Length; i++)
        {
            (up[i], down[i]) = (probes[i].UpMicros, probes[i].DownMicros);
            sinceNow += probes[i].AtDeviceMicros - nowDeviceMicros;
        }

        Array.Sort(up);
        Array.Sort(down);
        var (spreadUp, spreadDown) = (ShareOf(up, SpreadShare) - up[0], ShareOf(down, SpreadShare) - down[0]);
        var spread = Math.Sqrt((spreadUp * spreadUp) + (spreadDown * spreadDown)) / 2;
        return new Row(
            sinceNow / probes.Length / 1e6,
            (ShareOf(up, MarkShare) - ShareOf(down, MarkShare)) / 2,
            Math.Sqrt((spread * spread * 2 / probes.Length) + (RowSigmaMicros * RowSigmaMicros)));
    }

    /// <summary>The value that a share of them lies below, between two of them in proportion; they are ascending.</summary>
    private static double ShareOf(double[] sorted, double share)
    {
        var place = (sorted.Length - 1) * share;
        var below = sorted[(int)Math.Floor(place)];
        var above = sorted[(int)Math.Ceiling(place)];
        return below + ((above - below) * (place - Math.Floor(place)));
    }

    /// <param name="X">Seconds from now.</param>
    /// <param name="Y">Offset relative to the line near it, µs.</param>
    /// <param name="Sigma">µs.</param>
    private readonly record struct Row(double X, double Y, double Sigma);
}
