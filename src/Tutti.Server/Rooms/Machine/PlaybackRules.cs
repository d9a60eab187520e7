using Tutti.Protocol;
using Tutti.Timing;

namespace Tutti.Server.Rooms;

/// <summary>The commands that move the timeline, and those that say how it sounds (docs/protocol.md §5).</summary>
internal static class PlaybackRules
{
    public static Decision.Refused? Play(Draft draft, RoomCommand.Play command, Sender sender)
    {
        var leader = sender.DeviceId;
        if (command.TrackIds.IsDefaultOrEmpty)
        {
            return PlayOn(draft, command.PositionMicros, leader);
        }

        if (command.StartIndex < 0 || command.StartIndex >= command.TrackIds.Length)
        {
            return new(ErrorCode.IndexOutOfRange, $"startIndex {command.StartIndex} is not one of the {command.TrackIds.Length} tracks.");
        }

        if (QueueRules.MakeItems(draft, command.TrackIds, sender, out var items) is { } refusal)
        {
            return refusal;
        }

        var positionMicros = command.PositionMicros ?? 0;
        var start = items[command.StartIndex];
        if (CheckPosition(start, positionMicros) is { } outOfRange)
        {
            return outOfRange;
        }

        draft.Add(new RoomEvent.ItemsInserted(draft.State.IndexOf(draft.Model.TargetItemId) + 1, items));
        Transitions.Begin(draft, start.Id, positionMicros, leader);
        return null;
    }

    public static Decision.Refused? Pause(Draft draft, string? leader)
    {
        var state = draft.State;
        if (state.Status is not (PlaybackStatus.Playing or PlaybackStatus.Preparing))
        {
            return new(ErrorCode.NotPlaying, "Nothing is playing.");
        }

        var at = state.Status == PlaybackStatus.Playing ? Transitions.Earliest(draft) : draft.Now;
        if (state.Pending is { } pending)
        {
            Transitions.Hold(draft, pending.ItemId, pending.PositionMicros, at, PlaybackStatus.Paused, leader);
            return null;
        }

        // The queue may come to its end before the pause takes effect: then there is nothing left to resume.
        var place = state.SoundingAt(at);
        Transitions.Hold(draft, place.ItemId, place.PositionMicros, at, place.Moving ? PlaybackStatus.Paused : PlaybackStatus.Stopped, leader);
        return null;
    }

    public static Decision.Refused? Resume(Draft draft, string? leader)
    {
        var state = draft.State;
        if (state.Status != PlaybackStatus.Paused || state.Timeline.ItemId is not { } itemId)
        {
            return new(ErrorCode.NotPaused, "Nothing is paused.");
        }

        Transitions.Begin(draft, itemId, state.Timeline.PositionMicros, leader);
        return null;
    }

    public static Decision.Refused? Seek(Draft draft, long positionMicros, string? leader)
    {
        if (draft.State.Find(draft.Model.TargetItemId) is not { } item)
        {
            return new(ErrorCode.NothingToPlay, "There is no current item to seek in.");
        }

        if (item.Track.Live)
        {
            return new(ErrorCode.PositionOutOfRange, $"{item.Track.Title} is live: there is nothing to seek in.");
        }

        if (CheckPosition(item, positionMicros) is { } outOfRange)
        {
            return outOfRange;
        }

        GoTo(draft, item.Id, positionMicros, leader, Math.Min(draft.Options.ReadyWaitMs, draft.Options.SeekReadyWaitMs));
        return null;
    }

    public static Decision.Refused? Stop(Draft draft, string? leader)
    {
        var state = draft.State;
        if (state.Status == PlaybackStatus.Stopped && state.Timeline.PositionMicros == 0)
        {
            return null;
        }

        var at = state.Status == PlaybackStatus.Playing ? Transitions.Earliest(draft) : draft.Now;
        var itemId = state.Pending?.ItemId ?? state.SoundingAt(at).ItemId;
        Transitions.Hold(draft, itemId, 0, at, PlaybackStatus.Stopped, leader);
        return null;
    }

    public static Decision.Refused? Next(Draft draft, string? leader)
    {
        if (draft.State.Queue.IsEmpty)
        {
            return QueueIsEmpty();
        }

        if (QueueRules.PlayableAfter(draft.State, draft.State.IndexOf(draft.Model.TargetItemId)) is not { } item)
        {
            return new(ErrorCode.NothingNext, "This is the last item of the queue.");
        }

        GoTo(draft, item.Id, 0, leader, draft.Options.ReadyWaitMs);
        return null;
    }

    public static Decision.Refused? Previous(Draft draft, string? leader)
    {
        var state = draft.State;
        if (state.Find(draft.Model.TargetItemId) is not { } item)
        {
            return QueueIsEmpty();
        }

        var positionMicros = state.Pending?.PositionMicros ?? state.SoundingAt(draft.Now).PositionMicros;
        var target = positionMicros > ProtocolLimits.PreviousRestartsAfterMicros && !item.Track.Live
            ? item
            : QueueRules.PlayableBefore(state, state.IndexOf(item.Id)) ?? item;
        GoTo(draft, target.Id, 0, leader, draft.Options.ReadyWaitMs);
        return null;
    }

    public static Decision.Refused? ChangeTrack(Draft draft, RoomCommand.ChangeTrack command, Sender sender)
    {
        if (command.TrackId is { } trackId)
        {
            return QueueRules.Replace(draft, trackId, sender);
        }

        if (draft.State.Find(command.ItemId) is not { } item)
        {
            return new(ErrorCode.ItemNotFound, $"No item {command.ItemId} in the queue.");
        }

        Start(draft, item.Id, sender.DeviceId);
        return null;
    }

    public static Decision.Refused? Volume(Draft draft, int percent)
    {
        if (percent is < 0 or > ProtocolLimits.VolumeMax)
        {
            return new(ErrorCode.VolumeOutOfRange, $"volume must be 0 to {ProtocolLimits.VolumeMax}, not {percent}.");
        }

        if (percent != draft.State.Volume)
        {
            draft.Add(new RoomEvent.VolumeSet(percent));
        }

        return null;
    }

    public static Decision.Refused? Levelling(Draft draft, bool on)
    {
        if (on != draft.State.Levelling)
        {
            draft.Add(new RoomEvent.LevellingSet(on));
        }

        return null;
    }

    public static Decision.Refused? Crossfade(Draft draft, int seconds)
    {
        if (seconds is < 0 or > ProtocolLimits.CrossfadeMaxSeconds)
        {
            return new(ErrorCode.CrossfadeOutOfRange, $"seconds must be 0 to {ProtocolLimits.CrossfadeMaxSeconds}, not {seconds}.");
        }

        if (seconds != draft.State.CrossfadeSeconds)
        {
            draft.Add(new RoomEvent.CrossfadeSet(seconds));
        }

        return null;
    }

    /// <summary>To the start of an item: paused stays paused, everything else sounds.</summary>
    public static void Start(Draft draft, string itemId, string? leader)
    {
        if (draft.State.Status == PlaybackStatus.Paused)
        {
            Transitions.Hold(draft, itemId, 0, Settled(draft), PlaybackStatus.Paused, leader);
        }
        else
        {
            Transitions.Begin(draft, itemId, 0, leader);
        }
    }

    private static Decision.Refused? PlayOn(Draft draft, long? positionMicros, string? leader)
    {
        var state = draft.State;
        if (state.Queue.IsEmpty)
        {
            return QueueIsEmpty();
        }

        if (state.Status is PlaybackStatus.Playing or PlaybackStatus.Preparing)
        {
            return positionMicros is { } place ? Seek(draft, place, leader) : null;
        }

        var item = WhatPlayStarts(state);
        var fromMicros = positionMicros ?? (item.Id == state.Timeline.ItemId && !IsAtEnd(state, item) ? state.Timeline.PositionMicros : 0);
        if (CheckPosition(item, fromMicros) is { } outOfRange)
        {
            return outOfRange;
        }

        Transitions.Begin(draft, item.Id, fromMicros, leader);
        return null;
    }

    /// <summary>
    /// The item that a bare <c>play</c> starts: the current one, or, when that has come to its end or cannot sound, the next that can; from
    /// the top when none is left. When every item is faulty, the current one is tried again.
    /// </summary>
    internal static QueueItem WhatPlayStarts(RoomState state)
    {
        var index = state.IndexOf(state.Timeline.ItemId);
        var current = index < 0 ? null : state.Queue[index];
        if (current is { Fault: null } && !IsAtEnd(state, current))
        {
            return current;
        }

        return QueueRules.PlayableAfter(state, index) ?? QueueRules.PlayableAfter(state, -1) ?? current ?? state.Queue[0];
    }

    private static bool IsAtEnd(RoomState state, QueueItem item) =>
        state.Status == PlaybackStatus.Stopped && state.Timeline.PositionMicros > 0 && state.Timeline.PositionMicros >= item.Track.DurationMicros;

    /// <summary>To a place, keeping what the room does: playing goes through the ready handshake, held just moves.</summary>
    private static void GoTo(Draft draft, string itemId, long positionMicros, string? leader, int readyWaitMs)
    {
        if (draft.State.Status is PlaybackStatus.Playing or PlaybackStatus.Preparing)
        {
            Transitions.Begin(draft, itemId, positionMicros, leader, readyWaitMs);
        }
        else
        {
            Transitions.Hold(draft, itemId, positionMicros, Settled(draft), draft.State.Status, leader);
        }
    }

    private static ServerMicros Settled(Draft draft) => ServerMicros.Max(draft.Now, draft.State.Timeline.AtMicros);

    private static Decision.Refused? CheckPosition(QueueItem item, long positionMicros) =>
        positionMicros >= 0 && positionMicros <= item.Track.DurationMicros
            ? null
            : new(ErrorCode.PositionOutOfRange, $"positionMicros must be 0 to {item.Track.DurationMicros}, not {positionMicros}.");

    private static Decision.Refused QueueIsEmpty() => new(ErrorCode.NothingToPlay, "The queue is empty.");
}
