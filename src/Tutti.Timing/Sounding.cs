namespace Tutti.Timing;

/// <summary>What a room is at, at one instant.</summary>
/// <param name="ItemId">The item; null when nothing is current any more.</param>
/// <param name="PositionMicros">Place in it, µs, within its length.</param>
/// <param name="Moving">True when it sounds; false when held, or when the queue has come to its end.</param>
public readonly record struct Sounding(string? ItemId, long PositionMicros, bool Moving);
