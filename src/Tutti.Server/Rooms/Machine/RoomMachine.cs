using System.Collections.Immutable;
using System.Diagnostics;
using Tutti.Protocol;
using Tutti.Timing;

namespace Tutti.Server.Rooms;

/// <summary>
/// The room as a pure state machine: no clock, no I/O, nothing mutable. <see cref="Decide"/> turns an input into events or a refusal,
/// <see cref="Apply"/> turns an event into the next model. What the world has to do for the room is read off the model by
/// <see cref="RoomAgenda"/>.
/// </summary>
public static class RoomMachine
{
    /// <summary>What happens, or why nothing does. The model itself is not changed.</summary>
    public static Decision Decide(RoomModel model, RoomInput input, Moment moment, SyncOptions options)
    {
        var draft = new Draft(model, moment, options);

        // What the queue has done by itself up to now comes first, so that no rule ever sees a timeline that has run out.
        Transitions.CatchUp(draft);
        var refusal = input switch
        {
            RoomInput.Commanded commanded => Command(draft, commanded),
            RoomInput.Asked asked => PeopleRules.Ask(draft, asked),
            RoomInput.DeviceJoined joined => DeviceRules.Join(draft, joined),
            RoomInput.DeviceRemembered remembered => AwayRules.Remember(draft, remembered),
            RoomInput.DeviceForgotten forgotten => AwayRules.Forget(draft, forgotten.DeviceId),
            RoomInput.DeviceReady ready => DeviceRules.Ready(draft, ready),
            RoomInput.DeviceReported reported => DeviceRules.Report(draft, reported),
            RoomInput.DeviceFaulted faulted => DeviceRules.Fault(draft, faulted),
            RoomInput.DeviceLost lost => DeviceRules.Lose(draft, lost.DeviceId),
            RoomInput.DeviceLeft left => DeviceRules.Leave(draft, left.DeviceId),
            RoomInput.MediaKnown known => MediaRules.Known(draft, known),
            RoomInput.MediaFailed failed => MediaRules.Failed(draft, failed),
            RoomInput.StreamTitled titled => MediaRules.Titled(draft, titled),
            RoomInput.TrackDescribed described => MediaRules.Described(draft, described),
            RoomInput.HandedOver handedOver => Handover.Consider(draft, handedOver.State),
            RoomInput.Tick => Tick(draft),
            RoomInput.PutAway => Transitions.PutAway(draft),
            _ => throw new UnreachableException($"Not an input: {input.GetType().Name}"),
        };
        if (refusal is not null)
        {
            return refusal;
        }

        Succession.Settle(draft);
        Crossfades.Settle(draft, model.State);
        return draft.Accept();
    }

    /// <summary>The model after one event.</summary>
    public static RoomModel Apply(RoomModel model, RoomEvent @event)
    {
        var state = model.State;
        return @event switch
        {
            RoomEvent.Transitioned e => Heard(Next(model, Shaped(state, e.Timeline, null, e.Rest) with { Leader = e.Leader, Outgoing = e.Outgoing })),
            RoomEvent.Advanced e => Heard(Next(model, Shaped(state, e.Timeline, state.Pending, e.Rest) with { Leader = null, Outgoing = e.Outgoing })),
            RoomEvent.PendingSet e => Next(model, Shaped(state, state.Timeline, e.Pending, state.Status) with { Leader = e.Leader }),
            RoomEvent.PendingDropped e => Next(model, Shaped(state, state.Timeline, null, e.Rest)),
            RoomEvent.VolumeSet e => Next(model, state with { Volume = e.Percent }),
            RoomEvent.LevellingSet e => Next(model, state with { Levelling = e.On }),
            RoomEvent.CrossfadeSet e => Next(model, state with { CrossfadeSeconds = e.Seconds }),
            RoomEvent.OverlapsSet e => Next(model, state with { Queue = Crossfades.Overlapping(state.Queue, e.Micros) }),
            RoomEvent.ItemsInserted e => Next(model, state with { Queue = state.Queue.InsertRange(e.Index, e.Items) }),
            RoomEvent.ItemsRemoved e => Next(model, state with { Queue = state.Queue.RemoveAll(item => e.ItemIds.Contains(item.Id)) }),
            RoomEvent.ItemMoved e => Next(model, state with { Queue = QueueRules.Moved(state.Queue, state.IndexOf(e.ItemId), e.ToIndex) }),
            RoomEvent.MediaLearned e => Next(model, MediaRules.Learned(state, e)),
            RoomEvent.TrackFaulted e => Next(model, state with { Queue = MediaRules.Faulted(state.Queue, e) }),
            RoomEvent.StreamTitled e => Next(model, state with { Queue = MediaRules.Titled(state.Queue, e) }),
            RoomEvent.TrackDescribed e => Next(model, state with { Queue = MediaRules.Described(state.Queue, e) }),
            RoomEvent.FaultCleared e => Next(DeviceRules.Forgiven(model, e.ItemId), state with { Queue = MediaRules.Cleared(state.Queue, e.ItemId) }),
            RoomEvent.Adopted e => Heard(Next(model, e.State) with { Origin = null }),
            RoomEvent.HeldAnew e => Next(model, state with { Room = e.Room }),
            RoomEvent.MembersChanged e => Next(model, state with { Members = e.Members }),
            RoomEvent.HostPassed e => Next(model, state with { Host = e.MemberId }),
            RoomEvent.Renamed e => Renaming.Apply(Next(model, state), e),
            RoomEvent.DoorChanged e => model with { Kept = model.Kept with { Door = e.Door } },
            RoomEvent.Closed => model with { Kept = model.Kept with { Closed = true } },
            RoomEvent.Expelled => model,
            RoomEvent.Touched => model with { Origin = null },
            RoomEvent.DeviceEntered e => model with { Devices = model.Devices.Add(e.Device) },
            RoomEvent.DeviceChanged e => model with
            {
                Devices = model.Devices.SetItem(model.IndexOfDevice(e.Device.Id), e.Device),
                Kept = model.Kept.WithSwitch(e.Device.Id, e.Device.Sound.On),
            },
            RoomEvent.DeviceGone e => model with { Devices = model.Devices.RemoveAt(model.IndexOfDevice(e.DeviceId)) },
            RoomEvent.Noticed => model,
            _ => throw new UnreachableException($"Not an event: {@event.GetType().Name}"),
        };
    }

    /// <summary>The model after all events of a decision.</summary>
    public static RoomModel Apply(RoomModel model, ImmutableArray<RoomEvent> events) => events.Aggregate(model, Apply);

    private static RoomModel Next(RoomModel model, RoomState state) =>
        model with { State = state with { Version = state.Version + 1 } };

    /// <summary>What sounds now goes into the history, once for each time that it begins.</summary>
    private static RoomModel Heard(RoomModel model) =>
        model.State is { Timeline.Rate: 1 } state && state.CurrentItem() is { } item ? model with { Kept = model.Kept.WithHeard(item, state.Timeline.AtMicros) } : model;

    private static RoomState Shaped(RoomState state, Timeline timeline, PendingTransition? pending, PlaybackStatus rest) => state with
    {
        Timeline = timeline,
        Pending = pending,
        Status = timeline.Rate == 1 ? PlaybackStatus.Playing : pending is not null ? PlaybackStatus.Preparing : rest,
    };

    private static Decision.Refused? Command(Draft draft, RoomInput.Commanded commanded)
    {
        var leader = commanded.DeviceId;
        var actor = commanded.Actor ?? draft.Model.FindDevice(leader)?.Actor ?? Actor.Anyone.Instance;
        if (Rights.ToCommand(draft.Model, actor, commanded.Command) is { } forbidden)
        {
            return forbidden;
        }

        var sender = new Sender(leader, actor);
        var refusal = commanded.Command switch
        {
            RoomCommand.Play command => PlaybackRules.Play(draft, command, sender),
            RoomCommand.Pause => PlaybackRules.Pause(draft, leader),
            RoomCommand.Resume => PlaybackRules.Resume(draft, leader),
            RoomCommand.Seek command => PlaybackRules.Seek(draft, command.PositionMicros, leader),
            RoomCommand.Stop => PlaybackRules.Stop(draft, leader),
            RoomCommand.Next => PlaybackRules.Next(draft, leader),
            RoomCommand.Previous => PlaybackRules.Previous(draft, leader),
            RoomCommand.ChangeTrack command => PlaybackRules.ChangeTrack(draft, command, sender),
            RoomCommand.Volume command => PlaybackRules.Volume(draft, command.Percent),
            RoomCommand.Levelling command => PlaybackRules.Levelling(draft, command.On),
            RoomCommand.Crossfade command => PlaybackRules.Crossfade(draft, command.Seconds),
            RoomCommand.QueueAdd command => QueueRules.Add(draft, command, sender),
            RoomCommand.QueueRemove command => QueueRules.Remove(draft, command.ItemIds, leader),
            RoomCommand.QueueMove command => QueueRules.Move(draft, command),
            RoomCommand.QueueClear => QueueRules.Clear(draft),
            RoomCommand.DeviceSet command => SoundRules.Set(draft, command, sender),
            RoomCommand.Everywhere => SoundRules.Everywhere(draft, sender),
            RoomCommand.OnlyHere command => SoundRules.OnlyHere(draft, command, sender),
            RoomCommand.HandOver command => SoundRules.HandOver(draft, command, sender),
            _ => throw new UnreachableException($"Not a command: {commanded.Command.GetType().Name}"),
        };
        if (refusal is null && draft.Model.Origin is not null)
        {
            draft.Add(new RoomEvent.Touched());
        }

        return refusal;
    }

    private static Decision.Refused? Tick(Draft draft)
    {
        Transitions.TryCommit(draft);
        DeviceRules.EndGraces(draft);
        return null;
    }
}
