using Tutti.SoundLab.Signals;

namespace Tutti.SoundLab.Analysis;

/// <summary>What all players sounded, mono, on one time axis of 48,000 samples a second.</summary>
/// <param name="Sounds">One player each, all of the same length.</param>
/// <param name="StartMonotonicNanos">This machine's monotonic clock at sample 0; null where nothing ties the recording to it.</param>
public sealed record Recording(float[][] Sounds, long? StartMonotonicNanos)
{
    public int Length => Sounds[0].Length;

    /// <summary>When a processor stood still; only a card each tells.</summary>
    public IReadOnlyList<Hold> Holds { get; init; } = [];

    /// <summary>Those that ended within [from, to), in order.</summary>
    public IEnumerable<Hold> HoldsIn(int from, int to) => Holds.Where(hold => hold.Sample >= from && hold.Sample < to).OrderBy(hold => hold.Sample);

    /// <summary>The sample that sounds at a moment of the monotonic clock; may lie outside the recording.</summary>
    /// <exception cref="InvalidOperationException">The recording is not tied to the clock.</exception>
    public int SampleAt(long monotonicNanos)
    {
        var start = StartMonotonicNanos ?? throw new InvalidOperationException("this recording has no clock");
        return (int)((monotonicNanos - start) * (TestTrack.SampleRate / 1e9));
    }

    /// <summary>First sample at or after <paramref name="from"/> from which on sound lasts (14 of the next 20 stretches of 5 ms), or null.</summary>
    public int? FirstSound(int player, int from = 0)
    {
        const int Stretch = 240, Look = 20, Enough = 14;
        var sound = Sounds[player];
        for (var at = Math.Max(0, from); at + Stretch * Look <= sound.Length; at += Stretch)
        {
            if (!IsLoud(sound.AsSpan(at, Stretch)))
            {
                continue;
            }

            var loud = Enumerable.Range(0, Look).Count(i => IsLoud(sound.AsSpan(at + i * Stretch, Stretch)));
            if (loud >= Enough)
            {
                return at + sound.AsSpan(at, Stretch).IndexOfAnyExceptInRange(-Audible, Audible);
            }
        }

        return null;
    }

    /// <summary>Sample after the last sound before <paramref name="to"/>, or 0.</summary>
    public int EndOfSound(int player, int to = int.MaxValue) =>
        Sounds[player].AsSpan(0, Math.Min(to, Length)).LastIndexOfAnyExceptInRange(-Audible, Audible) + 1;

    private const float Audible = 1e-3f;

    private static bool IsLoud(ReadOnlySpan<float> sound) => sound.IndexOfAnyExceptInRange(-Audible, Audible) >= 0;
}
