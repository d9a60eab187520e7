using System.Collections.Immutable;
using System.Diagnostics;
using Tutti.Protocol;

namespace Tutti.Server.Rooms;

/// <summary>People coming, going, and what they are (docs/protocol.md §4a). How the room is held: <see cref="HoldingRules"/>.</summary>
internal static class PeopleRules
{
    public static Decision.Refused? Ask(Draft draft, RoomInput.Asked asked)
    {
        var actor = asked.Actor;
        return asked.Request switch
        {
            PeopleRequest.Enter enter => actor is Actor.Person person
                ? Enter(draft, person, enter.Proof, deviceId: null)
                : draft.State.Room.Rules is null ? null : Rights.ToBeHere(draft.Model, actor),
            PeopleRequest.Leave => Leave(draft, actor),
            PeopleRequest.SetRole request => SetRole(draft, actor, request),
            PeopleRequest.Expel request => Expel(draft, actor, request),
            PeopleRequest.WasGuest request => WasGuest(draft, actor, request.GuestMemberId),
            PeopleRequest.EndAccount => EndAccount(draft, actor),
            PeopleRequest.Hold request => HoldingRules.Hold(draft, actor, request.Change),
            PeopleRequest.Pardon request => HoldingRules.Pardon(draft, actor, request.MemberId),
            PeopleRequest.MakeInvite request => HoldingRules.MakeInvite(draft, actor, request.Invite),
            PeopleRequest.RevokeInvite request => HoldingRules.RevokeInvite(draft, actor, request.InviteId),
            PeopleRequest.Close => HoldingRules.Close(draft, actor),
            _ => throw new UnreachableException($"Not a request: {asked.Request.GetType().Name}"),
        };
    }

    /// <summary>Makes somebody a member who may be; those who are come past everything, and are made more by a good invitation for more.</summary>
    public static Decision.Refused? Enter(Draft draft, Actor.Person person, EntryProof proof, string? deviceId)
    {
        if (draft.State.Room.Rules is null)
        {
            return null;
        }

        var members = draft.State.Members;
        if (draft.State.FindMember(person.Id) is { } known)
        {
            var raising = EntryRules.Good(draft, proof) is { } invite && invite.Role > known.Role ? invite : null;
            var now = known with { Name = person.Name, Role = raising?.Role ?? known.Role };
            if (now != known)
            {
                draft.Add(new RoomEvent.MembersChanged(members.Replace(known, now)));
            }

            Spend(draft, raising);
            return null;
        }

        if (EntryRules.Of(draft, person, proof, deviceId, out var role, out var used) is { } refusal)
        {
            return refusal;
        }

        if (members.Length >= ProtocolLimits.Members)
        {
            // A room that lives for years sees many guests; the one who came first and is not here makes room.
            if (members.FirstOrDefault(member => member is { Guest: true, Role: MemberRole.Listener } && !IsHere(draft, member.Id)) is not { } past)
            {
                return new(ErrorCode.TooManyMembers, $"A room has at most {ProtocolLimits.Members} members.");
            }

            members = members.Remove(past);
        }

        draft.Add(new RoomEvent.MembersChanged(members.Add(new MemberInfo(person.Id, person.Name, person.IsGuest, role, draft.Now))));
        Spend(draft, used);
        return null;
    }

    /// <summary>Counts that somebody used an invitation.</summary>
    private static void Spend(Draft draft, Invite? used)
    {
        if (used is not null)
        {
            var door = draft.Model.Kept.Door;
            draft.Add(new RoomEvent.DoorChanged(door with { Invites = door.Invites.Replace(used, used with { Uses = used.Uses + 1 }) }));
        }
    }

    private static Decision.Refused? Leave(Draft draft, Actor actor)
    {
        if (actor is not Actor.Person person || draft.State.FindMember(person.Id) is not { } member)
        {
            return NoMember("You are");
        }

        if (member.Role == MemberRole.Host)
        {
            return new(ErrorCode.HostOnly, "The room is yours: make somebody else its host first, or close it.");
        }

        Remove(draft, member, ErrorCode.Kicked, "You have left the room.");
        return null;
    }

    private static Decision.Refused? EndAccount(Draft draft, Actor actor)
    {
        if (actor is not Actor.Person person || draft.State.FindMember(person.Id) is not { } member)
        {
            return NoMember("You are");
        }

        if (member.Role == MemberRole.Host)
        {
            if (Succession.Heir(draft.State.Members, member) is not { } heir)
            {
                draft.Add(new RoomEvent.Closed());
                return null;
            }

            var former = member with { Role = MemberRole.Listener };
            draft.Add(new RoomEvent.MembersChanged(draft.State.Members.Replace(heir, heir with { Role = MemberRole.Host }).Replace(member, former)));
            member = former;
        }

        Remove(draft, member, ErrorCode.CredentialRevoked, "This account is no more.");
        return null;
    }

    private static Decision.Refused? SetRole(Draft draft, Actor actor, PeopleRequest.SetRole request)
    {
        if (Rights.ToOwn(draft.Model, actor) is { } refusal)
        {
            return refusal;
        }

        if (draft.State.FindMember(request.MemberId) is not { } member)
        {
            return NoMember(request.MemberId);
        }

        var own = draft.State.Members.First(candidate => candidate.Role == MemberRole.Host);
        var givesAway = request.Role == MemberRole.Host;
        if (member.Id == own.Id)
        {
            return givesAway ? null : new(ErrorCode.HostOnly, "The room is yours: make somebody else its host first.");
        }

        var members = draft.State.Members.Replace(member, member with { Role = request.Role });
        draft.Add(new RoomEvent.MembersChanged(givesAway ? members.Replace(own, own with { Role = MemberRole.Dj }) : members));
        return null;
    }

    private static Decision.Refused? Expel(Draft draft, Actor actor, PeopleRequest.Expel request)
    {
        if (Rights.ToDo(draft.Model, actor, RoomRight.Kick) is { } refusal)
        {
            return refusal;
        }

        if (draft.State.FindMember(request.MemberId) is not { } member)
        {
            return NoMember(request.MemberId);
        }

        // Whose room it is stands above everybody, also above who stands in for them this moment.
        if (member.Role == MemberRole.Host || (!Rights.IsOwn(draft.Model, actor) && draft.State.RoleOf(member.Id) >= Rights.RoleOf(draft.Model, actor)))
        {
            return new(ErrorCode.NotAllowed, $"{member.Name} cannot be put out by you.");
        }

        if (request.Ban)
        {
            var door = draft.Model.Kept.Door;
            ImmutableArray<string> devices = [.. draft.Model.Devices.Where(device => device.MemberId == member.Id).Select(device => device.Id)];
            draft.Add(new RoomEvent.DoorChanged(door with
            {
                Bans = door.Bans.Add(new Ban(member.Id, member.Name, devices, draft.Now)),
                // They would come back in by their own invitation, as somebody else.
                Invites = door.Invites.RemoveAll(invite => invite.MadeBy == member.Id),
            }));
        }

        Remove(draft, member, request.Ban ? ErrorCode.Banned : ErrorCode.Kicked, $"You were put out of {draft.State.Room.Name}.");
        return null;
    }

    private static Decision.Refused? WasGuest(Draft draft, Actor actor, string guestMemberId)
    {
        if (actor is not Actor.Person { IsGuest: false } person || draft.State.FindMember(guestMemberId) is not { Guest: true } guest
            || draft.Model.Kept.Door.BanOn(person.Id, deviceId: null) is not null)
        {
            return null;
        }

        var before = draft.State.FindMember(person.Id);
        var now = new MemberInfo(
            person.Id, person.Name, false, Max(guest.Role, before?.Role), before is { SinceMicros: var earlier } && earlier < guest.SinceMicros ? earlier : guest.SinceMicros);
        var members = before is null ? draft.State.Members : draft.State.Members.Remove(before);
        draft.Add(new RoomEvent.MembersChanged(members.Replace(guest, now)));
        draft.Add(new RoomEvent.Renamed(guest.Id, person));
        return null;
    }

    private static void Remove(Draft draft, MemberInfo member, ErrorCode reason, string message)
    {
        draft.Add(new RoomEvent.MembersChanged(draft.State.Members.Remove(member)));
        draft.Add(new RoomEvent.Expelled(member.Id, reason, message));
        foreach (var device in draft.Model.Devices.Where(device => device.MemberId == member.Id))
        {
            draft.Add(new RoomEvent.DeviceGone(device.Id));
        }

        Transitions.TryCommit(draft);
    }

    private static bool IsHere(Draft draft, string memberId) => draft.Model.Devices.Any(device => device.MemberId == memberId && !device.IsAway);

    private static MemberRole Max(MemberRole one, MemberRole? other) => other > one ? other.Value : one;

    internal static Decision.Refused NoMember(string who) => new(ErrorCode.MemberNotFound, $"{who} is no member of this room.");
}
