using Tutti.Protocol;
using Tutti.Server.Rooms;
using Tutti.Timing;

namespace Tutti.Server.Api;

/// <summary>How a room is held.</summary>
/// <param name="Rules">Null for an open room.</param>
public sealed record RoomSettings(string Code, string Name, RoomRules? Rules);

/// <summary>The people of a room, the longest-standing first.</summary>
/// <param name="Me">The caller's member id; null when they are none.</param>
public sealed record ParticipantList(IReadOnlyList<Participant> Participants, int Total, string? Me);

/// <param name="Role">What they are now, standing in for an absent host included.</param>
/// <param name="Here">Whether one of their devices is in the room.</param>
public sealed record Participant(string Id, string Name, bool Guest, MemberRole Role, bool Here, ServerMicros SinceMicros);

/// <summary>The invitations of a room.</summary>
public sealed record InviteList(IReadOnlyList<InviteDetail> Invites, int Total);

/// <summary>An invitation. Its token was shown when it was made.</summary>
/// <param name="ExpiresMicros">Server time, µs since the Unix epoch; null: never.</param>
/// <param name="UsesLeft">Null: any number.</param>
public sealed record InviteDetail(string Id, MemberRole Role, string MadeBy, ServerMicros MadeMicros, ServerMicros? ExpiresMicros, int Uses, int? UsesLeft)
{
    public static InviteDetail Of(Invite invite, RoomState state) => new(
        invite.Id, invite.Role, state.FindMember(invite.MadeBy)?.Name ?? "", invite.MadeMicros, invite.ExpiresMicros, invite.Uses,
        invite.MaxUses is { } most ? most - invite.Uses : null);
}

/// <summary>A new invitation, shown this once.</summary>
/// <param name="Token">What is handed in when joining.</param>
/// <param name="Url">Link to the room's page that carries the token where no server sees or logs it.</param>
/// <param name="QrSvg">The link as a QR code, an SVG document.</param>
public sealed record InviteMade(string Id, string Token, string Url, string QrSvg, InviteDetail Invite);

/// <summary>Those who may not come in any more.</summary>
public sealed record BanList(IReadOnlyList<BanDetail> Banned, int Total);

public sealed record BanDetail(string Id, string Name, ServerMicros AtMicros);

/// <summary>What stands between the caller and a room.</summary>
/// <param name="Name">Null for a private room, unless the caller is a member.</param>
/// <param name="Member">Whether the caller belongs to it already.</param>
/// <param name="Needs"><c>nothing</c>, <c>name</c> (of a guest), <c>password</c>, <c>invite</c>, or <c>unlocking</c>.</param>
public sealed record DoorView(string Code, string? Name, RoomKind? Kind, bool Member, string Needs);

/// <summary>Somebody has come in.</summary>
/// <param name="MemberId">Null in an open room, which has no members; so is <paramref name="Role"/>.</param>
/// <param name="Guest">The pass of a guest; null for accounts.</param>
public sealed record Joined(string Code, string Name, string? MemberId, MemberRole? Role, GuestPass? Guest);

/// <summary>A guest's identity.</summary>
/// <param name="Pass">Shown as bearer token, or as token of hello; good for this room alone.</param>
public sealed record GuestPass(string Name, string Pass);
