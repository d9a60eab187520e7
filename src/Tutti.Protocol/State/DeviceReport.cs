using System.Text.Json.Serialization;

namespace Tutti.Protocol;

/// <summary>What a device says of itself every report interval (docs/protocol.md §6).</summary>
/// <param name="SyncErrorMs">What it is really sounding minus what the timeline says; + = ahead. Null while nothing sounds.</param>
/// <param name="OffsetMicros">Server time minus the device's monotonic clock.</param>
/// <param name="OffsetErrorMicros">Uncertainty of that offset.</param>
/// <param name="RatePpm">Rate trim in force.</param>
/// <param name="Dropouts">Underruns since the output was turned on.</param>
/// <param name="Embedded">The service whose own player sounds: the sync error is what that player says of itself. Null: our own sound.</param>
public sealed record DeviceReport(
    OutputState Output,
    double? SyncErrorMs,
    double BufferMs,
    double RttMs,
    double RttJitterMs,
    double OffsetMicros,
    double OffsetErrorMicros,
    double? OutputLatencyMs,
    double RatePpm,
    long Dropouts,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] EmbeddedService? Embedded = null);
