namespace Tutti.Timing;

/// <summary>
/// Server time minus device time, from probes with four stamps (RFC 5905 §8). Pure: reads no clock. Not thread-safe.
/// </summary>
/// <remarks>
/// A pair of stamps bounds the offset from one side: t1 − t0 = offset + delay up, t3 − t2 = −offset + delay down, and delays are never
/// negative. Queues and radios only ever add to a delay, so what counts are the least values of each direction, taken separately: both ways
/// being quick in one probe is much rarer than each being quick once (<see cref="WidestStrip"/>). On a quick link the least values are unsure by what
/// the clocks and the machines themselves tremble; there the lower tenths are better (<see cref="ProbeRows"/>). Both are worked out, and each counts by
/// how sure it is. <c>docs/timing.md</c> has the maths; the golden vectors in
/// <c>spec/clock-offset.json</c> hold this equal to <c>web/sync/src/clock/offset-estimator.ts</c>.
/// </remarks>
public sealed class ClockOffsetEstimator(ClockOffsetOptions options)
{
    /// <summary>Browsers' clocks may be as coarse as this, µs: a strip may seem narrower by it than it is.</summary>
    private const double ClockStepMicros = 200;

    /// <summary>What a strip is unsure by beside its own doubt, µs: single delays that seem quicker than they were.</summary>
    private const double StripSigmaMicros = 60;

    private const int RecentProbes = 60;
    private const int LowestDelays = 4;

    private readonly List<ProbeObservation> observations = [];

    public ClockOffsetEstimator()
        : this(ClockOffsetOptions.Default)
    {
    }

    /// <summary>
    /// Takes a probe in. False when it is ignored: its stamps are impossible (back before sent, answered before received) or it is older than
    /// the newest.
    /// </summary>
    public bool Add(ProbeStamps probe)
    {
        if (probe.BackDeviceMicros < probe.SentDeviceMicros || probe.AnsweredMicros < probe.ReceivedMicros)
        {
            return false;
        }

        var at = probe.SentDeviceMicros + ((probe.BackDeviceMicros - probe.SentDeviceMicros) / 2.0);
        if (observations.Count > 0 && at < observations[^1].AtDeviceMicros)
        {
            return false;
        }

        observations.Add(new ProbeObservation(
            at,
            probe.ReceivedMicros.Value - probe.SentDeviceMicros,
            probe.BackDeviceMicros - probe.AnsweredMicros.Value));
        Forget(at - options.WindowMicros);
        return true;
    }

    /// <summary>Forgets what was observed before this device time (the server's clock is known to be another one since), µs.</summary>
    public void Forget(double beforeDeviceMicros)
    {
        var keep = observations.FindIndex(o => o.AtDeviceMicros >= beforeDeviceMicros);
        observations.RemoveRange(0, keep < 0 ? observations.Count : keep);
    }

    /// <summary>The offset at a device time, µs; null before the first probe.</summary>
    /// <remarks>
    /// Delays add up to a round trip, which cannot be negative. If no line fits between the bounds, a clock was stepped (a laptop slept, the
    /// server was started anew): then only the newer part counts, and the older is forgotten.
    /// </remarks>
    public ClockOffsetEstimate? Estimate(double atDeviceMicros)
    {
        if (observations.Count == 0)
        {
            return null;
        }

        var strip = Fit(atDeviceMicros);
        while (strip.MarginMicros < -ClockStepMicros / 2 && observations.Count > 1)
        {
            observations.RemoveRange(0, (observations.Count + 1) / 2);
            strip = Fit(atDeviceMicros);
        }

        var rtt = observations.Min(o => o.RoundTripMicros);
        double[] recent = [.. observations.TakeLast(RecentProbes).Select(o => o.RoundTripMicros).Order()];
        var (offset, slope, uncertainty) = Weighed(atDeviceMicros, strip);
        return new ClockOffsetEstimate(offset, uncertainty, slope, rtt, recent[recent.Length / 2] - rtt, observations.Count);
    }

    /// <summary>The strip and the line through the rows, each by how sure it is.</summary>
    private (double OffsetMicros, double SlopePpm, double UncertaintyMicros) Weighed(double atDeviceMicros, WidestStrip strip)
    {
        var doubt = Doubt(atDeviceMicros, strip);
        if (ProbeRows.LineThrough(observations, atDeviceMicros, strip, options.SkewPriorPpm) is not { } line)
        {
            return (strip.OffsetMicros, strip.SlopePpm, doubt);
        }

        var stripVariance = (doubt * doubt) + (StripSigmaMicros * StripSigmaMicros);
        var share = stripVariance / (stripVariance + (line.SigmaMicros * line.SigmaMicros));
        return (
            strip.OffsetMicros + (share * (line.OffsetMicros - strip.OffsetMicros)),
            strip.SlopePpm + (share * (line.SlopePpm - strip.SlopePpm)),
            Math.Sqrt(share) * line.SigmaMicros);
    }

    private WidestStrip Fit(double nowDeviceMicros)
    {
        var up = new Bound[observations.Count];
        var down = new Bound[observations.Count];
        for (var i = 0; i < observations.Count; i++)
        {
            var o = observations[i];
            var ageSeconds = (o.AtDeviceMicros - nowDeviceMicros) / 1e6;
            var wanderMicros = options.WanderPpm * Math.Abs(nowDeviceMicros - o.AtDeviceMicros) / 1e6;
            up[i] = new Bound(ageSeconds, o.UpMicros + wanderMicros);
            down[i] = new Bound(ageSeconds, o.DownMicros + wanderMicros);
        }

        return WidestStrip.Between(
            WidestStrip.LowerHull(up), WidestStrip.LowerHull(down), options.SkewPriorPpm, options.SkewWorthMicros, options.SkewLimitPpm);
    }

    /// <summary>
    /// How far the least delays may still lie above the floor: about the mean gap between the lowest few (spacings of order statistics), never
    /// more than half the round trip.
    /// </summary>
    private double Doubt(double nowDeviceMicros, WidestStrip strip)
    {
        var halfTrip = Math.Max(strip.MarginMicros, ClockStepMicros / 8);
        var up = MeanGap(o => o.UpMicros - Line(o));
        var down = MeanGap(o => o.DownMicros + Line(o));
        return Math.Min(halfTrip, (up + down) / 2);

        double Line(ProbeObservation o) => strip.OffsetMicros + (strip.SlopePpm * (o.AtDeviceMicros - nowDeviceMicros) / 1e6);

        double MeanGap(Func<ProbeObservation, double> delay)
        {
            double[] low = [.. observations.Select(delay).Order().Take(LowestDelays)];
            return low.Length < LowestDelays ? 1e6 : (low[^1] - low[0]) / (LowestDelays - 1);
        }
    }
}
