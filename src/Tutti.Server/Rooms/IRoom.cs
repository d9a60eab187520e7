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

    /// <summary>Asks for a change and waits for the answer. For REST and other callers without a socket.</summary>
    Task<CommandOutcome> SendAsync(RoomCommand command, Actor actor, CancellationToken ct);

    /// <summary>
    /// Brings a device in. The room then offers it a snapshot and everything after. A connection of the same device that is still there is
    /// told that it was replaced.
    /// </summary>
    /// <returns>Null when in, else why not: <see cref="ErrorCode.RoomFull"/>, <see cref="ErrorCode.RoomBusy"/>,
    /// <see cref="ErrorCode.RoomNotFound"/> (the room has just left memory: open it again).</returns>
    Task<ErrorCode?> JoinAsync(DeviceEntrance entrance, IDeviceConnection connection, CancellationToken ct);

    /// <summary>
    /// Passes on what a device that has joined said. Never waits; the answer goes to the connection. False when the mailbox is full.
    /// </summary>
    bool Post(IDeviceConnection connection, DeviceMessage message);
}

/// <summary>A device that wants in.</summary>
/// <param name="Handover">The newest state frame that it kept from an earlier connection; null for none.</param>
public sealed record DeviceEntrance(DeviceIdentity Device, Actor Actor, string? Handover = null);
