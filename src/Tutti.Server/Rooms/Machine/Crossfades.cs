using System.Collections.Immutable;
using Tutti.Protocol;
using Tutti.Timing;

namespace Tutti.Server.Rooms;

/// <summary>
/// Which items of the queue are heard together, and for how long (docs/protocol.md §4b). The server alone decides it: devices are told the
/// overlap of each item and do the arithmetic.
/// </summary>
internal static class Crossfades
{
    /// <summary>What somebody leaves for another item goes out no slower than this, ms: they asked for the other one.</summary>
    private const long LeaveMs = 2_000;

    /// <summary>Brings the overlaps up to date with what a decision did to the queue.</summary>
    /// <param name="before">The state before the decision.</param>
    public static void Settle(Draft draft, RoomState before)
    {
        var state = draft.State;
        if (state.Queue == before.Queue && state.Timeline == before.Timeline && state.CrossfadeSeconds == before.CrossfadeSeconds)
        {
            return;
        }

        var overlaps = Wanted(state);
        if (state.Timeline.Rate == 1 && Follower(state, state.Timeline.ItemId) is { } follower)
        {
            ref var overlap = ref overlaps[state.IndexOf(follower.Id)];
            overlap = InTime(draft, before, follower, overlap);
        }

        if (!overlaps.SequenceEqual(state.Queue.Select(static item => item.OverlapMicros)))
        {
            draft.Add(new RoomEvent.OverlapsSet([.. overlaps]));
        }
    }

    /// <summary>The current item, when the next begins before its end.</summary>
    public static OutgoingItem? RunOut(RoomState state, Timeline next)
    {
        var fadeMicros = state.Timeline.EndsAt(state.CurrentItem()!.Track.DurationMicros)!.Value - next.AtMicros;
        return fadeMicros > 0 && next.ItemId != state.Timeline.ItemId
            ? new OutgoingItem(state.Timeline.ItemId!, state.Timeline.PositionAt(next.AtMicros), fadeMicros)
            : null;
    }

    /// <summary>What sounds when somebody goes over to another item.</summary>
    public static OutgoingItem? Left(RoomState state, Timeline next)
    {
        var place = state.SoundingAt(next.AtMicros);
        if (!place.Moving || place.ItemId == next.ItemId || state.Find(place.ItemId) is not { Media: not null } left || state.Find(next.ItemId) is not { } entered
            || left.Track.NeedsOwnStart || entered.Track.NeedsOwnStart)
        {
            return null;
        }

        var longest = Math.Min(left.Track.DurationMicros - place.PositionMicros, (entered.Track.DurationMicros - next.PositionMicros) / 2);
        var fadeMicros = WholeMs(Math.Min(longest, Math.Min(LeaveMs * ServerMicros.PerMillisecond, state.CrossfadeSeconds * ServerMicros.PerSecond)));
        return fadeMicros > 0 ? new OutgoingItem(left.Id, place.PositionMicros, fadeMicros) : null;
    }

    public static ImmutableArray<QueueItem> Overlapping(ImmutableArray<QueueItem> queue, ImmutableArray<long> micros) =>
        [.. queue.Zip(micros, static (item, overlap) => item.OverlapMicros == overlap ? item : item with { OverlapMicros = overlap })];

    /// <summary>The overlaps as the queue alone would have them.</summary>
    private static long[] Wanted(RoomState state)
    {
        var overlaps = new long[state.Queue.Length];
        QueueItem? before = null;
        for (var i = 0; i < overlaps.Length; i++)
        {
            if (state.Queue[i] is { Fault: null } item)
            {
                overlaps[i] = before is null ? 0 : Between(before, item, state.CrossfadeSeconds);
                before = item;
            }
        }

        return overlaps;
    }

    /// <summary>
    /// At most half of each, so that no more than two are ever heard together. Whole milliseconds are whole samples. What has no sound yet
    /// may not be there in time.
    /// </summary>
    private static long Between(QueueItem one, QueueItem next, int crossfadeSeconds) =>
        one.Track.NeedsOwnStart || next.Track.NeedsOwnStart || next.Media is null || IsNextOfAlbum(one.Track, next.Track)
            ? 0
            : WholeMs(Math.Min(crossfadeSeconds * ServerMicros.PerSecond, Math.Min(one.Track.DurationMicros, next.Track.DurationMicros) / 2));

    /// <summary>Tracks of one album in their order are left as they were made: many run on into each other.</summary>
    private static bool IsNextOfAlbum(TrackSummary one, TrackSummary next)
    {
        if (one.Album.Length == 0 || one.Album != next.Album)
        {
            return false;
        }

        var (disc, nextDisc) = (Math.Max(one.DiscNumber, 1), Math.Max(next.DiscNumber, 1));
        return nextDisc == disc
            ? next.TrackNumber == (one.TrackNumber == 0 ? 0 : one.TrackNumber + 1)
            : nextDisc == disc + 1 && next.TrackNumber == 1;
    }

    /// <summary>
    /// The overlap of what follows the current item. Once it is told it may grow only as far, and a new one be only as long, as devices can
    /// still begin the item in time: what is put into the queue a second before the end overlaps by less.
    /// </summary>
    private static long InTime(Draft draft, RoomState before, QueueItem follower, long wanted)
    {
        var (timeline, current) = (draft.State.Timeline, draft.State.CurrentItem()!);
        var left = WholeMs(Math.Max(0, timeline.EndsAt(current.Track.DurationMicros)!.Value - Transitions.Earliest(draft)));
        var told = Follower(before, current.Id)?.Id == follower.Id ? follower.OverlapMicros : 0;
        return Math.Min(wanted, Math.Max(told, left));
    }

    private static QueueItem? Follower(RoomState state, string? itemId) =>
        state.IndexOf(itemId) is >= 0 and var index ? QueueRules.PlayableAfter(state, index) : null;

    private static long WholeMs(long micros) => micros - (micros % ServerMicros.PerMillisecond);
}
