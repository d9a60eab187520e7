using Tutti.Timing;

namespace Tutti.Protocol.Rest;

/// <summary>How a room is held.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Name">Its name, shown to people.</param>
/// <param name="Rules">Null for an open room.</param>
public sealed record RoomSettings(string Code, string Name, RoomRules? Rules);

/// <summary>The people of a room.</summary>
/// <param name="Participants">The longest-standing first.</param>
/// <param name="Total">How many.</param>
/// <param name="Me">The caller's member id; null when they are none.</param>
public sealed record ParticipantList(IReadOnlyList<Participant> Participants, int Total, string? Me);

/// <summary>A person who belongs to a room.</summary>
/// <param name="Id">Their member id.</param>
/// <param name="Name">Shown to people.</param>
/// <param name="Guest">True without an account.</param>
/// <param name="Role">What they are now, standing in for an absent host included.</param>
/// <param name="Here">Whether one of their devices is in the room.</param>
/// <param name="SinceMicros">Server time at which they first came in, µs since the Unix epoch.</param>
public sealed record Participant(string Id, string Name, bool Guest, MemberRole Role, bool Here, ServerMicros SinceMicros);

/// <summary>The invitations of a room that are good.</summary>
/// <param name="Invites">The invitations.</param>
/// <param name="Total">How many.</param>
public sealed record InviteList(IReadOnlyList<InviteDetail> Invites, int Total);

/// <summary>An invitation. Its token was shown when it was made.</summary>
/// <param name="Id">By which it is revoked.</param>
/// <param name="Role">What those become who come in by it.</param>
/// <param name="MadeBy">Who made it, for people.</param>
/// <param name="MadeMicros">Server time, µs since the Unix epoch.</param>
/// <param name="ExpiresMicros">Server time, µs since the Unix epoch; null: never.</param>
/// <param name="Uses">How many people have come in by it.</param>
/// <param name="UsesLeft">Null: any number.</param>
public sealed record InviteDetail(string Id, MemberRole Role, string MadeBy, ServerMicros MadeMicros, ServerMicros? ExpiresMicros, int Uses, int? UsesLeft);

/// <summary>A new invitation, shown this once. Printing it does not show it.</summary>
/// <param name="Id">By which it is revoked.</param>
/// <param name="Token">What is handed in when joining.</param>
/// <param name="Url">Link to the room's page that carries the token where no server sees or logs it.</param>
/// <param name="QrSvg">The link as a QR code, an SVG document.</param>
/// <param name="Invite">What the list shows of it.</param>
public sealed record InviteMade(string Id, string Token, string Url, string QrSvg, InviteDetail Invite)
{
    /// <summary>Keeps the token out of logs.</summary>
    public override string ToString() => $"invitation {Id}";
}

/// <summary>Those who may not come in any more.</summary>
/// <param name="Banned">The banned.</param>
/// <param name="Total">How many.</param>
public sealed record BanList(IReadOnlyList<BanDetail> Banned, int Total);

/// <summary>Somebody who may not come in any more.</summary>
/// <param name="Id">Their member id.</param>
/// <param name="Name">Shown to people.</param>
/// <param name="AtMicros">Server time of the ban, µs since the Unix epoch.</param>
public sealed record BanDetail(string Id, string Name, ServerMicros AtMicros);

/// <summary>What stands between the caller and a room.</summary>
/// <param name="Code">The room's code.</param>
/// <param name="Name">Null for a private room, unless the caller is a member.</param>
/// <param name="Kind">Null for an open room.</param>
/// <param name="Member">Whether the caller belongs to it already.</param>
/// <param name="Needs"><c>nothing</c>, <c>name</c> (of a guest), <c>password</c>, <c>invite</c>, or <c>unlocking</c>.</param>
public sealed record DoorView(string Code, string? Name, RoomKind? Kind, bool Member, string Needs);

/// <summary>Somebody has come in.</summary>
/// <param name="Code">The room's code.</param>
/// <param name="Name">The room's name, shown to people.</param>
/// <param name="MemberId">Null in an open room, which has no members; so is <paramref name="Role"/>.</param>
/// <param name="Role">What they are there.</param>
/// <param name="Guest">The pass of a guest; null for accounts.</param>
public sealed record Joined(string Code, string Name, string? MemberId, MemberRole? Role, GuestPass? Guest);

/// <summary>A guest's identity. Printing it does not show the pass.</summary>
/// <param name="Name">Shown to people.</param>
/// <param name="Pass">Shown as bearer token, or as token of hello; good for this room alone.</param>
public sealed record GuestPass(string Name, string Pass)
{
    /// <summary>Keeps the pass out of logs.</summary>
    public override string ToString() => $"guest {Name}";
}
