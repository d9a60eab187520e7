namespace Tutti.Timing;

/// <summary>The four stamps of one clock probe (RFC 5905 §8; docs/protocol.md §3).</summary>
/// <param name="SentDeviceMicros">t0: the device's monotonic clock when it sent, µs.</param>
/// <param name="ReceivedMicros">t1: server time on receipt.</param>
/// <param name="AnsweredMicros">t2: server time at sending the answer.</param>
/// <param name="BackDeviceMicros">t3: the device's monotonic clock when the answer was there, µs.</param>
public readonly record struct ProbeStamps(
    long SentDeviceMicros, ServerMicros ReceivedMicros, ServerMicros AnsweredMicros, long BackDeviceMicros);
