namespace Tutti.SoundLab.Analysis;

/// <summary>Band-limited interpolation: sin(πx)/(πx) under a Hann window.</summary>
internal static class WindowedSinc
{
    /// <param name="x">Distance in samples.</param>
    /// <param name="reach">Distance from which on the kernel is zero.</param>
    public static double At(double x, int reach)
    {
        if (Math.Abs(x) >= reach)
        {
            return 0;
        }

        var angle = Math.PI * x;
        var sinc = Math.Abs(angle) < 1e-9 ? 1 : Math.Sin(angle) / angle;
        return sinc * 0.5 * (1 + Math.Cos(angle / reach));
    }

    /// <summary>
    /// <paramref name="sound"/> read at <c>first + i × step</c> for i from 0 to <paramref name="length"/> − 1; silence outside.
    /// A step of exactly 1 from a whole place copies.
    /// </summary>
    public static float[] Resample(ReadOnlySpan<float> sound, double first, double step, int length)
    {
        const int Reach = 16;
        var result = new float[length];
        for (var i = 0; i < length; i++)
        {
            var place = first + i * step;
            var middle = (int)Math.Round(place);
            if (Math.Abs(place - middle) < 1e-9)
            {
                result[i] = middle >= 0 && middle < sound.Length ? sound[middle] : 0;
                continue;
            }

            var sum = 0.0;
            for (var n = Math.Max(0, middle - Reach); n <= Math.Min(sound.Length - 1, middle + Reach); n++)
            {
                sum += sound[n] * At(place - n, Reach + 1);
            }

            result[i] = (float)sum;
        }

        return result;
    }
}
