using System.Numerics;

namespace Tutti.SoundLab.Analysis;

/// <summary>
/// The discrete Fourier transform of one power-of-two size, radix 2, in place, not scaled (Cooley and Tukey 1965). Factors are kept: the
/// same size is wanted thousands of times.
/// </summary>
internal sealed class Spectrum
{
    private readonly Complex[] _factors;

    public Spectrum(int size)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(BitOperations.IsPow2(size), true);
        Size = size;
        _factors = new Complex[Math.Max(1, size / 2)];
        for (var i = 0; i < _factors.Length; i++)
        {
            _factors[i] = Complex.FromPolarCoordinates(1, -2 * Math.PI * i / size);
        }
    }

    public int Size { get; }

    public void Forward(Complex[] values)
    {
        Reorder(values);
        for (var half = 1; half < Size; half *= 2)
        {
            var stride = Size / (2 * half);
            for (var block = 0; block < Size; block += 2 * half)
            {
                var upper = values.AsSpan(block, half);
                var lower = values.AsSpan(block + half, half);
                for (var i = 0; i < half; i++)
                {
                    var (a, b, f) = (upper[i], lower[i], _factors[i * stride]);
                    var (re, im) = (b.Real * f.Real - b.Imaginary * f.Imaginary, b.Real * f.Imaginary + b.Imaginary * f.Real);
                    upper[i] = new Complex(a.Real + re, a.Imaginary + im);
                    lower[i] = new Complex(a.Real - re, a.Imaginary - im);
                }
            }
        }
    }

    /// <summary>The inverse, times <see cref="Size"/>.</summary>
    public void Inverse(Complex[] values)
    {
        Forward(values);
        Array.Reverse(values, 1, Size - 1);
    }

    private void Reorder(Complex[] values)
    {
        var shift = 32 - BitOperations.Log2((uint)Size);
        for (var i = 0; Size > 1 && i < Size; i++)
        {
            var mirrored = (int)(Reverse((uint)i) >> shift);
            if (mirrored > i)
            {
                (values[i], values[mirrored]) = (values[mirrored], values[i]);
            }
        }
    }

    private static uint Reverse(uint bits)
    {
        bits = ((bits & 0x55555555) << 1) | ((bits >> 1) & 0x55555555);
        bits = ((bits & 0x33333333) << 2) | ((bits >> 2) & 0x33333333);
        bits = ((bits & 0x0F0F0F0F) << 4) | ((bits >> 4) & 0x0F0F0F0F);
        return System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(bits);
    }
}
