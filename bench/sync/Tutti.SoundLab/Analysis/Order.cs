namespace Tutti.SoundLab.Analysis;

/// <summary>Order statistics and the line through points, as every figure here uses them.</summary>
internal static class Order
{
    /// <summary>NaN for no values.</summary>
    public static double Median(double[] values) => Quantile(values, 0.5);

    /// <summary>Linear interpolation between the two values next to the rank (R's type 7). NaN for no values.</summary>
    public static double Quantile(double[] values, double share)
    {
        if (values.Length == 0)
        {
            return double.NaN;
        }

        var sorted = values.Order().ToArray();
        var rank = share * (sorted.Length - 1);
        var below = (int)rank;
        var above = Math.Min(below + 1, sorted.Length - 1);

        // Infinity ("never") is a value like others, but has no differences.
        return sorted[below].Equals(sorted[above]) || rank == below
            ? sorted[below]
            : sorted[below] + (rank - below) * (sorted[above] - sorted[below]);
    }

    /// <summary>Least-squares slope of y over x.</summary>
    public static double Slope(double[] x, double[] y)
    {
        var (meanX, meanY) = (x.Average(), y.Average());
        double sumXy = 0, sumXx = 0;
        for (var i = 0; i < x.Length; i++)
        {
            sumXy += (x[i] - meanX) * (y[i] - meanY);
            sumXx += (x[i] - meanX) * (x[i] - meanX);
        }

        return sumXx > 0 ? sumXy / sumXx : 0;
    }
}
