namespace Tutti.Timing;

/// <summary>A bound on the clock offset, or on minus the offset, from one direction of one probe.</summary>
/// <param name="AgeSeconds">Device time relative to now, s, ≤ 0.</param>
/// <param name="BoundMicros">The bound, µs.</param>
internal readonly record struct Bound(double AgeSeconds, double BoundMicros);
