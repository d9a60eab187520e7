using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Tutti.Server.Media.Flac;

/// <summary>
/// Partitioned Rice coding of residuals (RFC 9639 §9.2.7) with 4-bit parameters: finds how many partitions and which parameter for each,
/// tells the size beforehand, then writes. Holds one plan at a time.
/// </summary>
internal sealed class RiceCoding(int maxBlockSamples)
{
    private const int MaxPartitionOrder = 6;
    private const int MaxParameter = 14;
    private const int HeaderBits = 6;

    private readonly uint[] _folded = new uint[maxBlockSamples];
    private readonly ulong[] _sums = new ulong[1 << MaxPartitionOrder];
    private readonly byte[][] _parameters = [.. Enumerable.Range(0, MaxPartitionOrder + 1).Select(order => new byte[1 << order])];
    private int _blockSamples;
    private int _predictorOrder;
    private int _partitionOrder;

    /// <summary>
    /// Plans the coding of the residuals from <paramref name="predictorOrder"/> on.
    /// Answers an upper bound of their size in bits, rarely more than a thousandth above the true one.
    /// </summary>
    public long Plan(ReadOnlySpan<int> residuals, int predictorOrder)
    {
        _blockSamples = residuals.Length;
        _predictorOrder = predictorOrder;
        Fold(residuals);

        var highest = HighestPartitionOrder(residuals.Length, predictorOrder);
        SumPartitions(highest);
        var best = long.MaxValue;
        for (var order = highest; order >= 0; order--)
        {
            var bits = ChooseParameters(order);
            if (bits < best)
            {
                (best, _partitionOrder) = (bits, order);
            }
            for (var i = 0; order > 0 && i < 1 << (order - 1); i++)
            {
                _sums[i] = _sums[2 * i] + _sums[(2 * i) + 1];
            }
        }
        return best;
    }

    /// <summary>Writes what was planned last.</summary>
    public void Write(FlacBitWriter writer)
    {
        writer.Write(0, 2);
        writer.Write((uint)_partitionOrder, 4);
        var partitionSamples = _blockSamples >> _partitionOrder;
        var index = _predictorOrder;
        var parameters = _parameters[_partitionOrder];
        for (var partition = 0; partition < parameters.Length; partition++)
        {
            int parameter = parameters[partition];
            writer.Write((uint)parameter, 4);
            var end = (partition + 1) * partitionSamples;
            var stop = 1u << parameter;
            var mask = stop - 1;
            for (; index < end; index++)
            {
                var value = _folded[index];
                var quotient = value >> parameter;
                if (quotient + (uint)parameter < 32)
                {
                    writer.Write(stop | (value & mask), (int)quotient + 1 + parameter);
                }
                else
                {
                    writer.WriteZeros(quotient);
                    writer.Write(stop | (value & mask), 1 + parameter);
                }
            }
        }
    }

    // Negative and positive residuals take turns: 0, −1, 1, −2, 2 … become 0, 1, 2, 3, 4 …
    private void Fold(ReadOnlySpan<int> residuals)
    {
        ref var source = ref MemoryMarshal.GetReference(residuals);
        ref var target = ref MemoryMarshal.GetArrayDataReference(_folded);
        var i = 0;
        for (; i + Vector256<int>.Count <= residuals.Length; i += Vector256<int>.Count)
        {
            var value = Vector256.LoadUnsafe(ref source, (nuint)i);
            (Vector256.ShiftLeft(value, 1) ^ Vector256.ShiftRightArithmetic(value, 31)).AsUInt32().StoreUnsafe(ref target, (nuint)i);
        }
        for (; i < residuals.Length; i++)
        {
            _folded[i] = (uint)((residuals[i] << 1) ^ (residuals[i] >> 31));
        }
    }

    // Partitions must be equal in length, and the first must reach beyond the warm-up samples.
    private static int HighestPartitionOrder(int blockSamples, int predictorOrder)
    {
        var order = Math.Min(MaxPartitionOrder, BitOperations.TrailingZeroCount(blockSamples));
        while (order > 0 && blockSamples >> order <= predictorOrder)
        {
            order--;
        }
        return order;
    }

    private void SumPartitions(int order)
    {
        var partitionSamples = _blockSamples >> order;
        var index = _predictorOrder;
        for (var partition = 0; partition < 1 << order; partition++)
        {
            var sum = 0UL;
            for (var end = (partition + 1) * partitionSamples; index < end; index++)
            {
                sum += _folded[index];
            }
            _sums[partition] = sum;
        }
    }

    private long ChooseParameters(int order)
    {
        var total = (long)HeaderBits;
        var parameters = _parameters[order];
        for (var partition = 0; partition < parameters.Length; partition++)
        {
            var count = (ulong)((_blockSamples >> order) - (partition == 0 ? _predictorOrder : 0));
            var sum = _sums[partition];
            var guess = sum <= count ? 0 : Math.Min(MaxParameter, BitOperations.Log2(sum / count));
            var bits = Size(sum, count, guess);
            if (guess > 0 && Size(sum, count, guess - 1) is var fewer && fewer < bits)
            {
                (guess, bits) = (guess - 1, fewer);
            }
            parameters[partition] = (byte)guess;
            total += bits;
        }
        return total;
    }

    private static long Size(ulong sum, ulong count, int parameter) => 4 + (long)((count * (ulong)(parameter + 1)) + (sum >> parameter));
}
