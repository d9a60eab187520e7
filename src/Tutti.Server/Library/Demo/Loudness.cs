namespace Tutti.Server.Library.Demo;

/// <summary>Integrated loudness after ITU-R BS.1770-4: K-weighting, blocks of 400 ms every 100 ms, both gates. For stereo at 48 kHz.</summary>
internal static class Loudness
{
    private const int HopSamples = 4_800;
    private const double AbsoluteGate = -70;
    private const double RelativeGate = -10;

    /// <summary>Loudness in LUFS; negative infinity for silence.</summary>
    public static double Lufs(float[] left, float[] right)
    {
        var hops = HopPowers(left).Zip(HopPowers(right), (l, r) => l + r).ToArray();
        var blocks = new double[Math.Max(0, hops.Length - 3)];
        for (var i = 0; i < blocks.Length; i++)
        {
            blocks[i] = (hops[i] + hops[i + 1] + hops[i + 2] + hops[i + 3]) / 4;
        }
        var heard = blocks.Where(power => Level(power) > AbsoluteGate).DefaultIfEmpty(0).Average();
        return Level(blocks.Where(power => Level(power) > Math.Max(AbsoluteGate, Level(heard) + RelativeGate)).DefaultIfEmpty(0).Average());
    }

    private static double Level(double power) => -0.691 + (10 * Math.Log10(power));

    // The two filters of table 1 and 2 of the recommendation, in transposed direct form II.
    private static double[] HopPowers(float[] samples)
    {
        var powers = new double[samples.Length / HopSamples];
        double a1 = 0, a2 = 0, b1 = 0, b2 = 0;
        for (var i = 0; i < powers.Length * HopSamples; i++)
        {
            double x = samples[i];
            var shelf = (1.53512485958697 * x) + a1;
            a1 = (-2.69169618940638 * x) + (1.69065929318241 * shelf) + a2;
            a2 = (1.19839281085285 * x) - (0.73248077421585 * shelf);
            var high = shelf + b1;
            b1 = (-2 * shelf) + (1.99004745483398 * high) + b2;
            b2 = shelf - (0.99007225036621 * high);
            powers[i / HopSamples] += high * high / HopSamples;
        }
        return powers;
    }
}
