using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Tutti.Server.Media.Flac;

/// <summary>
/// The fixed predictors of orders 0 to 4 (RFC 9639 §9.2.5): the residual of order p is the p-th difference of the samples.
/// Integer arithmetic only, so results are the same on every processor.
/// </summary>
internal static class FixedPrediction
{
    public const int MaxOrder = 4;

    /// <summary>Finds the order whose residuals have the least sum of magnitudes, and that sum.</summary>
    /// <param name="samples">At most 17-bit samples, at most 8,192 of them (the sums are kept in 32 bits a lane).</param>
    public static (int Order, ulong MagnitudeSum) BestOrder(ReadOnlySpan<int> samples)
    {
        Span<ulong> sums = stackalloc ulong[MaxOrder + 1];
        sums.Clear();
        ref var x = ref MemoryMarshal.GetReference(samples);
        var i = MaxOrder;
        var s0 = Vector256<int>.Zero;
        var s1 = s0;
        var s2 = s0;
        var s3 = s0;
        var s4 = s0;
        for (; i + Vector256<int>.Count <= samples.Length; i += Vector256<int>.Count)
        {
            var a = Load(ref x, i);
            var b = Load(ref x, i - 1);
            var c = Load(ref x, i - 2);
            var d = Load(ref x, i - 3);
            var e = Load(ref x, i - 4);
            var ab = a - b;
            var bc = b - c;
            var cd = c - d;
            var abc = ab - bc;
            var bcd = bc - cd;
            var abcd = abc - bcd;
            s0 += Vector256.Abs(a);
            s1 += Vector256.Abs(ab);
            s2 += Vector256.Abs(abc);
            s3 += Vector256.Abs(abcd);
            s4 += Vector256.Abs(abcd - (bcd - (cd - (d - e))));
        }
        sums[0] = Sum(s0);
        sums[1] = Sum(s1);
        sums[2] = Sum(s2);
        sums[3] = Sum(s3);
        sums[4] = Sum(s4);
        for (; i < samples.Length; i++)
        {
            for (var order = 0; order <= MaxOrder; order++)
            {
                sums[order] += (ulong)Math.Abs(Residual(samples, i, order));
            }
        }

        var best = 0;
        for (var order = 1; order <= Math.Min(MaxOrder, samples.Length - 1); order++)
        {
            if (sums[order] < sums[best])
            {
                best = order;
            }
        }
        return (best, sums[best]);
    }

    /// <summary>Writes the residuals of samples <paramref name="order"/>… into the same places of <paramref name="residuals"/>.</summary>
    public static void Residuals(ReadOnlySpan<int> samples, int order, Span<int> residuals)
    {
        for (var i = order; i < samples.Length; i++)
        {
            residuals[i] = Residual(samples, i, order);
        }
    }

    private static int Residual(ReadOnlySpan<int> x, int i, int order) => order switch
    {
        0 => x[i],
        1 => x[i] - x[i - 1],
        2 => x[i] - (2 * x[i - 1]) + x[i - 2],
        3 => x[i] - (3 * x[i - 1]) + (3 * x[i - 2]) - x[i - 3],
        _ => x[i] - (4 * x[i - 1]) + (6 * x[i - 2]) - (4 * x[i - 3]) + x[i - 4],
    };

    private static Vector256<int> Load(ref int x, int index) => Vector256.LoadUnsafe(ref x, (nuint)index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Sum(Vector256<int> lanes)
    {
        var (low, high) = Vector256.Widen(lanes.AsUInt32());
        return Vector256.Sum(low + high);
    }
}
