namespace Tutti.SoundLab.Signals;

/// <summary>
/// What tracks must sound like when each begins so long before the end of the one before it, in fades of equal power (docs/protocol.md §4b):
/// one piece, in which every sample is known.
/// </summary>
internal sealed class FadedTracks
{
    private readonly IReadOnlyList<TestTrack> _tracks;
    private readonly int[] _starts;

    /// <param name="tracks">Each at least twice as long as the fade.</param>
    public FadedTracks(IReadOnlyList<TestTrack> tracks, TimeSpan fade)
    {
        _tracks = tracks;
        FadeSamples = (int)(fade.TotalSeconds * TestTrack.SampleRate);
        _starts = new int[tracks.Count];
        for (var i = 1; i < tracks.Count; i++)
        {
            _starts[i] = _starts[i - 1] + tracks[i - 1].Samples.Length - FadeSamples;
        }

        Piece = new TestTrack(tracks[0].Seed, Mixed());
    }

    public TestTrack Piece { get; }

    public int FadeSamples { get; }

    /// <summary>Where in the piece each fade begins: at the first sample of the track that comes in.</summary>
    public IReadOnlyList<int> Fades => _starts.AsSpan(1).ToArray();

    /// <summary>Mean power of the two tracks of a fade together over part of it, as of sounds that have nothing to do with each other.</summary>
    /// <param name="fade">From 0.</param>
    /// <param name="from">First sample of the part, from the begin of the fade on.</param>
    public double Power(int fade, int from, int length)
    {
        var (leaving, entering) = (_tracks[fade].Samples, _tracks[fade + 1].Samples);
        var sum = 0.0;
        for (var i = from; i < from + length; i++)
        {
            var (fall, rise) = Strengths(i);
            var (one, other) = (fall * leaving[leaving.Length - FadeSamples + i], rise * entering[i]);
            sum += (one * one) + (other * other);
        }

        return sum / length;
    }

    private (double Fall, double Rise) Strengths(int sample)
    {
        var (rise, fall) = Math.SinCos(Math.PI / 2 * sample / FadeSamples);
        return (fall, rise);
    }

    private short[] Mixed()
    {
        var sum = new double[_starts[^1] + _tracks[^1].Samples.Length];
        for (var track = 0; track < _tracks.Count; track++)
        {
            var samples = _tracks[track].Samples;
            for (var i = 0; i < samples.Length; i++)
            {
                var left = samples.Length - i;
                var strength = track > 0 && i < FadeSamples ? Strengths(i).Rise
                    : track < _tracks.Count - 1 && left <= FadeSamples ? Strengths(FadeSamples - left).Fall
                    : 1;
                sum[_starts[track] + i] += strength * samples[i];
            }
        }

        return Array.ConvertAll(sum, static value => (short)Math.Round(Math.Clamp(value * 32768, short.MinValue, short.MaxValue)));
    }
}
