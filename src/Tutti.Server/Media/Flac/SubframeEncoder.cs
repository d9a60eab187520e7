using System.Numerics;

namespace Tutti.Server.Media.Flac;

/// <summary>
/// Encodes one channel of one block in the shortest of the four ways (RFC 9639 §9.2): constant, verbatim, fixed or linear prediction.
/// </summary>
internal sealed class SubframeEncoder
{
    private readonly LinearPrediction _linear;
    private readonly RiceCoding _linearCoding;
    private readonly RiceCoding _fixedCoding;
    private readonly int[] _residuals;

    public SubframeEncoder(int maxBlockSamples)
    {
        _linear = new LinearPrediction(maxBlockSamples);
        _linearCoding = new RiceCoding(maxBlockSamples);
        _fixedCoding = new RiceCoding(maxBlockSamples);
        _residuals = new int[maxBlockSamples];
    }

    /// <summary>A quick guess of the encoded size in bits, good enough to choose how to decorrelate two channels.</summary>
    public static long Estimate(ReadOnlySpan<int> samples, int bitsPerSample)
    {
        var (_, sum) = FixedPrediction.BestOrder(samples);
        var count = (ulong)samples.Length;
        var parameter = sum <= count ? 0 : BitOperations.Log2(sum / count) + 1;
        return (long)Math.Min(count * (ulong)bitsPerSample, (count * (ulong)(parameter + 1)) + ((2 * sum) >> parameter));
    }

    /// <summary>Appends the subframe.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="samples">1 to the block size given at construction.</param>
    /// <param name="bitsPerSample">16, or 17 for a difference of two channels.</param>
    public void Encode(FlacBitWriter writer, ReadOnlySpan<int> samples, int bitsPerSample)
    {
        var verbatimBits = (long)samples.Length * bitsPerSample;
        writer.Reserve((int)(verbatimBits / 4) + 64);
        if (samples.IndexOfAnyExcept(samples[0]) < 0)
        {
            writer.Write(0b0_000000_0, 8);
            writer.WriteSigned(samples[0], bitsPerSample);
            return;
        }

        var residuals = _residuals.AsSpan(0, samples.Length);
        var (fixedOrder, _) = FixedPrediction.BestOrder(samples);
        FixedPrediction.Residuals(samples, fixedOrder, residuals);
        var fixedBits = (fixedOrder * bitsPerSample) + _fixedCoding.Plan(residuals, fixedOrder);

        var linearBits = long.MaxValue;
        if (_linear.Fit(samples, bitsPerSample))
        {
            _linear.Residuals(samples, residuals);
            linearBits = 9 + (_linear.Order * (bitsPerSample + LinearPrediction.CoefficientBits)) + _linearCoding.Plan(residuals, _linear.Order);
        }

        if (verbatimBits <= Math.Min(fixedBits, linearBits))
        {
            writer.Write(0b0_000001_0, 8);
            WriteWarmUp(writer, samples, bitsPerSample);
        }
        else if (fixedBits <= linearBits)
        {
            writer.Write((uint)(0b0_001000_0 | (fixedOrder << 1)), 8);
            WriteWarmUp(writer, samples[..fixedOrder], bitsPerSample);
            _fixedCoding.Write(writer);
        }
        else
        {
            writer.Write((uint)(0b0_100000_0 | ((_linear.Order - 1) << 1)), 8);
            WriteWarmUp(writer, samples[.._linear.Order], bitsPerSample);
            writer.Write(LinearPrediction.CoefficientBits - 1, 4);
            writer.WriteSigned(_linear.Shift, 5);
            foreach (var coefficient in _linear.Coefficients)
            {
                writer.WriteSigned(coefficient, LinearPrediction.CoefficientBits);
            }
            _linearCoding.Write(writer);
        }
    }

    private static void WriteWarmUp(FlacBitWriter writer, ReadOnlySpan<int> samples, int bitsPerSample)
    {
        foreach (var sample in samples)
        {
            writer.WriteSigned(sample, bitsPerSample);
        }
    }
}
