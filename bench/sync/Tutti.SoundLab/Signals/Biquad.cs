namespace Tutti.SoundLab.Signals;

/// <summary>
/// One second-order filter section. Coefficients after R. Bristow-Johnson, "Cookbook formulae for audio EQ biquad filter
/// coefficients"; run in direct form II transposed.
/// </summary>
internal sealed class Biquad
{
    private readonly double b0, b1, b2, a1, _a2;
    private double z1, _z2;

    private Biquad(double b0, double b1, double b2, double a0, double a1, double a2) =>
        (this.b0, this.b1, this.b2, this.a1, _a2) = (b0 / a0, b1 / a0, b2 / a0, a1 / a0, a2 / a0);

    /// <param name="cornerHertz">−3 dB point, below half of <paramref name="sampleRate"/>.</param>
    public static Biquad LowPass(double cornerHertz, double quality, int sampleRate)
    {
        var (cos, alpha) = Angle(cornerHertz, quality, sampleRate);
        return new Biquad((1 - cos) / 2, 1 - cos, (1 - cos) / 2, 1 + alpha, -2 * cos, 1 - alpha);
    }

    /// <inheritdoc cref="LowPass"/>
    public static Biquad HighPass(double cornerHertz, double quality, int sampleRate)
    {
        var (cos, alpha) = Angle(cornerHertz, quality, sampleRate);
        return new Biquad((1 + cos) / 2, -(1 + cos), (1 + cos) / 2, 1 + alpha, -2 * cos, 1 - alpha);
    }

    public double Step(double input)
    {
        var output = b0 * input + z1;
        z1 = b1 * input - a1 * output + _z2;
        _z2 = b2 * input - _a2 * output;
        return output;
    }

    private static (double Cos, double Alpha) Angle(double cornerHertz, double quality, int sampleRate)
    {
        var angle = 2 * Math.PI * cornerHertz / sampleRate;
        return (Math.Cos(angle), Math.Sin(angle) / (2 * quality));
    }
}
