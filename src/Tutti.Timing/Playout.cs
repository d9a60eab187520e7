namespace Tutti.Timing;

/// <summary>
/// What sounds when, given a timeline and the queue it runs through: an item that ends is followed by the next sound one at that very
/// instant, or by as much earlier as that one overlaps with it. Pure arithmetic; the golden vectors in <c>spec/timeline.json</c> hold it equal to the TypeScript twin.
/// </summary>
public static class Playout
{
    /// <summary>
    /// What sounds at <paramref name="instant"/>. Beyond the last item the answer is that item, held at its end. Before
    /// <see cref="Timeline.AtMicros"/> the answer is the timeline's own start, not yet moving.
    /// </summary>
    public static Sounding At(Timeline timeline, ReadOnlySpan<PlayoutItem> queue, ServerMicros instant)
    {
        while (true)
        {
            if (timeline.Rate == 0 || timeline.ItemId is null || instant < timeline.AtMicros)
            {
                return new Sounding(timeline.ItemId, timeline.PositionMicros, Moving: false);
            }

            if (NextBoundary(timeline, queue) is not { } boundary || instant < boundary.AtMicros)
            {
                return new Sounding(timeline.ItemId, timeline.PositionAt(instant), Moving: true);
            }

            timeline = boundary;
        }
    }

    /// <summary>
    /// The same for one who also knows the timeline before: until <see cref="Timeline.AtMicros"/> of the newer one it stays in force.
    /// </summary>
    public static Sounding At(Timeline? previous, Timeline timeline, ReadOnlySpan<PlayoutItem> queue, ServerMicros instant) =>
        previous is { } before && instant < timeline.AtMicros ? At(before, queue, instant) : At(timeline, queue, instant);

    /// <summary>
    /// The timeline that follows by itself: the next item that is not faulty, moving from its start at the exact end of the current one, or
    /// its overlap earlier, though never before the timeline's own instant; or, at the end of the queue, the current item held at its end.
    /// Null when nothing moves or the current item is not in the queue.
    /// </summary>
    public static Timeline? NextBoundary(Timeline timeline, ReadOnlySpan<PlayoutItem> queue)
    {
        if (timeline.Rate == 0 || IndexOf(queue, timeline.ItemId) is not (>= 0 and var index))
        {
            return null;
        }

        var current = queue[index];
        var end = timeline.EndsAt(current.DurationMicros)!.Value;
        foreach (var item in queue[(index + 1)..])
        {
            if (!item.Faulty)
            {
                return Timeline.Moving(item.Id, 0, ServerMicros.Max(timeline.AtMicros, end - item.OverlapMicros));
            }
        }

        return Timeline.Held(current.Id, current.DurationMicros, end);
    }

    private static int IndexOf(ReadOnlySpan<PlayoutItem> queue, string? id)
    {
        for (var i = 0; i < queue.Length; i++)
        {
            if (queue[i].Id == id)
            {
                return i;
            }
        }

        return -1;
    }
}
