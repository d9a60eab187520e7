namespace Tutti.Protocol;

/// <summary>What a device may send (docs/protocol.md §2, §3, §5, §6). Closed.</summary>
public abstract record ClientMessage
{
    private ClientMessage()
    {
    }

    /// <param name="Room">As it was sent: any case, perhaps no room code at all.</param>
    /// <param name="Handover">The newest state or snapshot frame from an earlier connection.</param>
    /// <param name="Token">Who the device acts for; null leaves that to what came with the upgrade.</param>
    public sealed record Hello(int Protocol, string Room, DeviceIdentity Device, string? Handover, string? Token = null) : ClientMessage;

    /// <param name="T0">The device's own clock, echoed.</param>
    public sealed record Probe(long Id, long T0) : ClientMessage;

    /// <param name="Id">The sender's number for it.</param>
    public sealed record Command(long Id, RoomCommand What) : ClientMessage;

    public sealed record Ready(string ItemId, long PositionMicros) : ClientMessage;

    public sealed record Report(DeviceReport What) : ClientMessage;

    /// <summary>What a service's own player has found out of an embedded track.</summary>
    public sealed record Loaded(string ItemId, LoadedFacts Facts) : ClientMessage;

    public sealed record Fault(string ItemId, int Code, string Message) : ClientMessage;

    public sealed record Rename(string Name) : ClientMessage;

    public sealed record Resync : ClientMessage;

    public sealed record Bye : ClientMessage;
}
