namespace Tutti.Server.Library.Demo;

/// <summary>
/// A small hall: eight damped delay lines that feed each other through a Householder matrix
/// (J.-M. Jot and A. Chaigne, "Digital Delay Networks for Designing Artificial Reverberators", 1991).
/// </summary>
internal sealed class Reverb
{
    private const double DecaySeconds = 1.9;
    private static readonly int[] s_delays = [1423, 1693, 1973, 2251, 2557, 2903, 3253, 3607];

    private readonly float[][] _lines = [.. s_delays.Select(delay => new float[delay])];
    private readonly float[] _decay = [.. s_delays.Select(delay => (float)Math.Pow(0.001, delay / (DecaySeconds * Instruments.SampleRate)))];
    private readonly float[] _damped = new float[s_delays.Length];
    private readonly int[] _at = new int[s_delays.Length];

    /// <summary>Adds the hall to both sides.</summary>
    public void Apply(float[] left, float[] right, float share)
    {
        Span<float> heard = stackalloc float[s_delays.Length];
        for (var i = 0; i < left.Length; i++)
        {
            var sum = 0f;
            for (var line = 0; line < heard.Length; line++)
            {
                // A one-pole filter takes the treble away with each round, as air and curtains do.
                _damped[line] += 0.62f * (_lines[line][_at[line]] - _damped[line]);
                heard[line] = _damped[line] * _decay[line];
                sum += heard[line];
            }
            sum *= 2f / s_delays.Length;
            float wetLeft = 0, wetRight = 0;
            for (var line = 0; line < heard.Length; line++)
            {
                var fresh = (line & 1) == 0 ? left[i] : right[i];
                _lines[line][_at[line]] = fresh + heard[line] - sum;
                _at[line] = _at[line] + 1 == s_delays[line] ? 0 : _at[line] + 1;
                if ((line & 1) == 0)
                {
                    wetLeft += (line & 2) == 0 ? heard[line] : -heard[line];
                }
                else
                {
                    wetRight += (line & 2) == 0 ? heard[line] : -heard[line];
                }
            }
            left[i] += share * wetLeft;
            right[i] += share * wetRight;
        }
    }
}
