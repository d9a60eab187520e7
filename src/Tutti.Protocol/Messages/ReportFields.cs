namespace Tutti.Protocol;

/// <summary>Reads reports (docs/protocol.md §6).</summary>
internal static class ReportFields
{
    // Wide enough for any real device, narrow enough that no arithmetic on a report can overflow or starve a room.
    private const double MaxMs = 600_000;
    private const double MaxMicros = 9_007_199_254_740_991;
    private const double MaxPpm = 1_000_000;

    public static DeviceReport Read(FieldReader fields) => new(
        fields.Choice("output", ("off", OutputState.Off), ("starting", OutputState.Starting), ("on", OutputState.On)),
        fields.Has("syncErrorMs") ? fields.Number("syncErrorMs", -MaxMs, MaxMs) : null,
        fields.Number("bufferMs", 0, MaxMs),
        fields.Number("rttMs", 0, MaxMs),
        fields.Number("rttJitterMs", 0, MaxMs),
        fields.Number("offsetMicros", -MaxMicros, MaxMicros),
        fields.Number("offsetErrorMicros", 0, MaxMicros),
        fields.Has("outputLatencyMs") ? fields.Number("outputLatencyMs", 0, MaxMs) : null,
        fields.Number("ratePpm", -MaxPpm, MaxPpm),
        fields.Long("dropouts", 0, int.MaxValue),
        fields.Has("embedded") ? fields.Choice("embedded", ("youtube", EmbeddedService.YouTube), ("spotify", EmbeddedService.Spotify)) : null);
}
