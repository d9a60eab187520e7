using System.Collections.Immutable;
using System.Text.Json;
using Tutti.Protocol;

namespace Tutti.Server.Rooms;

/// <summary>The devices of a room at one moment, and their frame, written once for all receivers.</summary>
public sealed class DeviceList(ImmutableArray<DeviceInfo> devices)
{
    private readonly Lazy<ReadOnlyMemory<byte>> _frame = new(() =>
        JsonSerializer.SerializeToUtf8Bytes(new DevicesMessage(devices), ProtocolJson.Wire.DevicesMessage));

    public static DeviceList Empty { get; } = new([]);

    public ImmutableArray<DeviceInfo> Devices => devices;

    /// <summary>The <c>devices</c> frame, UTF-8.</summary>
    public ReadOnlyMemory<byte> FrameUtf8 => _frame.Value;
}
