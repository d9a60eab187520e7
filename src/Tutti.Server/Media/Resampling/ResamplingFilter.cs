using System.Collections.Concurrent;

namespace Tutti.Server.Media.Resampling;

/// <summary>
/// A polyphase filter from one sample rate to 48 kHz: a sinc, cut off at 97.5 % of the lower of the two half rates, in a Kaiser window
/// (β = 12: what is not sound stays 120 dB down). One set of taps for each place that an output sample can have between two of the input.
/// </summary>
internal sealed class ResamplingFilter
{
    private const int TapsAtFullRate = 128;
    private const double Cutoff = 0.975;
    private const double KaiserBeta = 12;

    private static readonly ConcurrentDictionary<int, Lazy<ResamplingFilter>> s_known = new();

    private readonly float[][] _phases;

    private ResamplingFilter(int rate)
    {
        var common = Gcd(rate, SegmentFormat.SampleRate);
        (Up, Down) = (SegmentFormat.SampleRate / common, rate / common);
        var factor = Math.Min(1.0, SegmentFormat.SampleRate / (double)rate);
        // A multiple of eight, so that taps fill whole vectors.
        Taps = (int)Math.Ceiling(TapsAtFullRate / factor / 8) * 8;
        _phases = new float[Up][];
        Parallel.For(0, Up, phase => _phases[phase] = Design(Taps, factor * Cutoff, phase / (double)Up));
    }

    /// <summary>Output samples of every <see cref="Down"/> of the input.</summary>
    public int Up { get; }

    public int Down { get; }

    /// <summary>Input samples that one of the output is made of, half of them before it.</summary>
    public int Taps { get; }

    public static ResamplingFilter From(int rate) => s_known.GetOrAdd(rate, key => new Lazy<ResamplingFilter>(() => new ResamplingFilter(key))).Value;

    public ReadOnlySpan<float> Phase(int phase) => _phases[phase];

    // Tap k stands on the input sample (k − taps/2 + 1) after the one at or before the output's place.
    private static float[] Design(int taps, double cutoff, double place)
    {
        var weights = new double[taps];
        var half = taps / 2.0;
        for (var k = 0; k < taps; k++)
        {
            var distance = k - half + 1 - place;
            var x = Math.PI * cutoff * distance;
            var sinc = Math.Abs(x) < 1e-9 ? 1 : Math.Sin(x) / x;
            var inside = 1 - (distance / half * (distance / half));
            weights[k] = inside <= 0 ? 0 : sinc * Bessel0(KaiserBeta * Math.Sqrt(inside));
        }
        var sum = weights.Sum();
        return [.. weights.Select(weight => (float)(weight / sum))];
    }

    // The modified Bessel function of order 0, by its series (Abramowitz and Stegun, 9.6.12).
    private static double Bessel0(double x)
    {
        var (sum, term) = (1.0, 1.0);
        for (var k = 1; term > sum * 1e-17; k++)
        {
            term *= x * x / (4.0 * k * k);
            sum += term;
        }
        return sum;
    }

    private static int Gcd(int a, int b) => b == 0 ? a : Gcd(b, a % b);
}
