namespace Tutti.Timing;

/// <summary>
/// The timing vector of one room: from server time <paramref name="AtMicros"/> on, the item is at <paramref name="PositionMicros"/> and
/// moves with <paramref name="Rate"/>. After the W3C Timing Object's vector, reduced to what music needs: two rates and no acceleration.
/// </summary>
/// <param name="ItemId">The current queue item; null when the room has none.</param>
/// <param name="PositionMicros">Place in the item, µs, ≥ 0.</param>
/// <param name="Rate">1 = moving, 0 = held.</param>
/// <param name="AtMicros">Server time from which this vector is in force.</param>
public readonly record struct Timeline(string? ItemId, long PositionMicros, int Rate, ServerMicros AtMicros)
{
    /// <summary>A room with no current item.</summary>
    public static Timeline Nothing(ServerMicros at) => new(null, 0, 0, at);

    public static Timeline Moving(string itemId, long positionMicros, ServerMicros at) => new(itemId, positionMicros, 1, at);

    public static Timeline Held(string? itemId, long positionMicros, ServerMicros at) => new(itemId, positionMicros, 0, at);

    /// <summary>
    /// The place in the item at <paramref name="instant"/>, µs. Arithmetic only: before <see cref="AtMicros"/> and after the item's end it
    /// goes on in a straight line; <see cref="Playout"/> says what sounds.
    /// </summary>
    public long PositionAt(ServerMicros instant) => PositionMicros + (Rate * (instant - AtMicros));

    /// <summary>The instant at which an item of this length ends; null when held.</summary>
    /// <param name="durationMicros">Length of the item, µs.</param>
    public ServerMicros? EndsAt(long durationMicros) =>
        Rate == 0 ? null : AtMicros + Math.Max(0, durationMicros - PositionMicros);
}
