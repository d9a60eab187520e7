using Tutti.Protocol;

namespace Tutti.Server.Rooms;

/// <summary>What can be asked of a room about its people and how it is held. Closed.</summary>
public abstract record PeopleRequest
{
    private PeopleRequest()
    {
    }

    /// <summary>Wants to belong to the room.</summary>
    public sealed record Enter(EntryProof Proof) : PeopleRequest;

    /// <summary>Belongs to it no longer.</summary>
    public sealed record Leave : PeopleRequest;

    public sealed record Hold(SettingsChange Change) : PeopleRequest;

    /// <summary>Making somebody host gives the room away for good.</summary>
    public sealed record SetRole(string MemberId, MemberRole Role) : PeopleRequest;

    /// <summary>Out of the room; with a ban, for good.</summary>
    public sealed record Expel(string MemberId, bool Ban) : PeopleRequest;

    /// <summary>Takes a ban back.</summary>
    public sealed record Pardon(string MemberId) : PeopleRequest;

    public sealed record MakeInvite(Invite Invite) : PeopleRequest;

    public sealed record RevokeInvite(string InviteId) : PeopleRequest;

    /// <summary>The asker's account is no more: they are a member no longer, and what was theirs passes on or ends.</summary>
    public sealed record EndAccount : PeopleRequest;

    /// <summary>Ends the room.</summary>
    public sealed record Close : PeopleRequest;

    /// <summary>The asker has an account now and shows that they were this guest before: role, standing and history are theirs.</summary>
    public sealed record WasGuest(string GuestMemberId) : PeopleRequest;
}

/// <summary>What somebody shows at the door.</summary>
/// <param name="InviteTokenHash">Of the invitation's token; null for none.</param>
/// <param name="MatchedPasswordHash">The kept hash that the password matched; null for none. Checking takes long, so it is done before.</param>
public sealed record EntryProof(string? InviteTokenHash = null, string? MatchedPasswordHash = null)
{
    public static EntryProof Nothing { get; } = new();
}

/// <summary>How a room is to be held; null: as it is.</summary>
/// <param name="PasswordHash">Empty takes the password away.</param>
public sealed record SettingsChange(string? Name = null, bool? Public = null, bool? Locked = null, string? PasswordHash = null, RightsTable? Rights = null);
