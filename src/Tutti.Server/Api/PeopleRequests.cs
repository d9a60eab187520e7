using Tutti.Protocol;
using Tutti.Server.Access.Accounts;
using Tutti.Server.Rooms;

namespace Tutti.Server.Api;

/// <summary>A new room. All but the name is for those who are signed in: without a host a room is open to all.</summary>
/// <param name="Name">Shown to people, at most 64 characters; left out: the code.</param>
/// <param name="Public">Listed, and open to whoever knows its code; left out: it is.</param>
/// <param name="Password">For whoever comes without an invitation; left out or empty: none.</param>
/// <param name="Rights">For each right the least role that has it; left out: everyone adds, DJs control.</param>
public sealed record CreateRoomRequest(string? Name = null, bool? Public = null, string? Password = null, RightsRequest? Rights = null);

/// <summary>How a room is to be held; what is left out stays.</summary>
/// <param name="Locked">Nobody new comes in.</param>
/// <param name="Password">Empty takes it away.</param>
public sealed record SettingsRequest(string? Name = null, bool? Public = null, bool? Locked = null, string? Password = null, RightsRequest? Rights = null);

/// <summary>For each right the least role that has it; what is left out stays.</summary>
public sealed record RightsRequest(
    MemberRole? Play = null,
    MemberRole? Seek = null,
    MemberRole? Skip = null,
    MemberRole? Volume = null,
    MemberRole? Add = null,
    MemberRole? Reorder = null,
    MemberRole? Remove = null,
    MemberRole? Invite = null,
    MemberRole? Kick = null)
{
    internal RightsTable Of(RightsTable table) => new(
        Play ?? table.Play, Seek ?? table.Seek, Skip ?? table.Skip, Volume ?? table.Volume, Add ?? table.Add,
        Reorder ?? table.Reorder, Remove ?? table.Remove, Invite ?? table.Invite, Kick ?? table.Kick);
}

/// <param name="Role"><c>listener</c>, <c>dj</c>, or <c>host</c>: the room is theirs then.</param>
public sealed record RoleRequest(MemberRole Role);

/// <param name="Role">What those become who come in by it: <c>listener</c> (when left out) or <c>dj</c>.</param>
/// <param name="ExpiresSeconds">How long it is good, 60 to 31,536,000; left out: a week. 0: for ever.</param>
/// <param name="Uses">How many people may come in by it, 1 to 1,000; left out: any number.</param>
public sealed record InviteRequest(MemberRole Role = MemberRole.Listener, int? ExpiresSeconds = null, int? Uses = null)
{
    internal const int UsualSeconds = 7 * 24 * 3_600;
    internal const int MaxSeconds = 365 * 24 * 3_600;
    internal const int MaxUses = 1_000;

    internal string? Wrong =>
        Role is not (MemberRole.Listener or MemberRole.Dj) ? "role must be listener or dj."
        : ExpiresSeconds is not (null or 0 or (>= 60 and <= MaxSeconds)) ? $"expiresSeconds must be 60 to {MaxSeconds}, or 0 for ever."
        : Uses is not (null or (>= 1 and <= MaxUses)) ? $"uses must be 1 to {MaxUses}."
        : null;
}

/// <summary>What somebody shows at a room's door.</summary>
/// <param name="Name">The name of a guest, 1 to 64 characters; not needed with an account.</param>
/// <param name="Invite">The token of an invitation.</param>
/// <param name="Guest">The pass of the guest that the caller, who has an account now, was before: what was theirs stays theirs.</param>
public sealed record JoinRequest(string? Name = null, string? Invite = null, string? Password = null, string? Guest = null);

/// <summary>Settings as a change, or what is wrong with them.</summary>
/// <param name="Change">Without the hash of <paramref name="Password"/>, which takes long: <see cref="HashedAsync"/>.</param>
/// <param name="Password">A new one; null: none.</param>
internal sealed record SettingsReading(SettingsChange Change, string? Password, string? Wrong)
{
    public static SettingsReading Of(CreateRoomRequest body) =>
        Of(new SettingsRequest(body.Name, body.Public, null, body.Password, body.Rights), RightsTable.Friends);

    /// <param name="rights">The table as it is now.</param>
    public static SettingsReading Of(SettingsRequest body, RightsTable rights)
    {
        var name = body.Name?.Trim();
        var wrong =
            !Fields.IsNameOrNull(name, ProtocolLimits.RoomNameMaxLength) ? $"name must have 1 to {ProtocolLimits.RoomNameMaxLength} characters, none of them a control character."
            : body.Password is { Length: > ProtocolLimits.PasswordMaxLength } ? $"password must have at most {ProtocolLimits.PasswordMaxLength} characters."
            : null;
        return new SettingsReading(
            new SettingsChange(name, body.Public, body.Locked, body.Password is { Length: 0 } none ? none : null, body.Rights?.Of(rights)),
            body.Password is { Length: > 0 } password ? password : null,
            wrong);
    }

    /// <summary>The change in full.</summary>
    public async Task<SettingsChange> HashedAsync(Passwords passwords, CancellationToken ct) =>
        Password is null ? Change : Change with { PasswordHash = await passwords.InTurnAsync(() => RoomPassword.Hash(Password), ct) };
}
