using Tutti.Protocol;

namespace Tutti.Server.Rooms;

/// <summary>Whether somebody new may come in, and as what.</summary>
internal static class EntryRules
{
    /// <summary>The invitation that is shown; null when none is, or one that lets nobody in any more.</summary>
    public static Invite? Good(Draft draft, EntryProof proof) => proof.InviteTokenHash is { } hash
        ? draft.Model.Kept.Door.Invites.FirstOrDefault(invite => invite.TokenHash == hash && !invite.IsExpiredAt(draft.Now) && !invite.IsUsedUp)
        : null;

    /// <param name="role">What they become.</param>
    /// <param name="used">The invitation that let them in; null for none.</param>
    /// <returns>Null when they may, else why not.</returns>
    public static Decision.Refused? Of(Draft draft, Actor.Person person, EntryProof proof, string? deviceId, out MemberRole role, out Invite? used)
    {
        (role, used) = (MemberRole.Listener, null);
        var (room, door) = (draft.State.Room, draft.Model.Kept.Door);
        if (room.Rules is not { } rules)
        {
            return null;
        }

        if (rules.Kind == RoomKind.Personal)
        {
            return Rights.NoSuchRoom(draft.Model);
        }

        if (door.BanOn(person.Id, deviceId) is not null)
        {
            return new(ErrorCode.Banned, $"You cannot come into {room.Name} any more.");
        }

        if (rules.Locked)
        {
            return new(ErrorCode.RoomLocked, $"{room.Name} is locked: nobody new comes in now.");
        }

        if (proof.InviteTokenHash is { } tokenHash)
        {
            used = door.Invites.FirstOrDefault(invite => invite.TokenHash == tokenHash);
            role = used?.Role ?? role;
            return used is null ? new(ErrorCode.InviteInvalid, "This invitation was revoked, or never was one.")
                : used.IsExpiredAt(draft.Now) ? new(ErrorCode.InviteExpired, "This invitation has expired.")
                : used.IsUsedUp ? new(ErrorCode.InviteUsedUp, "This invitation has been used as often as it was meant for.")
                : null;
        }

        if (door.PasswordHash is not { } password)
        {
            return rules.Public ? null : new(ErrorCode.InviteNeeded, $"{room.Name} is private: it takes an invitation.");
        }

        return proof.MatchedPasswordHash is not { } matched ? new(ErrorCode.PasswordNeeded, $"{room.Name} has a password.")
            : matched != password ? new(ErrorCode.PasswordWrong, "The password was changed this very moment.")
            : null;
    }
}
