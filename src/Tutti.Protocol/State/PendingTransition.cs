using Tutti.Timing;

namespace Tutti.Protocol;

/// <summary>A transition to sound that waits for media or devices; the old timeline stays in force.</summary>
/// <param name="Rate">Always 1 in protocol version 1.</param>
/// <param name="DeadlineMicros">Server time at which it is scheduled whether or not every device is ready.</param>
public sealed record PendingTransition(string ItemId, long PositionMicros, int Rate, ServerMicros SinceMicros, ServerMicros DeadlineMicros);
