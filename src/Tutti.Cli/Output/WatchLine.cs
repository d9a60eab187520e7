using Tutti.Client;
using Tutti.Protocol;
using Tutti.Protocol.Rest;

namespace Tutti.Cli.Output;

/// <summary>What <c>tutti watch --json</c> prints, a line each time something changes.</summary>
/// <param name="Connection"><c>open</c>, <c>reconnecting</c> or <c>closed</c>.</param>
/// <param name="ServerMicros">Server time of this line; null while it is not known.</param>
/// <param name="Status">Whether the room plays.</param>
/// <param name="ItemId">What sounds, by the timeline; null: nothing.</param>
/// <param name="PositionSeconds">Where in it, s.</param>
/// <param name="Track">Its track.</param>
/// <param name="Volume">0–100.</param>
/// <param name="Version">Of the room's state.</param>
/// <param name="Devices">With their sync errors.</param>
internal sealed record WatchLine(
    string Connection,
    long? ServerMicros,
    PlaybackStatus Status,
    string? ItemId,
    double PositionSeconds,
    RoomTrack? Track,
    int Volume,
    long Version,
    IReadOnlyList<DeviceInfo> Devices);
