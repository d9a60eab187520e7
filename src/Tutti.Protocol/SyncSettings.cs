namespace Tutti.Protocol;

/// <summary>What the server asks of its devices; part of the snapshot.</summary>
public sealed record SyncSettings(
    int ProbeIntervalMs,
    int ReportIntervalMs,
    double BufferSeconds,
    double DriftToleranceMs,
    double SpliceThresholdMs,
    double RecueThresholdMs);
