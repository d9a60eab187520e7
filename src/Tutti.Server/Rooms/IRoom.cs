using System.Collections.Immutable;
using Tutti.Protocol;

namespace Tutti.Server.Rooms;

/// <summary>A handle to one room. Everything that changes it goes through its mailbox; what can be read is the newest immutable value.</summary>
public interface IRoom
{
    string Code { get; }

    RoomState State { get; }

    ImmutableArray<DeviceInfo> Devices { get; }

    /// <summary>What was played, oldest first.</summary>
    ImmutableArray<HistoryEntry> History { get; }

    /// <summary>What stands at the door, for those who may see it.</summary>
    RoomDoor Door { get; }

    /// <summary>How many wrong passwords the room still hears out.</summary>
    PasswordPatience Patience { get; }

    /// <summary>Asks for a change and waits for the answer. For REST and other callers without a socket.</summary>
    Task<CommandOutcome> SendAsync(RoomCommand command, Actor actor, CancellationToken ct);

    /// <summary>Asks for something about people or how the room is held, and waits for the answer.</summary>
    Task<CommandOutcome> AskAsync(PeopleRequest request, Actor actor, CancellationToken ct);

    /// <summary>Null when this one may look at the room and listen, else why not.</summary>
    CommandOutcome.Refused? RefusalOf(Actor actor);

    /// <summary>What this one is in the room now; null when they are no member.</summary>
    MemberRole? RoleOf(Actor actor);

    /// <summary>Whether this one has a right here now.</summary>
    bool Allows(Actor actor, RoomRight right);

    /// <summary>Null when this one may change how the room is held, else why not.</summary>
    /// <param name="nameAlone">Nothing but its name is to change.</param>
    CommandOutcome.Refused? RefusalToHold(Actor actor, bool nameAlone);

    /// <summary>
    /// Brings a device in. The room then offers it a snapshot and everything after. A connection of the same device that is still there is
    /// told that it was replaced.
    /// </summary>
    /// <returns>Null when in, else why not; <see cref="ErrorCode.RoomNotFound"/> may mean that the room has just left memory: open it again.</returns>
    Task<CommandOutcome.Refused?> JoinAsync(DeviceEntrance entrance, IDeviceConnection connection, CancellationToken ct);

    /// <summary>
    /// Passes on what a device that has joined said. Never waits; the answer goes to the connection. False when the mailbox is full.
    /// </summary>
    bool Post(IDeviceConnection connection, DeviceMessage message);
}

/// <summary>A device that wants in.</summary>
/// <param name="Handover">The newest state frame that it kept from an earlier connection; null for none.</param>
public sealed record DeviceEntrance(DeviceIdentity Device, Actor Actor, string? Handover = null);
