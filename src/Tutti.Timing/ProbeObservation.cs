namespace Tutti.Timing;

/// <summary>What one probe says of the clock offset.</summary>
/// <param name="AtDeviceMicros">Device time in the middle of the probe, µs.</param>
/// <param name="UpMicros">Upper bound on the offset, µs.</param>
/// <param name="DownMicros">Upper bound on minus the offset, µs.</param>
internal readonly record struct ProbeObservation(double AtDeviceMicros, double UpMicros, double DownMicros)
{
    public double RoundTripMicros => UpMicros + DownMicros;
}
