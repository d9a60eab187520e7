namespace Tutti.SoundLab.Analysis;

/// <summary>The figures of one pair's distance over windows of one second, ms. Absolute unless the name says otherwise.</summary>
/// <param name="Windows">Seconds judged.</param>
/// <param name="Valid">Of these, seconds in which both players were recognised.</param>
/// <param name="SignedMedianMs">+ = the first of the pair is ahead.</param>
/// <param name="TrendMsPerMinute">Slope of the signed distance.</param>
public sealed record OffsetSummary(
    int Windows, int Valid, double MedianMs, double P95Ms, double MaxMs,
    double SignedMedianMs, double LeastMs, double MostMs, double TrendMsPerMinute)
{
    /// <param name="offsetsMs">One a second, NaN where unknown.</param>
    public static OffsetSummary Of(double[] offsetsMs)
    {
        var valid = offsetsMs.Where(double.IsFinite).ToArray();
        var distance = Array.ConvertAll(valid, Math.Abs);
        double[] seconds = [.. Enumerable.Range(0, offsetsMs.Length).Where(i => double.IsFinite(offsetsMs[i])).Select(i => (double)i)];
        return valid.Length == 0
            ? new OffsetSummary(offsetsMs.Length, 0, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN)
            : new OffsetSummary(
                offsetsMs.Length, valid.Length, Order.Median(distance), Order.Quantile(distance, 0.95), distance.Max(),
                Order.Median(valid), valid.Min(), valid.Max(), Order.Slope(seconds, valid) * 60);
    }
}
