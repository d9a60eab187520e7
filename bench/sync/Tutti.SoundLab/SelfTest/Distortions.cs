using System.Numerics;
using Tutti.SoundLab.Analysis;

namespace Tutti.SoundLab.SelfTest;

/// <summary>Makes a second player of a first one, wrong by a known amount.</summary>
internal static class Distortions
{
    /// <summary>
    /// Later by so many samples, exactly: the phase of the whole signal's spectrum is turned. (Not by the interpolation that the analyser
    /// uses, which would hide that one's errors.)
    /// </summary>
    public static float[] Delay(float[] sound, double samples)
    {
        var size = (int)BitOperations.RoundUpToPowerOf2((uint)(sound.Length + Math.Ceiling(samples)));
        var spectrum = new Complex[size];
        for (var i = 0; i < sound.Length; i++)
        {
            spectrum[i] = sound[i];
        }

        Spectrum transform = new(size);
        transform.Forward(spectrum);
        for (var k = 0; k < size; k++)
        {
            var frequency = k <= size / 2 ? k : k - size;
            spectrum[k] *= Complex.FromPolarCoordinates(1.0 / size, -2 * Math.PI * frequency * samples / size);
        }

        transform.Inverse(spectrum);
        return [.. spectrum.Take(sound.Length).Select(value => (float)value.Real)];
    }

    public static float[] Silence(float[] sound, int from, int length)
    {
        var result = (float[])sound.Clone();
        result.AsSpan(from, length).Clear();
        return result;
    }

    /// <summary>From a sample on, everything is early by so many samples.</summary>
    public static float[] Skip(float[] sound, int at, int samples)
    {
        var result = (float[])sound.Clone();
        sound.AsSpan(at + samples).CopyTo(result.AsSpan(at));
        result.AsSpan(sound.Length - samples).Clear();
        return result;
    }
}
