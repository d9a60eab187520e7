using Tutti.Protocol;

namespace Tutti.Server.Rooms;

/// <summary>How a room is held: name, privacy, lock, password, rights, invitations, bans, its end (docs/protocol.md §4a).</summary>
internal static class HoldingRules
{
    private const int SpentInvitesKept = 50;

    /// <summary>Null when this one may change how the room is held, else why not.</summary>
    /// <param name="nameAlone">Nothing but its name is to change.</param>
    public static Decision.Refused? Refusal(RoomModel model, Actor actor, bool nameAlone) =>
        Rights.ToOwn(model, actor)
        ?? (model.State.Room.Code == RoomCodes.Home ? new(ErrorCode.HostOnly, "Home is everybody's and stays as it is.")
            : !nameAlone && model.State.Room.Rules is not { Kind: RoomKind.Shared } ? NoMembers(model.State.Room)
            : null);

    public static Decision.Refused? Hold(Draft draft, Actor actor, SettingsChange change)
    {
        var (room, door) = (draft.State.Room, draft.Model.Kept.Door);
        var nameAlone = change with { Name = null } == new SettingsChange();
        if (Refusal(draft.Model, actor, nameAlone) is { } refusal)
        {
            return refusal;
        }

        var changed = room with { Name = change.Name ?? room.Name };
        if (!nameAlone && room.Rules is { } rules)
        {
            var hash = change.PasswordHash is null ? door.PasswordHash : change.PasswordHash.Length == 0 ? null : change.PasswordHash;
            if (hash != door.PasswordHash)
            {
                draft.Add(new RoomEvent.DoorChanged(door with { PasswordHash = hash }));
            }

            changed = changed with
            {
                Rules = rules with
                {
                    Public = change.Public ?? rules.Public, Locked = change.Locked ?? rules.Locked, Password = hash is not null, Rights = change.Rights ?? rules.Rights,
                },
            };
        }

        if (changed != room)
        {
            draft.Add(new RoomEvent.HeldAnew(changed));
        }

        return null;
    }

    public static Decision.Refused? Pardon(Draft draft, Actor actor, string memberId)
    {
        var door = draft.Model.Kept.Door;
        if (Rights.ToDo(draft.Model, actor, RoomRight.Kick) is { } refusal)
        {
            return refusal;
        }

        if (door.Bans.All(ban => ban.MemberId != memberId))
        {
            return new(ErrorCode.MemberNotFound, $"{memberId} is not banned.");
        }

        draft.Add(new RoomEvent.DoorChanged(door with { Bans = door.Bans.RemoveAll(ban => ban.MemberId == memberId) }));
        return null;
    }

    public static Decision.Refused? MakeInvite(Draft draft, Actor actor, Invite invite)
    {
        var (room, door) = (draft.State.Room, draft.Model.Kept.Door);
        if (room.Rules is not { Kind: RoomKind.Shared })
        {
            return Rights.ToBeHere(draft.Model, actor) ?? NoMembers(room);
        }

        if (Rights.ToDo(draft.Model, actor, RoomRight.Invite) is { } refusal)
        {
            return refusal;
        }

        if (invite.Role != MemberRole.Listener && !Rights.IsOwn(draft.Model, actor))
        {
            return new(ErrorCode.NotAllowed, "It takes whose room it is to invite somebody as DJ.");
        }

        var spent = door.Invites.Where(old => old.IsExpiredAt(draft.Now) || old.IsUsedUp).ToArray();
        if (door.Invites.Length - spent.Length >= ProtocolLimits.Invites)
        {
            return new(ErrorCode.TooManyInvites, $"At most {ProtocolLimits.Invites} invitations are good at once: revoke some.");
        }

        // Those that are of no use any more are kept for a while, so that who shows one hears what is wrong with it.
        var forgotten = spent.Take(spent.Length - SpentInvitesKept);
        draft.Add(new RoomEvent.DoorChanged(door with { Invites = door.Invites.RemoveRange(forgotten).Add(invite) }));
        return null;
    }

    public static Decision.Refused? RevokeInvite(Draft draft, Actor actor, string inviteId)
    {
        var door = draft.Model.Kept.Door;
        if (Rights.ToDo(draft.Model, actor, RoomRight.Invite) is { } refusal)
        {
            return refusal;
        }

        if (door.Invites.FirstOrDefault(invite => invite.Id == inviteId) is not { } found)
        {
            return new(ErrorCode.InviteInvalid, $"There is no invitation {inviteId}.");
        }

        if (found.MadeBy != (actor as Actor.Person)?.Id && Rights.ToDo(draft.Model, actor, RoomRight.Kick) is not null)
        {
            return new(ErrorCode.NotAllowed, "This invitation is somebody else's.");
        }

        draft.Add(new RoomEvent.DoorChanged(door with { Invites = door.Invites.Remove(found) }));
        return null;
    }

    public static Decision.Refused? Close(Draft draft, Actor actor)
    {
        var room = draft.State.Room;
        if (Rights.ToOwn(draft.Model, actor) is { } refusal)
        {
            return refusal;
        }

        if (room.Code == RoomCodes.Home || room.Rules is { Kind: RoomKind.Personal })
        {
            return new(ErrorCode.HostOnly, $"{room.Name} cannot be closed by you.");
        }

        draft.Add(new RoomEvent.Closed());
        return null;
    }

    private static Decision.Refused NoMembers(RoomIdentity room) =>
        new(ErrorCode.NoMembers, room.Rules is null ? $"{room.Name} is open to everybody: there is nobody to let in or keep out." : $"{room.Name} is one person's alone.");
}
