namespace Tutti.SoundLab.Signals;

/// <summary>
/// Normally distributed noise from a seed: SplitMix64 (Steele, Lea, Flood 2014) through the Box–Muller transform. The same seed gives
/// the same noise on every run, which <see cref="Random"/> does not promise across runtime versions.
/// </summary>
internal sealed class NoiseSource(ulong seed)
{
    private ulong _state = seed;
    private double? _spare;

    /// <summary>A sample of mean 0 and deviation 1.</summary>
    public double Next()
    {
        if (_spare is { } kept)
        {
            _spare = null;
            return kept;
        }

        var radius = Math.Sqrt(-2 * Math.Log(1 - Uniform()));
        var (sin, cos) = Math.SinCos(2 * Math.PI * Uniform());
        _spare = radius * sin;
        return radius * cos;
    }

    /// <summary>In [0, 1), 53 bits.</summary>
    public double Uniform()
    {
        _state += 0x9E3779B97F4A7C15;
        var mixed = _state;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return ((mixed ^ (mixed >> 31)) >> 11) * (1.0 / (1UL << 53));
    }
}
