using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Tutti.Server.Media.Flac;

/// <summary>
/// A linear predictor fitted to one block (RFC 9639 §9.2.6 and appendix D's advice): Welch window, autocorrelation,
/// Levinson–Durbin recursion (J. Durbin 1960, "The fitting of time-series models"), coefficients rounded to 12 bits with the rounding
/// error carried along. 12-bit coefficients, 17-bit samples and order ≤ 12 keep every sum within 32 bits, so residuals are exact in SIMD.
/// </summary>
/// <remarks>
/// Floating-point sums have a fixed lane order and no fused operations: the same block gives the same coefficients on every processor.
/// Holds scratch memory; use from one thread at a time.
/// </remarks>
internal sealed class LinearPrediction(int maxBlockSamples)
{
    public const int MaxOrder = 12;
    public const int CoefficientBits = 12;
    private const int MaxShift = 15;

    private readonly double[] _windowed = new double[maxBlockSamples + MaxOrder];
    private readonly double[] _window = new double[maxBlockSamples];
    private readonly int[] _coefficients = new int[MaxOrder];
    private readonly double[][] _byOrder = [.. Enumerable.Range(1, MaxOrder).Select(order => new double[order])];
    private int _windowLength;

    public int Order { get; private set; }

    /// <summary>Bits that the sum of products is shifted right by, 0–15.</summary>
    public int Shift { get; private set; }

    /// <summary>Weights of the samples 1, 2, … <see cref="Order"/> places back.</summary>
    public ReadOnlySpan<int> Coefficients => _coefficients.AsSpan(0, Order);

    /// <summary>Fits the predictor. False when the block is too short or too plain for one to be of use.</summary>
    public bool Fit(ReadOnlySpan<int> samples, int bitsPerSample)
    {
        if (samples.Length < 4 * MaxOrder)
        {
            return false;
        }
        Span<double> correlation = stackalloc double[MaxOrder + 1];
        Autocorrelate(samples, correlation);
        if (correlation[0] <= 0)
        {
            return false;
        }
        Order = Levinson(correlation, samples.Length, bitsPerSample);
        return Order > 0 && Quantise(_byOrder[Order - 1]);
    }

    /// <summary>Writes the residuals of samples <see cref="Order"/>… into the same places of <paramref name="residuals"/>.</summary>
    public void Residuals(ReadOnlySpan<int> samples, Span<int> residuals)
    {
        ref var x = ref MemoryMarshal.GetReference(samples);
        ref var target = ref MemoryMarshal.GetReference(residuals);
        var i = Order;
        for (; i + Vector256<int>.Count <= samples.Length; i += Vector256<int>.Count)
        {
            var sum = Vector256<int>.Zero;
            for (var j = 0; j < Order; j++)
            {
                sum += Vector256.LoadUnsafe(ref x, (nuint)(i - 1 - j)) * _coefficients[j];
            }
            (Vector256.LoadUnsafe(ref x, (nuint)i) - Vector256.ShiftRightArithmetic(sum, Shift)).StoreUnsafe(ref target, (nuint)i);
        }
        for (; i < samples.Length; i++)
        {
            var sum = 0;
            for (var j = 0; j < Order; j++)
            {
                sum += samples[i - 1 - j] * _coefficients[j];
            }
            residuals[i] = samples[i] - (sum >> Shift);
        }
    }

    private void Autocorrelate(ReadOnlySpan<int> samples, Span<double> correlation)
    {
        BuildWindow(samples.Length);
        for (var i = 0; i < samples.Length; i++)
        {
            _windowed[MaxOrder + i] = samples[i] * _window[i];
        }
        // The places before the block are zero, so that every lag runs over the whole block.
        ref var x = ref _windowed[0];
        for (var lag = 0; lag <= MaxOrder; lag++)
        {
            var even = Vector256<double>.Zero;
            var odd = even;
            var i = MaxOrder;
            var end = MaxOrder + samples.Length;
            for (; i + 8 <= end; i += 8)
            {
                even += Vector256.LoadUnsafe(ref x, (nuint)i) * Vector256.LoadUnsafe(ref x, (nuint)(i - lag));
                odd += Vector256.LoadUnsafe(ref x, (nuint)(i + 4)) * Vector256.LoadUnsafe(ref x, (nuint)(i + 4 - lag));
            }
            var lanes = even + odd;
            var sum = lanes[0] + lanes[1] + (lanes[2] + lanes[3]);
            for (; i < end; i++)
            {
                sum += _windowed[i] * _windowed[i - lag];
            }
            correlation[lag] = sum;
        }
    }

    private void BuildWindow(int length)
    {
        if (_windowLength == length)
        {
            return;
        }
        var centre = (length - 1) / 2.0;
        for (var i = 0; i < length; i++)
        {
            var distance = (i - centre) / centre;
            _window[i] = 1 - (distance * distance);
        }
        _windowLength = length;
    }

    // Fits every order up to the highest and answers the one with the least expected size.
    private int Levinson(ReadOnlySpan<double> correlation, int samples, int bitsPerSample)
    {
        Span<double> weights = stackalloc double[MaxOrder];
        Span<double> before = stackalloc double[MaxOrder];
        weights.Clear();
        var error = correlation[0];
        var bestOrder = 0;
        var bestBits = double.MaxValue;
        for (var order = 1; order <= MaxOrder; order++)
        {
            var reflection = correlation[order];
            for (var j = 0; j < order - 1; j++)
            {
                reflection -= weights[j] * correlation[order - 1 - j];
            }
            reflection /= error;
            weights.CopyTo(before);
            weights[order - 1] = reflection;
            for (var j = 0; j < order - 1; j++)
            {
                weights[j] = before[j] - (reflection * before[order - 2 - j]);
            }
            error *= 1 - (reflection * reflection);
            weights[..order].CopyTo(_byOrder[order - 1]);

            // The window's power (8/15) relates the error to the power of real residuals; ½·log₂ of it are bits a sample.
            var bits = (samples * 0.5 * Math.Log2(Math.Max(error * 15 / (8.0 * samples), 1e-3))) + (order * (bitsPerSample + CoefficientBits));
            if (bits < bestBits)
            {
                (bestOrder, bestBits) = (order, bits);
            }
            if (!(error > 0))
            {
                break;
            }
        }
        return bestOrder;
    }

    private bool Quantise(ReadOnlySpan<double> weights)
    {
        var largest = 0.0;
        foreach (var weight in weights)
        {
            largest = Math.Max(largest, Math.Abs(weight));
        }
        if (!(largest > 0) || !double.IsFinite(largest))
        {
            return false;
        }
        Shift = Math.Min(MaxShift, CoefficientBits - 2 - Math.ILogB(largest));
        if (Shift < 0)
        {
            return false;
        }
        const int limit = (1 << (CoefficientBits - 1)) - 1;
        var carried = 0.0;
        for (var j = 0; j < weights.Length; j++)
        {
            carried += weights[j] * (1 << Shift);
            var rounded = Math.Clamp((int)Math.Round(carried), -limit, limit);
            carried -= rounded;
            _coefficients[j] = rounded;
        }
        return true;
    }
}
