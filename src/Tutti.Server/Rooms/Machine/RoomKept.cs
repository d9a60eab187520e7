using System.Collections.Immutable;
using Tutti.Protocol;
using Tutti.Timing;

namespace Tutti.Server.Rooms;

/// <summary>What a room keeps beside its public state. Stored with it; never broadcast.</summary>
public sealed record RoomKept
{
    public const int HistoryLength = 500;

    /// <summary>More than any household has: the set cannot grow without bound from devices that never come back.</summary>
    private const int SilentLength = 1_000;

    public static RoomKept Nothing { get; } = new();

    /// <summary>Ids of the devices that are silent here, present or not.</summary>
    public ImmutableSortedSet<string> SilentDevices { get; init => field = value ?? []; } = [];

    /// <summary>What was played, oldest first, at most <see cref="HistoryLength"/>.</summary>
    public ImmutableArray<HistoryEntry> History { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Password, invitations, bans.</summary>
    public RoomDoor Door { get; init => field = value ?? RoomDoor.Open; } = RoomDoor.Open;

    /// <summary>True once the room was ended; nobody opens it again.</summary>
    public bool Closed { get; init; }

    internal RoomKept WithSwitch(string deviceId, bool on) =>
        on == !SilentDevices.Contains(deviceId) ? this
        : on ? this with { SilentDevices = SilentDevices.Remove(deviceId) }
        : SilentDevices.Count < SilentLength ? this with { SilentDevices = SilentDevices.Add(deviceId) }
        : this;

    internal RoomKept WithHeard(QueueItem item, ServerMicros at)
    {
        if (!History.IsEmpty && History[^1].ItemId == item.Id)
        {
            return this;
        }

        var history = History.Length < HistoryLength ? History : History.RemoveRange(0, History.Length - HistoryLength + 1);
        return this with { History = history.Add(new HistoryEntry(item.Id, item.Track, item.AddedBy, item.AddedById, at)) };
    }
}

/// <summary>One thing that was played.</summary>
/// <param name="AddedById">The member who added it; null where there are no members.</param>
/// <param name="AtMicros">Server time at which it began to sound.</param>
public sealed record HistoryEntry(string ItemId, TrackSummary Track, string AddedBy, string? AddedById, ServerMicros AtMicros);
