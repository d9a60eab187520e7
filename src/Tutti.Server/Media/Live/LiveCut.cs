using Tutti.Server.Media.Flac;

namespace Tutti.Server.Media.Live;

/// <summary>
/// Cuts sound that comes as it comes into segments: each sample has its place, each place is filled once, and a segment is given away when it is
/// full. Knows nothing of time.
/// </summary>
/// <param name="onSegment">Gets a segment's number and its FLAC stream.</param>
internal sealed class LiveCut(Action<int, byte[]> onSegment)
{
    private readonly FlacEncoder _encoder = new();
    private readonly float[] _segment = new float[SegmentFormat.SegmentSamples * SegmentFormat.Channels];
    private readonly short[] _pcm = new short[SegmentFormat.SegmentSamples * SegmentFormat.Channels];

    /// <summary>The place of the next sample.</summary>
    public long EdgeSample { get; private set; }

    /// <summary>Leaves out what lies before the segment that holds this sample; never goes back.</summary>
    public void SkipTo(long sample)
    {
        var start = sample - (sample % SegmentFormat.SegmentSamples);
        if (start >= EdgeSample)
        {
            EdgeSample = start;
        }
    }

    /// <param name="interleaved">Left, right, left, right …</param>
    public void Append(ReadOnlySpan<float> interleaved)
    {
        while (!interleaved.IsEmpty)
        {
            var room = RoomFor(interleaved.Length);
            interleaved[..room.Length].CopyTo(room);
            interleaved = interleaved[room.Length..];
            Advance(room.Length);
        }
    }

    /// <summary>Fills up to a place with silence.</summary>
    public void AppendSilence(long untilSample)
    {
        while (EdgeSample < untilSample)
        {
            var room = RoomFor((int)Math.Min(_segment.Length, (untilSample - EdgeSample) * SegmentFormat.Channels));
            room.Clear();
            Advance(room.Length);
        }
    }

    private Span<float> RoomFor(int values)
    {
        var from = (int)(EdgeSample % SegmentFormat.SegmentSamples) * SegmentFormat.Channels;
        return _segment.AsSpan(from, Math.Min(values, _segment.Length - from));
    }

    private void Advance(int values)
    {
        EdgeSample += values / SegmentFormat.Channels;
        if (EdgeSample % SegmentFormat.SegmentSamples == 0)
        {
            SampleRounding.Round(_segment, _pcm);
            onSegment((int)((EdgeSample / SegmentFormat.SegmentSamples) - 1), _encoder.Encode(_pcm).ToArray());
        }
    }
}
