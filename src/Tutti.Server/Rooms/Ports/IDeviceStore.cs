using Tutti.Protocol;
using Tutti.Timing;

namespace Tutti.Server.Rooms;

/// <summary>Port: where what is set of devices is kept between lives of the process.</summary>
public interface IDeviceStore
{
    /// <summary>All devices of an owner, the one seen last first.</summary>
    ValueTask<IReadOnlyList<DeviceRecord>> ListAsync(string owner, CancellationToken ct);

    /// <summary>Replaces what was saved of this device.</summary>
    ValueTask SaveAsync(DeviceRecord device, CancellationToken ct);

    ValueTask RemoveAsync(string owner, string deviceId, CancellationToken ct);
}

/// <summary>A device as it is remembered.</summary>
/// <param name="Owner">Whose it is: a member id, or <see cref="Household"/>.</param>
/// <param name="SeenMicros">Server time at which it last came into a room or was changed.</param>
public sealed record DeviceRecord(string Owner, string Id, DeviceKind Kind, DeviceSettings Settings, ServerMicros SeenMicros)
{
    /// <summary>The owner of devices that came without an account.</summary>
    public const string Household = "";
}
