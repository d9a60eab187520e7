namespace Tutti.Server.Media.Resampling;

/// <summary>
/// Guesses how a sound goes on where there is no more of it, by linear prediction (Burg's method: Kay, Modern Spectral Estimation, 1988,
/// §7.6). The edge of a track in an album has music on its other side; a filter that met silence there would click.
/// </summary>
internal static class Continuation
{
    private const int LargestOrder = 32;

    /// <summary>Samples that it likes to learn from.</summary>
    public const int LearnsFrom = 1024;

    /// <summary>Continues <paramref name="past"/> (oldest first) into <paramref name="future"/>.</summary>
    public static void Predict(ReadOnlySpan<float> past, Span<float> future)
    {
        past = past[Math.Max(0, past.Length - LearnsFrom)..];
        var weights = Burg(past, Math.Min(LargestOrder, past.Length / 3));
        for (var n = 0; n < future.Length; n++)
        {
            var sum = 0.0;
            for (var k = 0; k < weights.Length; k++)
            {
                var at = n - 1 - k;
                sum += weights[k] * (at >= 0 ? future[at] : past[past.Length + at]);
            }
            future[n] = (float)sum;
        }
    }

    // Weights of the samples before, the newest first. Each stage's reflection is at most 1, so that the continuation never grows.
    private static double[] Burg(ReadOnlySpan<float> x, int order)
    {
        var forward = new double[x.Length];
        var backward = new double[x.Length];
        for (var i = 0; i < x.Length; i++)
        {
            forward[i] = backward[i] = x[i];
        }
        var weights = new double[order];
        var before = new double[order];
        for (var stage = 0; stage < order; stage++)
        {
            var (cross, energy) = (0.0, 0.0);
            for (var i = stage + 1; i < x.Length; i++)
            {
                cross += forward[i] * backward[i - 1];
                energy += (forward[i] * forward[i]) + (backward[i - 1] * backward[i - 1]);
            }
            if (energy < 1e-18)
            {
                break;
            }
            var reflection = 2 * cross / energy;
            weights.AsSpan(0, stage).CopyTo(before);
            weights[stage] = reflection;
            for (var k = 0; k < stage; k++)
            {
                weights[k] = before[k] - (reflection * before[stage - 1 - k]);
            }
            for (var i = x.Length - 1; i > stage; i--)
            {
                var ahead = forward[i];
                forward[i] = ahead - (reflection * backward[i - 1]);
                backward[i] = backward[i - 1] - (reflection * ahead);
            }
        }
        return weights;
    }
}
