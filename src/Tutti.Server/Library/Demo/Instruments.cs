namespace Tutti.Server.Library.Demo;

/// <summary>
/// The sound of single notes, mono at 48 kHz, about −1 to 1. Every note starts and ends at zero. Sources: plucked strings after
/// K. Karplus and A. Strong, "Digital Synthesis of Plucked-String and Drum Timbres" (1983) with the fractional tuning of D. Jaffe and
/// J. Smith (1983); bells and keys by frequency modulation, J. Chowning (1973); the rest is additive.
/// </summary>
internal static class Instruments
{
    public const int SampleRate = 48_000;
    private const double Tau = 2 * Math.PI;

    /// <summary>Plays one note.</summary>
    /// <param name="timbre">Which instrument.</param>
    /// <param name="pitch">As MIDI counts, 69 = 440 Hz.</param>
    /// <param name="seconds">How long it is held; it rings on after.</param>
    /// <param name="strength">0–1; stronger is louder and brighter.</param>
    public static float[] Play(Timbre timbre, int pitch, double seconds, double strength)
    {
        var hertz = 440 * Math.Pow(2, (pitch - 69) / 12.0);
        var seed = (uint)((pitch * 7919) + (int)(strength * 1000));
        return timbre switch
        {
            Timbre.Pluck => Pluck(hertz, Math.Max(seconds, 1.6), strength, seed),
            Timbre.Bell => Tones(2.6, 0.002, 0.4, t =>
                (Math.Exp(-1.7 * t) * Math.Sin((Tau * hertz * t) + (2.2 * strength * Math.Exp(-3.2 * t) * Math.Sin(Tau * hertz * 3.5 * t))))
                + (0.25 * Math.Exp(-4 * t) * Math.Sin(Tau * hertz * 2.003 * t)), 0.5 * strength),
            Timbre.Keys => Tones(seconds + 0.35, 0.003, 0.3, t =>
                Math.Exp(-1.3 * t) * Math.Sin((Tau * hertz * t) + (1.5 * strength * Math.Exp(-2.2 * t) * Math.Sin(Tau * hertz * t))
                    + (0.35 * strength * Math.Exp(-9 * t) * Math.Sin(Tau * hertz * 9 * t))), 0.55 * strength),
            Timbre.Bass => Tones(seconds + 0.08, 0.006, 0.08, t =>
                Math.Exp(-0.9 * t) * (Math.Sin(Tau * hertz * t) + (0.45 * Math.Exp(-2 * t) * Math.Sin(2 * Tau * hertz * t))
                    + (0.22 * Math.Exp(-4 * t) * Math.Sin(3 * Tau * hertz * t))), 0.6 * strength),
            Timbre.Pad => Pad(hertz, seconds, strength),
            Timbre.Flute => Flute(hertz, seconds, strength, seed),
            Timbre.Kick => Tones(0.35, 0.002, 0.05, t => Math.Exp(-9 * t) * Math.Sin(Tau * ((48 * t) + (3.2 * (1 - Math.Exp(-28 * t))))), 0.9 * strength),
            Timbre.Brush => Brush(strength, seed),
            _ => throw new ArgumentOutOfRangeException(nameof(timbre)),
        };
    }

    private static float[] Pluck(double hertz, double seconds, double strength, uint seed)
    {
        var period = SampleRate / hertz;
        // The averaging in the loop delays by half a sample; an all-pass filter makes up what a whole number of samples leaves over.
        var whole = (int)(period - 0.5 - 0.3);
        var rest = period - 0.5 - whole;
        var allPass = (1 - rest) / (1 + rest);
        var string_ = new double[whole];
        var noise = new Noise(seed);
        var soft = 0.0;
        for (var i = 0; i < whole; i++)
        {
            soft += (0.25 + (0.6 * strength)) * (noise.Next() - soft);
            string_[i] = soft;
        }
        var mean = string_.Average();
        var loss = Math.Pow(0.001, 1 / (hertz * Math.Clamp(5.5 - (hertz / 400), 1.2, 5)));
        var sound = new float[(int)(seconds * SampleRate)];
        double last = 0, lastIn = 0, lastOut = 0;
        for (var i = 0; i < sound.Length; i++)
        {
            var now = string_[i % whole] - (i < whole ? mean : 0);
            var averaged = loss * 0.5 * (now + last);
            last = now;
            lastOut = (allPass * (averaged - lastOut)) + lastIn;
            lastIn = averaged;
            string_[i % whole] = lastOut;
            sound[i] = (float)(now * strength * 1.5);
        }
        return Shape(sound, 0.0015, 0.25);
    }

    private static float[] Pad(double hertz, double seconds, double strength)
    {
        var sound = new float[(int)((seconds + 1.2) * SampleRate)];
        foreach (var (detune, level) in new[] { (0.9975, 0.5), (1.0, 0.6), (1.0027, 0.5) })
        {
            for (var harmonic = 1; harmonic <= 6 && hertz * harmonic < 9000; harmonic++)
            {
                var tone = new Oscillator(hertz * detune * harmonic, harmonic * detune);
                var gain = level * strength * 0.3 / Math.Pow(harmonic, 1.7);
                for (var i = 0; i < sound.Length; i++)
                {
                    sound[i] += (float)(gain * tone.Next());
                }
            }
        }
        return Shape(sound, Math.Min(0.7, seconds * 0.4), 1.2);
    }

    private static float[] Flute(double hertz, double seconds, double strength, uint seed)
    {
        var sound = new float[(int)((seconds + 0.18) * SampleRate)];
        var noise = new Noise(seed);
        double phase = 0, breath = 0;
        for (var i = 0; i < sound.Length; i++)
        {
            var t = i / (double)SampleRate;
            var vibrato = Math.Min(1, Math.Max(0, (t - 0.25) / 0.5));
            phase += Tau * hertz * (1 + (0.0035 * vibrato * Math.Sin(Tau * 5.1 * t))) / SampleRate;
            breath += 0.12 * (noise.Next() - breath);
            var level = strength * (1 + (0.05 * vibrato * Math.Sin(Tau * 5.1 * t)));
            sound[i] = (float)(0.5 * level * (Math.Sin(phase) + (0.28 * strength * Math.Sin(2 * phase)) + (0.12 * Math.Sin(3 * phase))
                + (0.05 * strength * Math.Sin(4 * phase)) + (0.05 * breath)));
        }
        return Shape(sound, 0.06, 0.16);
    }

    private static float[] Brush(double strength, uint seed)
    {
        var sound = new float[(int)(0.16 * SampleRate)];
        var noise = new Noise(seed);
        double low = 0, lower = 0;
        for (var i = 0; i < sound.Length; i++)
        {
            var now = noise.Next();
            low += 0.55 * (now - low);
            lower += 0.25 * (now - lower);
            sound[i] = (float)(0.5 * strength * Math.Exp(-26.0 * i / SampleRate) * (low - lower));
        }
        return Shape(sound, 0.004, 0.05);
    }

    private static float[] Tones(double seconds, double attackSeconds, double releaseSeconds, Func<double, double> at, double gain)
    {
        var sound = new float[(int)(seconds * SampleRate)];
        for (var i = 0; i < sound.Length; i++)
        {
            sound[i] = (float)(gain * at(i / (double)SampleRate));
        }
        return Shape(sound, attackSeconds, releaseSeconds);
    }

    // Raised cosines at both ends: no step, so no click.
    private static float[] Shape(float[] sound, double attackSeconds, double releaseSeconds)
    {
        var attack = Math.Min(sound.Length / 2, (int)(attackSeconds * SampleRate));
        var release = Math.Min(sound.Length / 2, (int)(releaseSeconds * SampleRate));
        for (var i = 0; i < attack; i++)
        {
            sound[i] *= (float)(0.5 - (0.5 * Math.Cos(Math.PI * i / attack)));
        }
        for (var i = 0; i < release; i++)
        {
            sound[^(i + 1)] *= (float)(0.5 - (0.5 * Math.Cos(Math.PI * i / release)));
        }
        return sound;
    }

    // A sine by rotation: one multiplication pair a sample instead of a call.
    private struct Oscillator(double hertz, double phase)
    {
        private readonly double _turn = 2 * Math.Cos(Tau * hertz / SampleRate);
        private double _now = Math.Sin(phase);
        private double _before = Math.Sin(phase - (Tau * hertz / SampleRate));

        public double Next()
        {
            var value = _now;
            (_before, _now) = (_now, (_turn * _now) - _before);
            return value;
        }
    }

    // Xorshift (G. Marsaglia 2003): the same piece on every machine.
    private struct Noise(uint seed)
    {
        private uint _state = (seed * 2654435761u) | 1;

        public double Next()
        {
            _state ^= _state << 13;
            _state ^= _state >> 17;
            _state ^= _state << 5;
            return (_state / 2147483648.0) - 1;
        }
    }
}
