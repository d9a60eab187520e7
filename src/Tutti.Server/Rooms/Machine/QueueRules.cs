using System.Collections.Immutable;
using Tutti.Protocol;
using Tutti.Timing;

namespace Tutti.Server.Rooms;

/// <summary>The commands that change the queue (docs/protocol.md §5), and finding one's way in it.</summary>
internal static class QueueRules
{
    public static Decision.Refused? Add(Draft draft, RoomCommand.QueueAdd command, Sender sender)
    {
        var length = draft.State.Queue.Length;
        var index = command.At.Index ?? (command.At.IsNext ? draft.State.IndexOf(draft.Model.TargetItemId) + 1 : length);
        if (index < 0 || index > length)
        {
            return new(ErrorCode.IndexOutOfRange, $"at must be 0 to {length}, not {index}.");
        }

        if (MakeItems(draft, command.TrackIds, sender, out var items) is { } refusal)
        {
            return refusal;
        }

        draft.Add(new RoomEvent.ItemsInserted(index, items));
        return null;
    }

    public static Decision.Refused? Remove(Draft draft, ImmutableArray<string> itemIds, string? leader)
    {
        foreach (var id in itemIds)
        {
            if (draft.State.Find(id) is null)
            {
                return new(ErrorCode.ItemNotFound, $"No item {id} in the queue.");
            }
        }

        var removed = itemIds.ToImmutableHashSet();
        if (draft.State.Pending is { } pending && removed.Contains(pending.ItemId))
        {
            MovePendingOn(draft, removed, leader);
        }

        if (draft.State.Timeline.ItemId is { } currentId && removed.Contains(currentId))
        {
            LeaveCurrent(draft, removed, leader);
        }

        draft.Add(new RoomEvent.ItemsRemoved(removed));
        return null;
    }

    public static Decision.Refused? Move(Draft draft, RoomCommand.QueueMove command)
    {
        var from = draft.State.IndexOf(command.ItemId);
        if (from < 0)
        {
            return new(ErrorCode.ItemNotFound, $"No item {command.ItemId} in the queue.");
        }

        if (command.ToIndex < 0 || command.ToIndex >= draft.State.Queue.Length)
        {
            return new(ErrorCode.IndexOutOfRange, $"toIndex must be 0 to {draft.State.Queue.Length - 1}, not {command.ToIndex}.");
        }

        if (from != command.ToIndex)
        {
            draft.Add(new RoomEvent.ItemMoved(command.ItemId, command.ToIndex));
        }

        return null;
    }

    public static Decision.Refused? Clear(Draft draft)
    {
        var state = draft.State;
        var removed = state.Queue.Select(item => item.Id)
            .Where(id => id != state.Timeline.ItemId && id != state.Pending?.ItemId)
            .ToImmutableHashSet();
        if (!removed.IsEmpty)
        {
            draft.Add(new RoomEvent.ItemsRemoved(removed));
        }

        return null;
    }

    /// <summary>Puts a track in the place of the current item.</summary>
    public static Decision.Refused? Replace(Draft draft, string trackId, Sender sender)
    {
        var leader = sender.DeviceId;
        // The old item leaves in the same breath, so a full queue is no obstacle when there is one.
        var targetId = draft.Model.TargetItemId;
        if (MakeItems(draft, [trackId], sender, out var items, freed: targetId is null ? 0 : 1) is { } refusal)
        {
            return refusal;
        }

        var newId = items[0].Id;
        draft.Add(new RoomEvent.ItemsInserted(draft.State.IndexOf(targetId) + 1, items));
        if (targetId is null)
        {
            PlaybackRules.Start(draft, newId, leader);
            return null;
        }

        if (draft.State.Timeline.ItemId == targetId && draft.State.Status != PlaybackStatus.Paused)
        {
            // The old item cannot stay current until the new one is ready: it is about to leave the queue.
            draft.Add(new RoomEvent.Advanced(Timeline.Held(newId, 0, Transitions.Earliest(draft)), PlaybackStatus.Stopped));
            Transitions.Begin(draft, newId, 0, leader);
        }
        else
        {
            PlaybackRules.Start(draft, newId, leader);
        }

        draft.Add(new RoomEvent.ItemsRemoved([targetId]));
        return null;
    }

    /// <summary>Queue items for tracks, or why not.</summary>
    /// <param name="freed">Items that leave the queue in the same decision.</param>
    public static Decision.Refused? MakeItems(
        Draft draft, ImmutableArray<string> trackIds, Sender sender, out ImmutableArray<QueueItem> items, int freed = 0)
    {
        items = [];
        if (draft.State.Queue.Length - freed + trackIds.Length > ProtocolLimits.QueueItems)
        {
            return new(ErrorCode.QueueFull, $"The queue holds at most {ProtocolLimits.QueueItems} items.");
        }

        var addedBy = sender.NameIn(draft.Model);
        var builder = ImmutableArray.CreateBuilder<QueueItem>(trackIds.Length);
        foreach (var trackId in trackIds)
        {
            if (!draft.Moment.Tracks.TryGetValue(trackId, out var track))
            {
                return new(ErrorCode.TrackNotFound, $"No track {trackId} in the library.");
            }

            // Versions never repeat, not even across restarts, so neither do ids made from them.
            var id = builder.Count == 0 ? $"q{draft.State.Version}" : $"q{draft.State.Version}-{builder.Count}";
            var known = draft.State.Queue.FirstOrDefault(item => item.Track.Id == trackId && item.Media is not null);
            builder.Add(new QueueItem(id, addedBy, known?.Track ?? track, known?.Media, null) { AddedById = sender.MemberId });
        }

        items = builder.MoveToImmutable();
        return null;
    }

    /// <summary>The first item after this place that can sound.</summary>
    public static QueueItem? PlayableAfter(RoomState state, int index, ImmutableHashSet<string>? without = null)
    {
        for (var i = index + 1; i < state.Queue.Length; i++)
        {
            if (IsPlayable(state.Queue[i], without))
            {
                return state.Queue[i];
            }
        }

        return null;
    }

    /// <summary>The last item before this place that can sound.</summary>
    public static QueueItem? PlayableBefore(RoomState state, int index, ImmutableHashSet<string>? without = null)
    {
        for (var i = index - 1; i >= 0; i--)
        {
            if (IsPlayable(state.Queue[i], without))
            {
                return state.Queue[i];
            }
        }

        return null;
    }

    public static ImmutableArray<QueueItem> Moved(ImmutableArray<QueueItem> queue, int from, int to) =>
        queue.RemoveAt(from).Insert(to, queue[from]);

    private static bool IsPlayable(QueueItem item, ImmutableHashSet<string>? without) =>
        item.Fault is null && without?.Contains(item.Id) != true;

    /// <summary>What is pending goes: the item after it is prepared instead, if there is one.</summary>
    private static void MovePendingOn(Draft draft, ImmutableHashSet<string> removed, string? leader)
    {
        var state = draft.State;
        if (PlayableAfter(state, state.IndexOf(state.Pending!.ItemId), removed) is { } next)
        {
            Transitions.Begin(draft, next.Id, 0, leader);
        }
        else
        {
            draft.Add(new RoomEvent.PendingDropped(PlaybackStatus.Stopped));
        }
    }

    /// <summary>The current item goes: on to what is pending, or the next item, or to rest.</summary>
    private static void LeaveCurrent(Draft draft, ImmutableHashSet<string> removed, string? leader)
    {
        var state = draft.State;
        var at = Transitions.Earliest(draft);
        var index = state.IndexOf(state.Timeline.ItemId);
        if (state.Pending is { } pending)
        {
            draft.Add(new RoomEvent.Advanced(Timeline.Held(pending.ItemId, pending.PositionMicros, at), PlaybackStatus.Stopped));
        }
        else if (PlayableAfter(state, index, removed) is not { } next)
        {
            Rest(draft, removed, index, at, leader);
        }
        else if (state.Status == PlaybackStatus.Playing)
        {
            draft.Add(new RoomEvent.Advanced(Timeline.Held(next.Id, 0, at), PlaybackStatus.Stopped));
            Transitions.Begin(draft, next.Id, 0, leader);
        }
        else
        {
            Transitions.Hold(draft, next.Id, 0, at, state.Status, leader);
        }
    }

    /// <summary>Nothing follows: stopped as if the queue had been played to its end, so that what is added later is what plays next.</summary>
    private static void Rest(Draft draft, ImmutableHashSet<string> removed, int index, ServerMicros at, string? leader)
    {
        var before = PlayableBefore(draft.State, index, removed);
        Transitions.Hold(draft, before?.Id, before?.Track.DurationMicros ?? 0, at, PlaybackStatus.Stopped, leader);
    }
}
