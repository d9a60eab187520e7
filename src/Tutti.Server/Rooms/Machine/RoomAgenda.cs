using System.Collections.Immutable;
using Tutti.Protocol;
using Tutti.Timing;

namespace Tutti.Server.Rooms;

/// <summary>
/// What the world has to do for a room, read off the model: so no effect can be lost, doubled or left behind by a transition that was
/// overtaken.
/// </summary>
/// <param name="WakeAt">When <see cref="RoomInput.Tick"/> is due; null when nothing waits for time.</param>
/// <param name="Tracks">Ids of the tracks whose sound should be got going, most urgent first.</param>
public readonly record struct RoomAgenda(ServerMicros? WakeAt, ImmutableArray<string> Tracks)
{
    public static RoomAgenda Of(RoomModel model, SyncOptions options) => new(Wake(model, options), Wanted(model));

    private static ServerMicros? Wake(RoomModel model, SyncOptions options)
    {
        var state = model.State;
        var wake = Transitions.NextBoundary(state)?.AtMicros;
        if (state.Pending is { } pending && state.Find(pending.ItemId) is { Media: not null })
        {
            wake = Earlier(wake, pending.DeadlineMicros);
        }

        foreach (var device in model.Devices)
        {
            if (device is { IsAway: false, LostAt: { } lostAt })
            {
                wake = Earlier(wake, DeviceRules.GraceEnd(lostAt, options));
            }
        }

        return wake;
    }

    private static ImmutableArray<string> Wanted(RoomModel model)
    {
        var state = model.State;
        if (state.Queue.IsEmpty)
        {
            return [];
        }

        if (state.Pending is { } pending)
        {
            // Alone: what comes after can wait until this one has its first segment.
            return [state.Find(pending.ItemId)!.Track.Id];
        }

        if (state.Status == PlaybackStatus.Stopped && !model.Devices.Any(device => device.LostAt is null))
        {
            return [];
        }

        var first = state.Status == PlaybackStatus.Stopped ? PlaybackRules.WhatPlayStarts(state) : state.CurrentItem();
        if (first is not { Fault: null })
        {
            return [];
        }

        return state.Status == PlaybackStatus.Playing && QueueRules.PlayableAfter(state, state.IndexOf(first.Id)) is { } next
            ? [first.Track.Id, next.Track.Id]
            : [first.Track.Id];
    }

    private static ServerMicros Earlier(ServerMicros? one, ServerMicros other) => one is { } known && known < other ? known : other;
}
