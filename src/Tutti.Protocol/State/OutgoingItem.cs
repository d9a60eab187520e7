namespace Tutti.Protocol;

/// <summary>An item that is heard beneath the current one and goes out (docs/protocol.md §4b), from the timeline's own instant on.</summary>
/// <param name="ItemId">It may have left the queue meanwhile: then it is heard no more.</param>
/// <param name="PositionMicros">Its place at the timeline's instant, µs.</param>
/// <param name="FadeMicros">How long it takes to go out, and the current one to come in, µs, &gt; 0.</param>
public sealed record OutgoingItem(string ItemId, long PositionMicros, long FadeMicros);
