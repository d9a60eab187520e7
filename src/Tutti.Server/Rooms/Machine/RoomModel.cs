using System.Collections.Immutable;
using Tutti.Protocol;
using Tutti.Timing;

namespace Tutti.Server.Rooms;

/// <summary>Everything a room is. Immutable; only <see cref="RoomMachine.Apply"/> makes a newer one.</summary>
/// <param name="State">The public part: broadcast, sealed and stored.</param>
/// <param name="Devices">In the order in which they came.</param>
/// <param name="Kept">What is stored beside the public state.</param>
/// <param name="Origin">Where the state came from, as long as nobody has changed it since it was loaded; then null.</param>
public sealed record RoomModel(RoomState State, ImmutableArray<DeviceEntry> Devices, RoomKept Kept, RoomOrigin? Origin)
{
    /// <summary>A new, empty room.</summary>
    public static RoomModel Create(RoomIdentity room, string epoch, ServerMicros now) => new(
        new RoomState(room, epoch, 1, PlaybackStatus.Stopped, Timeline.Nothing(now), null, 80, null, []),
        [],
        RoomKept.Nothing,
        new RoomOrigin(null, 0));

    /// <summary>The place that transitions are counted from: what is being prepared, else what the timeline says.</summary>
    public string? TargetItemId => State.Pending?.ItemId ?? State.Timeline.ItemId;

    public int IndexOfDevice(string id)
    {
        for (var i = 0; i < Devices.Length; i++)
        {
            if (Devices[i].Id == id)
            {
                return i;
            }
        }

        return -1;
    }

    public DeviceEntry? FindDevice(string? id) => id is not null && IndexOfDevice(id) is >= 0 and var index ? Devices[index] : null;
}

/// <summary>Which incarnation a room was loaded from.</summary>
/// <param name="Epoch">The stored state's epoch; null when nothing was stored.</param>
/// <param name="Version">Its version.</param>
public sealed record RoomOrigin(string? Epoch, long Version);
