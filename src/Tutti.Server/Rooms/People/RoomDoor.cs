using System.Collections.Immutable;
using Tutti.Protocol;
using Tutti.Timing;

namespace Tutti.Server.Rooms;

/// <summary>What stands at a room's door and is nobody's business: password, invitations, bans. Never broadcast.</summary>
public sealed record RoomDoor
{
    public static RoomDoor Open { get; } = new();

    /// <summary>As <see cref="RoomPassword.Hash"/> made it; null without a password.</summary>
    public string? PasswordHash { get; init; }

    public ImmutableArray<Invite> Invites { get; init => field = value.IsDefault ? [] : value; } = [];

    public ImmutableArray<Ban> Bans { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>The ban that meets this person or this device; null when none does.</summary>
    public Ban? BanOn(string memberId, string? deviceId) =>
        Bans.FirstOrDefault(ban => ban.MemberId == memberId || (deviceId is not null && ban.DeviceIds.Contains(deviceId)));

    /// <summary>
    /// The ban that meets a device with which this member comes; null when none does. Whose room it is, and who belonged to it before the ban, may
    /// have lent theirs; who came after it is the banned one under another name.
    /// </summary>
    public Ban? BanOn(string deviceId, MemberInfo? member) => member is null or { Role: MemberRole.Host }
        ? null
        : Bans.FirstOrDefault(ban => ban.DeviceIds.Contains(deviceId) && member.SinceMicros >= ban.AtMicros);
}

/// <summary>An invitation: who holds its token comes in, past password and privacy, but not past a lock or a ban.</summary>
/// <param name="TokenHash">SHA-256 of the token, which is shown once and not kept.</param>
/// <param name="Role">What those become who come in by it; never host.</param>
/// <param name="ExpiresMicros">Server time; null: never.</param>
/// <param name="MaxUses">How many people may come in by it; null: any number.</param>
/// <param name="Uses">How many have.</param>
public sealed record Invite(
    string Id, string TokenHash, MemberRole Role, string MadeBy, ServerMicros MadeMicros, ServerMicros? ExpiresMicros, int? MaxUses, int Uses = 0)
{
    public bool IsExpiredAt(ServerMicros now) => ExpiresMicros is { } end && end <= now;

    public bool IsUsedUp => MaxUses is { } most && Uses >= most;
}

/// <summary>Somebody who may not come in any more.</summary>
/// <param name="DeviceIds">The devices that they had in the room then: a new name does not help.</param>
public sealed record Ban(string MemberId, string Name, ImmutableArray<string> DeviceIds, ServerMicros AtMicros);
