using System.Numerics;

namespace Tutti.SoundLab.Analysis;

/// <summary>Where a probe was found: its first sample's place in the haystack, with fraction, and the correlation there (1 = the very same).</summary>
internal readonly record struct Match(double Place, double Height)
{
    public static Match None => new(double.NaN, 0);
}

/// <summary>
/// Finds a piece of sound in a longer one: normalised cross-correlation by FFT, its peak to about a hundredth of a sample.
/// Holds its work space: use one per thread.
/// </summary>
internal sealed class Correlator
{
    // The correlation is band-limited to 6 kHz, an eighth of the sample rate: a short kernel interpolates it well.
    private const int KernelReach = 10;

    private readonly Dictionary<int, Spectrum> _spectra = [];
    private Complex[] _work = [];
    private double[] _heights = [];

    /// <summary>The best place of <paramref name="probe"/> wholly inside <paramref name="haystack"/>, or <see cref="Match.None"/>.</summary>
    public Match Find(ReadOnlySpan<float> probe, ReadOnlySpan<float> haystack)
    {
        var places = haystack.Length - probe.Length + 1;
        var probeNorm = Math.Sqrt(Energy(probe));
        if (places < 1 || probeNorm < 1e-9)
        {
            return Match.None;
        }

        Correlate(probe, haystack);
        Normalise(haystack, probe.Length, places, probeNorm);
        var best = 0;
        for (var place = 1; place < places; place++)
        {
            if (_heights[place] > _heights[best])
            {
                best = place;
            }
        }

        return new Match(Refine(best, places), _heights[best]);
    }

    // Two real signals go through one complex transform; even and odd symmetry part them again.
    private void Correlate(ReadOnlySpan<float> probe, ReadOnlySpan<float> haystack)
    {
        var size = (int)BitOperations.RoundUpToPowerOf2((uint)haystack.Length);
        if (_work.Length != size)
        {
            _work = new Complex[size];
        }

        if (!_spectra.TryGetValue(size, out var spectrum))
        {
            _spectra[size] = spectrum = new Spectrum(size);
        }

        for (var i = 0; i < size; i++)
        {
            _work[i] = new Complex(i < haystack.Length ? haystack[i] : 0, i < probe.Length ? probe[i] : 0);
        }

        spectrum.Forward(_work);
        for (var k = 0; k <= size / 2; k++)
        {
            var mirror = (size - k) & (size - 1);
            var (here, there) = (_work[k], Complex.Conjugate(_work[mirror]));
            var product = (here + there) / 2 * Complex.Conjugate((here - there) / new Complex(0, 2));
            _work[k] = product;
            _work[mirror] = Complex.Conjugate(product);
        }

        spectrum.Inverse(_work);
    }

    private void Normalise(ReadOnlySpan<float> haystack, int probeLength, int places, double probeNorm)
    {
        if (_heights.Length < places)
        {
            _heights = new double[places];
        }

        var energy = Energy(haystack[..probeLength]);
        for (var place = 0; place < places; place++)
        {
            _heights[place] = _work[place].Real / _work.Length / (probeNorm * Math.Sqrt(Math.Max(energy, 1e-9)));
            if (place + 1 < places)
            {
                energy += Square(haystack[place + probeLength]) - Square(haystack[place]);
            }
        }
    }

    private double Refine(int best, int places)
    {
        if (best < 1 || best >= places - 1)
        {
            return best;
        }

        var place = best + Vertex(_heights[best - 1], _heights[best], _heights[best + 1]);
        if (best < KernelReach + 1 || best >= places - KernelReach - 1)
        {
            return place;
        }

        foreach (var step in (ReadOnlySpan<double>)[0.125, 0.03125])
        {
            place += step * Vertex(HeightAt(place - step), HeightAt(place), HeightAt(place + step));
        }

        return place;
    }

    private double HeightAt(double place)
    {
        var middle = (int)Math.Round(place);
        var sum = 0.0;
        for (var i = middle - KernelReach; i <= middle + KernelReach; i++)
        {
            sum += _heights[i] * WindowedSinc.At(place - i, KernelReach + 1);
        }

        return sum;
    }

    /// <summary>Where the parabola through three equidistant heights has its top, in steps from the middle one.</summary>
    private static double Vertex(double left, double middle, double right)
    {
        var bend = left - 2 * middle + right;
        return bend < 0 ? Math.Clamp(0.5 * (left - right) / bend, -1, 1) : 0;
    }

    private static double Energy(ReadOnlySpan<float> sound)
    {
        var sum = 0.0;
        foreach (var sample in sound)
        {
            sum += Square(sample);
        }

        return sum;
    }

    private static double Square(double value) => value * value;
}
