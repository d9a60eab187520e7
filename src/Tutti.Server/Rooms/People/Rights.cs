using System.Diagnostics;
using Tutti.Protocol;

namespace Tutti.Server.Rooms;

/// <summary>Who may do what in a room: the one place where that is decided (docs/protocol.md §4a).</summary>
public static class Rights
{
    /// <summary>Null when this one may look at the room and listen, else why not.</summary>
    public static Decision.Refused? ToBeHere(RoomModel model, Actor actor)
    {
        if (model.State.Room.Rules is not { } rules || (actor is Actor.Person person && model.State.FindMember(person.Id) is not null))
        {
            return null;
        }

        // Not even its existence is anybody else's business.
        return rules.Kind == RoomKind.Personal
            ? NoSuchRoom(model)
            : new(ErrorCode.JoinNeeded, $"Join {model.State.Room.Name} first.");
    }

    /// <summary>Null when this one has the right, else why not.</summary>
    public static Decision.Refused? ToDo(RoomModel model, Actor actor, RoomRight right)
    {
        if (model.State.Room.Rules is not { } rules)
        {
            return null;
        }

        if (ToBeHere(model, actor) is { } refusal)
        {
            return refusal;
        }

        var needed = rules.Rights.Of(right);
        return RoleOf(model, actor) >= needed
            ? null
            : new(ErrorCode.NotAllowed, $"In {model.State.Room.Name} it takes {(needed == MemberRole.Dj ? "a DJ" : "the host")} to {Words(right)}.");
    }

    /// <summary>Null when this one may give the command, else why not.</summary>
    public static Decision.Refused? ToCommand(RoomModel model, Actor actor, RoomCommand command)
    {
        if (model.State.Room.Rules is null)
        {
            return null;
        }

        ReadOnlySpan<RoomRight> needed = command switch
        {
            RoomCommand.Play { TrackIds.IsDefaultOrEmpty: true, PositionMicros: null } or RoomCommand.Pause or RoomCommand.Resume or RoomCommand.Stop => [RoomRight.Play],
            RoomCommand.Play { TrackIds.IsDefaultOrEmpty: true } => [RoomRight.Play, RoomRight.Seek],
            RoomCommand.Play => [RoomRight.Play, RoomRight.Skip, RoomRight.Add],
            RoomCommand.Seek => [RoomRight.Seek],
            RoomCommand.Next or RoomCommand.Previous or RoomCommand.ChangeTrack { TrackId: null } => [RoomRight.Skip],
            RoomCommand.ChangeTrack => [RoomRight.Skip, RoomRight.Add, RoomRight.Remove],
            RoomCommand.Volume or RoomCommand.Levelling or RoomCommand.Crossfade => [RoomRight.Volume],
            RoomCommand.QueueAdd { At: var at } => at == QueuePlace.End ? [RoomRight.Add] : [RoomRight.Add, RoomRight.Reorder],
            RoomCommand.QueueRemove remove => TakesBackOwn(model, actor, remove) ? [RoomRight.Add] : [RoomRight.Remove],
            RoomCommand.QueueMove => [RoomRight.Reorder],
            RoomCommand.QueueClear => [RoomRight.Remove],

            // Everybody's own devices are their own; which those are, SoundRules asks ToSet.
            RoomCommand.DeviceSet or RoomCommand.Everywhere or RoomCommand.OnlyHere or RoomCommand.HandOver => [],
            _ => throw new UnreachableException($"Not a command: {command.GetType().Name}"),
        };
        foreach (var right in needed)
        {
            if (ToDo(model, actor, right) is { } refusal)
            {
                return refusal;
            }
        }

        return ToBeHere(model, actor);
    }

    /// <summary>True when this one may set the device: in an open room everybody every one, else everybody their own.</summary>
    public static bool ToSet(RoomModel model, Actor actor, DeviceEntry device) =>
        model.State.Room.Rules is null || (actor is Actor.Person person && person.Id == device.MemberId);

    /// <summary>
    /// Null when this one may decide how the room is held and who is what in it, else why not. That outlives a visit, so it is for whose
    /// room it is, and not for who stands in.
    /// </summary>
    public static Decision.Refused? ToOwn(RoomModel model, Actor actor) =>
        ToBeHere(model, actor)
        ?? (model.State.Room.Rules is null || IsOwn(model, actor) ? null : new(ErrorCode.HostOnly, "This is for whose room it is, also while somebody stands in."));

    /// <summary>True when the room is this one's, here or not.</summary>
    public static bool IsOwn(RoomModel model, Actor actor) => model.State.FindMember((actor as Actor.Person)?.Id) is { Role: MemberRole.Host };

    /// <summary>What this one is in the room now; null when they are no member.</summary>
    public static MemberRole? RoleOf(RoomModel model, Actor actor) => actor is Actor.Person person ? model.State.RoleOf(person.Id) : null;

    internal static Decision.Refused NoSuchRoom(RoomModel model) => new(ErrorCode.RoomNotFound, $"There is no room {model.State.Room.Code}.");

    private static bool TakesBackOwn(RoomModel model, Actor actor, RoomCommand.QueueRemove remove) =>
        actor is Actor.Person person
        && remove.ItemIds.All(id => id != model.State.Timeline.ItemId && id != model.State.Pending?.ItemId && model.State.Find(id)?.AddedById == person.Id);

    private static string Words(RoomRight right) => right switch
    {
        RoomRight.Play => "play and pause",
        RoomRight.Seek => "seek",
        RoomRight.Skip => "skip",
        RoomRight.Volume => "change the volume",
        RoomRight.Add => "add tracks",
        RoomRight.Reorder => "reorder the queue",
        RoomRight.Remove => "remove tracks of others",
        RoomRight.Invite => "invite",
        _ => "put somebody out",
    };
}
