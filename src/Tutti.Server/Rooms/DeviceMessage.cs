using Tutti.Protocol;

namespace Tutti.Server.Rooms;

/// <summary>What a device that has joined can say to its room. Closed.</summary>
public abstract record DeviceMessage
{
    private DeviceMessage()
    {
    }

    /// <param name="Id">The device's own number for it, echoed in the answer; null: it expects none.</param>
    public sealed record Commanded(long? Id, RoomCommand Command) : DeviceMessage;

    public sealed record Ready(string ItemId, long PositionMicros) : DeviceMessage;

    public sealed record Reported(DeviceReport Report) : DeviceMessage;

    /// <summary>A service's own player has loaded an embedded track there.</summary>
    public sealed record Loaded(string ItemId, LoadedFacts Facts) : DeviceMessage;

    public sealed record Faulted(string ItemId, int Code, string Message) : DeviceMessage;

    /// <summary>Wants the whole snapshot again.</summary>
    public sealed record Resync : DeviceMessage;

    /// <summary>Leaves for good.</summary>
    public sealed record Bye : DeviceMessage;

    /// <summary>The connection is gone; the device may come back.</summary>
    public sealed record Lost : DeviceMessage;
}
