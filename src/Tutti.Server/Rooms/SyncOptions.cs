using System.ComponentModel.DataAnnotations;

namespace Tutti.Server.Rooms;

/// <summary>Everything about rooms and sync that an operator may set (section <c>Sync</c>). Units are in the names.</summary>
public sealed record SyncOptions
{
    /// <summary>Shortest lead of a transition while some device sounds.</summary>
    [Range(0, 1_000)]
    public int LeadFloorMs { get; init; } = 40;

    /// <summary>Longest lead: a device that would need more comes in late.</summary>
    [Range(50, 10_000)]
    public int LeadCeilingMs { get; init; } = 2_000;

    /// <summary>Added to what the slowest device needs: a page takes 25 ms to act and may not touch the next 25 ms of its output.</summary>
    [Range(0, 1_000)]
    public int LeadMarginMs { get; init; } = 50;

    /// <summary>Longest wait for devices to be ready, counted from when the sound can be fetched.</summary>
    [Range(0, 30_000)]
    public int ReadyWaitMs { get; init; } = 1_500;

    /// <summary>The same for a seek in a track whose sound is at hand.</summary>
    [Range(0, 30_000)]
    public int SeekReadyWaitMs { get; init; } = 400;

    /// <summary>The same for tracks that a service's own player plays on each device.</summary>
    [Range(0, 60_000)]
    public int PlayerReadyWaitMs { get; init; } = 6_000;

    /// <summary>Longest wait for a track's sound before the item counts as unreadable.</summary>
    [Range(1, 300)]
    public int MediaWaitSeconds { get; init; } = 20;

    [Range(50, 60_000)]
    public int ProbeIntervalMs { get; init; } = 500;

    [Range(100, 60_000)]
    public int ReportIntervalMs { get; init; } = 1_000;

    /// <summary>Sound that devices keep decoded ahead.</summary>
    [Range(2.0, 120.0)]
    public double BufferSeconds { get; init; } = 8;

    /// <summary>Sync error below which devices leave well alone.</summary>
    [Range(0.001, 10.0)]
    public double DriftToleranceMs { get; init; } = 0.03;

    /// <summary>Sync error beyond which a device splices rather than trims its rate.</summary>
    [Range(0.1, 100.0)]
    public double SpliceThresholdMs { get; init; } = 2;

    /// <summary>Sync error beyond which a device starts its sound anew.</summary>
    [Range(1.0, 10_000.0)]
    public double RecueThresholdMs { get; init; } = 50;

    /// <summary>A room without devices leaves memory after this; its state is kept.</summary>
    [Range(1, 10_080)]
    public int EmptyRoomEvictionMinutes { get; init; } = 15;

    /// <summary>At most one save of a room in this time.</summary>
    [Range(1, 600)]
    public int SnapshotWriteBehindSeconds { get; init; } = 3;

    /// <summary>A device that lost its connection stays in the list this long.</summary>
    [Range(1, 600)]
    public int DeviceGraceSeconds { get; init; } = 10;

    /// <summary>Shortest time between two device lists.</summary>
    [Range(100, 10_000)]
    public int DevicesIntervalMs { get; init; } = 500;

    [Range(1, 10_000)]
    public int MaxDevicesPerRoom { get; init; } = 100;

    /// <summary>Rooms in memory at once.</summary>
    [Range(1, 1_000_000)]
    public int MaxRooms { get; init; } = 10_000;
}
