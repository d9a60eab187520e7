namespace Tutti.Server.Library.Demo;

/// <summary>Plays a score to stereo PCM at 48 kHz: every voice by itself, a hall, a set loudness, and no peak above −1 dB.</summary>
internal static class PieceRenderer
{
    private const double TargetLufs = -16;
    private const double RingOutSeconds = 3;
    private const double LeadInSeconds = 0.05;
    private const float Knee = 0.55f;
    private const float Ceiling = 0.79f;

    /// <summary>Renders; the same score gives the same samples.</summary>
    public static (float[] Left, float[] Right) Render(Score score)
    {
        var samples = (int)((LeadInSeconds + score.Seconds + RingOutSeconds) * Instruments.SampleRate);
        var left = new float[samples];
        var right = new float[samples];
        foreach (var voice in score.Voices)
        {
            Play(voice, score, left, right);
        }
        new Reverb().Apply(left, right, (float)score.Reverb);
        FadeOut(left);
        FadeOut(right);
        Scale(left, right, TargetLufs - Loudness.Lufs(left, right));
        RoundOff(left, right);
        return (left, right);
    }

    private static void Play(Voice voice, Score score, float[] left, float[] right)
    {
        var gain = Math.Pow(10, voice.GainDb / 20);
        // Equal power between the sides.
        var angle = (voice.Pan + 1) * Math.PI / 4;
        var (toLeft, toRight) = ((float)(gain * Math.Cos(angle)), (float)(gain * Math.Sin(angle)));
        var played = new Dictionary<(int, double, double), float[]>();
        foreach (var note in voice.Notes)
        {
            var key = (note.Pitch, note.LengthBeats, note.Strength);
            if (!played.TryGetValue(key, out var sound))
            {
                played[key] = sound = Instruments.Play(voice.Timbre, note.Pitch, note.LengthBeats * 60 / score.BeatsPerMinute, note.Strength);
            }
            var start = (int)((LeadInSeconds + (note.StartBeats * 60 / score.BeatsPerMinute)) * Instruments.SampleRate);
            var count = Math.Min(sound.Length, left.Length - start);
            for (var i = 0; i < count; i++)
            {
                left[start + i] += toLeft * sound[i];
                right[start + i] += toRight * sound[i];
            }
        }
    }

    private static void FadeOut(float[] side)
    {
        const int count = Instruments.SampleRate;
        for (var i = 0; i < count; i++)
        {
            side[^(i + 1)] *= i / (float)count;
        }
    }

    private static void Scale(float[] left, float[] right, double db)
    {
        var gain = (float)Math.Pow(10, db / 20);
        for (var i = 0; i < left.Length; i++)
        {
            left[i] *= gain;
            right[i] *= gain;
        }
    }

    private static void RoundOff(float[] left, float[] right)
    {
        foreach (var side in new[] { left, right })
        {
            for (var i = 0; i < side.Length; i++)
            {
                var size = Math.Abs(side[i]);
                if (size > Knee)
                {
                    side[i] = MathF.CopySign(Knee + ((Ceiling - Knee) * MathF.Tanh((size - Knee) / (Ceiling - Knee))), side[i]);
                }
            }
        }
    }
}
