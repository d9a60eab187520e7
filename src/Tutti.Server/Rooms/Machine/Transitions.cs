using System.Collections.Immutable;
using Tutti.Protocol;
using Tutti.Timing;

namespace Tutti.Server.Rooms;

/// <summary>How the timeline moves: the ready handshake, holding, and the queue going on by itself.</summary>
internal static class Transitions
{
    /// <summary>The earliest instant for a transition: what the devices can meet, and never before the newest one takes effect.</summary>
    public static ServerMicros Earliest(Draft draft) =>
        ServerMicros.Max(Leads.Earliest(draft.Model.Devices, draft.Now, draft.Options), draft.State.Timeline.AtMicros);

    /// <summary>Starts getting the room ready to sound from this place; a transition at once when nobody has to be waited for.</summary>
    /// <param name="readyWaitMs">Longest wait for devices once the sound can be fetched.</param>
    public static void Begin(Draft draft, string itemId, long positionMicros, string? leader, int readyWaitMs)
    {
        if (draft.State.Find(itemId)!.Fault is not null)
        {
            draft.Add(new RoomEvent.FaultCleared(itemId));
        }

        // What is live has no place of its own: this one is about where it will be.
        positionMicros = draft.State.Find(itemId)!.Track.Live ? draft.Now.Value : positionMicros;
        var waitMs = draft.State.Find(itemId) is { Media: not null, Track: var track } ? Patience(draft, track, readyWaitMs) : draft.Options.MediaWaitSeconds * 1_000L;
        var deadline = draft.Now + (waitMs * ServerMicros.PerMillisecond);
        draft.Add(new RoomEvent.PendingSet(new PendingTransition(itemId, positionMicros, 1, draft.Now, deadline), leader));
        TryCommit(draft);
    }

    public static void Begin(Draft draft, string itemId, long positionMicros, string? leader) =>
        Begin(draft, itemId, positionMicros, leader, draft.Options.ReadyWaitMs);

    /// <summary>Longest wait for devices, ms: a service's own player takes its time, wherever in the track it is to begin.</summary>
    public static int Patience(Draft draft, TrackSummary track, int usualMs) => track.Embedded is null ? usualMs : draft.Options.PlayerReadyWaitMs;

    /// <summary>Schedules what is pending when its sound is there and every sounding device is ready, or the deadline has come.</summary>
    public static void TryCommit(Draft draft)
    {
        var state = draft.State;
        if (state.Pending is not { } pending || state.Find(pending.ItemId) is not { Media: not null } item)
        {
            return;
        }

        if (draft.Now < pending.DeadlineMicros && draft.Model.Devices.Any(device => device.Sounds && !device.IsDoneWith(pending)))
        {
            return;
        }

        var at = Earliest(draft);
        var timeline = Timeline.Moving(pending.ItemId, item.Track.Live ? at.Value : pending.PositionMicros, at);
        draft.Add(new RoomEvent.Transitioned(timeline, PlaybackStatus.Paused, state.Leader, Crossfades.Left(state, timeline)));
        Trim(draft);
    }

    /// <summary>Holds at a place. Whatever is pending is dropped.</summary>
    public static void Hold(Draft draft, string? itemId, long positionMicros, ServerMicros at, PlaybackStatus rest, string? leader)
    {
        draft.Add(new RoomEvent.Transitioned(Timeline.Held(itemId, positionMicros, at), rest, leader));
        Trim(draft);
    }

    /// <summary>Does what the queue has done by itself since the last input: items whose time is over are followed by the next.</summary>
    public static void CatchUp(Draft draft)
    {
        while (NextBoundary(draft.State) is { } next && next.AtMicros <= draft.Now)
        {
            if (next.Rate == 1 && draft.State.Find(next.ItemId) is { Media: null } or { Track.NeedsOwnStart: true })
            {
                // Its sound was not there in time, or is nowhere before it is listened to: hold at its start and get it ready like any other start.
                draft.Add(new RoomEvent.Advanced(next with { Rate = 0 }, PlaybackStatus.Paused));
                if (draft.State.Pending is null)
                {
                    Begin(draft, next.ItemId!, 0, leader: null);
                }
            }
            else
            {
                draft.Add(new RoomEvent.Advanced(next, PlaybackStatus.Stopped, Crossfades.RunOut(draft.State, next)));
                Trim(draft);
            }
        }
    }

    /// <summary>The timeline that follows by itself; null when none does.</summary>
    public static Timeline? NextBoundary(RoomState state) =>
        state.Timeline.Rate == 1 ? Playout.NextBoundary(state.Timeline, state.PlayoutItems()) : null;

    /// <summary>Before a room leaves memory: nothing plays on with nobody to see to it.</summary>
    public static Decision.Refused? PutAway(Draft draft)
    {
        var state = draft.State;
        if (state.Pending is { } pending)
        {
            Hold(draft, pending.ItemId, pending.PositionMicros, draft.Now, PlaybackStatus.Paused, null);
        }
        else if (state.Status == PlaybackStatus.Playing)
        {
            var place = state.SoundingAt(draft.Now);
            Hold(draft, place.ItemId, place.PositionMicros, draft.Now, PlaybackStatus.Paused, null);
        }

        return null;
    }

    private static void Trim(Draft draft)
    {
        var surplus = draft.State.IndexOf(draft.State.Timeline.ItemId) - ProtocolLimits.PlayedItemsKept;
        if (surplus > 0 && draft.State.Pending is null)
        {
            draft.Add(new RoomEvent.ItemsRemoved([.. draft.State.Queue.Take(surplus).Select(item => item.Id)]));
        }
    }
}
