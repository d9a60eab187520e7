namespace Tutti.Timing;

/// <summary>What is known of server time minus device time at one moment.</summary>
/// <param name="OffsetMicros">Server time minus device time, µs.</param>
/// <param name="UncertaintyMicros">
/// About one sigma, µs; without the half difference of an asymmetric path, which no clock over that path can see.
/// </param>
/// <param name="SkewPpm">Rate of server time relative to device time, ppm.</param>
/// <param name="RttMicros">Least round trip in the window, µs.</param>
/// <param name="JitterMicros">Median of the recent round trips above the least, µs.</param>
/// <param name="Probes">Probes that this rests on.</param>
public readonly record struct ClockOffsetEstimate(
    double OffsetMicros, double UncertaintyMicros, double SkewPpm, double RttMicros, double JitterMicros, int Probes);
