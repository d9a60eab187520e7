using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Tutti.Server.Media.Resampling;

/// <summary>
/// Stereo from one sample rate to 48 kHz. Every output sample is the same whatever was put in before it and in whatever pieces: sample n
/// stands for the time n / 48,000 s. At the edges of a sound the filter sees its likely continuation rather than silence.
/// </summary>
internal sealed class Resampler
{
    private readonly ResamplingFilter _filter;
    private readonly Channel _left = new();
    private readonly Channel _right = new();
    private long _base;
    private long _next;
    private bool _begun;
    private bool _ended;
    private long _endOutput = long.MaxValue;

    /// <param name="rate">Samples a second of the input, 1 to 768,000.</param>
    /// <param name="firstInput">The place in the sound of the first input sample; 0 is its start.</param>
    /// <param name="firstOutput">The place of the first output sample. Where the input does not begin with the sound, far enough behind its beginning.</param>
    public Resampler(int rate, long firstInput, long firstOutput)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rate, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rate, 768_000);
        _filter = ResamplingFilter.From(rate);
        (_base, _next) = (firstInput, firstOutput);
        _begun = firstInput > 0;
    }

    private long InputEnd => _base + _left.Length;

    /// <summary>Puts in what follows: left, right, left, right …</summary>
    public void Write(ReadOnlySpan<float> interleaved)
    {
        _left.Append(interleaved, 0);
        _right.Append(interleaved, 1);
        if (!_begun && _left.Length >= Continuation.LearnsFrom)
        {
            ContinueBackwards();
        }
    }

    /// <summary>Says that there is no more.</summary>
    public void End()
    {
        if (_ended)
        {
            return;
        }
        _endOutput = OutputAt(InputEnd);
        if (!_begun)
        {
            ContinueBackwards();
        }
        _left.ContinueForwards(_filter.Taps);
        _right.ContinueForwards(_filter.Taps);
        _ended = true;
    }

    /// <summary>Takes out what there is, at most a whole <paramref name="interleaved"/>; answers the samples, each of two values.</summary>
    public int Read(Span<float> interleaved)
    {
        if (!_begun)
        {
            return 0;
        }
        var half = _filter.Taps / 2;
        var count = 0;
        var wanted = interleaved.Length / SegmentFormat.Channels;
        for (; count < wanted && _next < _endOutput; count++, _next++)
        {
            var place = _next * _filter.Down;
            var before = place / _filter.Up;
            if (before + half >= InputEnd)
            {
                break;
            }
            var from = (int)(before - half + 1 - _base);
            var taps = _filter.Phase((int)(place % _filter.Up));
            interleaved[2 * count] = Dot(taps, _left.From(from, taps.Length));
            interleaved[(2 * count) + 1] = Dot(taps, _right.From(from, taps.Length));
        }
        Forget();
        return count;
    }

    // The nearest place: two tracks that were cut out of one piece are less than a sample apart, whatever their lengths.
    private long OutputAt(long input) => ((2 * input * _filter.Up) + _filter.Down) / (2 * _filter.Down);

    private void ContinueBackwards()
    {
        _left.ContinueBackwards(_filter.Taps);
        _right.ContinueBackwards(_filter.Taps);
        _base -= _filter.Taps;
        _begun = true;
    }

    private void Forget()
    {
        var needed = (_next * _filter.Down / _filter.Up) - _filter.Taps;
        var surplus = (int)Math.Clamp(needed - _base - Continuation.LearnsFrom, 0, _left.Length);
        _left.Forget(surplus);
        _right.Forget(surplus);
        _base += surplus;
    }

    // Multiplied and added in a fixed order, in two steps: the same to the last bit on every processor.
    private static float Dot(ReadOnlySpan<float> taps, ReadOnlySpan<float> sound)
    {
        var sum = Vector256<float>.Zero;
        ref var tap = ref MemoryMarshal.GetReference(taps);
        ref var value = ref MemoryMarshal.GetReference(sound);
        for (nuint i = 0; i < (nuint)taps.Length; i += (nuint)Vector256<float>.Count)
        {
            sum += Vector256.LoadUnsafe(ref tap, i) * Vector256.LoadUnsafe(ref value, i);
        }
        return Vector256.Sum(sum);
    }

    /// <summary>One channel's samples that are still needed.</summary>
    private sealed class Channel
    {
        private float[] _samples = new float[1 << 16];
        private int _start;

        public int Length { get; private set; }

        public ReadOnlySpan<float> From(int at, int count) => _samples.AsSpan(_start + at, count);

        public void Append(ReadOnlySpan<float> interleaved, int channel)
        {
            var count = interleaved.Length / SegmentFormat.Channels;
            var to = Room(count);
            for (var i = 0; i < count; i++)
            {
                to[i] = interleaved[(2 * i) + channel];
            }
        }

        public void ContinueForwards(int count)
        {
            Span<float> future = stackalloc float[Math.Min(count, 4096)];
            Continuation.Predict(From(0, Length), future);
            future.CopyTo(Room(future.Length));
        }

        public void ContinueBackwards(int count)
        {
            var reversed = From(0, Math.Min(Length, Continuation.LearnsFrom)).ToArray();
            Array.Reverse(reversed);
            var past = new float[count];
            Continuation.Predict(reversed, past);
            Array.Reverse(past);
            float[] all = [.. past, .. From(0, Length)];
            (_samples, _start, Length) = (all, 0, all.Length);
        }

        public void Forget(int count)
        {
            _start += count;
            Length -= count;
        }

        private Span<float> Room(int count)
        {
            if (_start + Length + count > _samples.Length)
            {
                var samples = Length + count > _samples.Length ? new float[2 * (Length + count)] : _samples;
                _samples.AsSpan(_start, Length).CopyTo(samples);
                (_samples, _start) = (samples, 0);
            }
            Length += count;
            return _samples.AsSpan(_start + Length - count, count);
        }
    }
}
