using System.Collections;

namespace Tutti.Server.Media;

/// <summary>Which segments of a sound are cut, and where its decoder is to be set down next. Knows nothing of time, threads or files.</summary>
internal sealed class CutPlan(EntryPoints entryPoints)
{
    /// <summary>A running decoder gives this many segments in the time that a new one needs to start (60 ms at 400 times real time).</summary>
    public const int StartWorthSegments = 12;

    private readonly BitArray _cut = new(256);
    private int _last;
    private int _nothingFrom = int.MaxValue;

    /// <summary>Segments that are cut.</summary>
    public int Count { get; private set; }

    /// <summary>The exact length; null until a decoder has come to the end.</summary>
    public long? Samples { get; private set; }

    /// <summary>Whether all of it is cut.</summary>
    public bool IsWhole => Samples is { } samples && Count >= SegmentFormat.SegmentCount(samples);

    public bool IsCut(int segment) => segment < _cut.Length && _cut[segment];

    /// <summary>Whether the sound is known to end before this segment.</summary>
    public bool IsPastEnd(int segment) => Samples is { } samples && segment >= SegmentFormat.SegmentCount(samples);

    public void MarkCut(int segment)
    {
        if (segment >= _cut.Length)
        {
            _cut.Length = Math.Max(segment + 1, _cut.Length * 2);
        }
        if (!_cut[segment])
        {
            _cut[segment] = true;
            Count++;
            _last = Math.Max(_last, segment);
        }
    }

    /// <summary>Whether anything after this segment is cut, so that the sound cannot end here.</summary>
    public bool GoesOnAfter(int segment) => Count > 0 && _last > segment;

    public void MarkEnd(long samples) => Samples = samples;

    /// <summary>A decoder that was set down at this segment gave nothing. Where the sound ends, those who come from before it will tell.</summary>
    public void MarkNothingFrom(int segment) => _nothingFrom = Math.Min(_nothingFrom, segment);

    /// <summary>Whether it is worth setting a decoder down for this segment.</summary>
    public bool MayExist(int segment) => !IsPastEnd(segment) && segment < _nothingFrom;

    /// <summary>The run that serves this segment.</summary>
    public (int First, int Limit) RunFor(int segment) => entryPoints switch
    {
        EntryPoints.Anywhere => (segment, int.MaxValue),
        EntryPoints.Chapters when segment - (segment % EntryPointSniffer.ChapterSegments) is var first => (first, first + EntryPointSniffer.ChapterSegments),
        _ => (0, int.MaxValue),
    };

    /// <summary>The first segment that is not cut, looked for from <paramref name="from"/> to the end and then from the start.</summary>
    public int NextGap(int from)
    {
        var gap = FirstGap(from);
        return MayExist(gap) ? gap : FirstGap(0);
    }

    /// <summary>Whether a run that has come to <paramref name="at"/> gives this segment sooner than a new one could.</summary>
    public bool Serves(int at, int limit, int segment) =>
        segment >= at && segment < limit && (entryPoints != EntryPoints.Anywhere || segment <= at + StartWorthSegments);

    /// <summary>Whether a run that has come so far need not go on: what follows is cut, and what is not can be entered by itself.</summary>
    public bool HasMet(int at, int limit) => entryPoints switch
    {
        EntryPoints.Anywhere => IsCut(at),
        EntryPoints.Chapters => FirstGap(at) >= limit,
        _ => false,
    };

    private int FirstGap(int from)
    {
        while (IsCut(from))
        {
            from++;
        }
        return from;
    }
}
