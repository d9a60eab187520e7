namespace Tutti.Timing;

/// <summary>What <see cref="Playout"/> needs to know of a queue item.</summary>
/// <param name="Id">The item's id.</param>
/// <param name="DurationMicros">Its length, µs, ≥ 0.</param>
/// <param name="Faulty">True when it cannot sound and is passed over.</param>
/// <param name="OverlapMicros">How long before the end of what sounds before it this item begins, µs, ≥ 0.</param>
public readonly record struct PlayoutItem(string Id, long DurationMicros, bool Faulty, long OverlapMicros = 0);
