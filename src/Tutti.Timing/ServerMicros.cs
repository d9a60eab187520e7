namespace Tutti.Timing;

/// <summary>
/// An instant of server time: microseconds since the Unix epoch as the server process saw it when it started, counted from then on by a
/// monotonic clock. Never stepped. Stays below 2^53 until the year 2255, so a double holds it exactly.
/// </summary>
/// <param name="Value">Microseconds.</param>
public readonly record struct ServerMicros(long Value) : IComparable<ServerMicros>
{
    /// <summary>Microseconds in one millisecond.</summary>
    public const long PerMillisecond = 1_000;

    /// <summary>Microseconds in one second.</summary>
    public const long PerSecond = 1_000_000;

    public static ServerMicros operator +(ServerMicros instant, long micros) => new(instant.Value + micros);

    public static ServerMicros operator -(ServerMicros instant, long micros) => new(instant.Value - micros);

    /// <summary>The distance from <paramref name="earlier"/> to <paramref name="later"/> in microseconds.</summary>
    public static long operator -(ServerMicros later, ServerMicros earlier) => later.Value - earlier.Value;

    public static bool operator <(ServerMicros left, ServerMicros right) => left.Value < right.Value;

    public static bool operator >(ServerMicros left, ServerMicros right) => left.Value > right.Value;

    public static bool operator <=(ServerMicros left, ServerMicros right) => left.Value <= right.Value;

    public static bool operator >=(ServerMicros left, ServerMicros right) => left.Value >= right.Value;

    public static ServerMicros Max(ServerMicros left, ServerMicros right) => left >= right ? left : right;

    public int CompareTo(ServerMicros other) => Value.CompareTo(other.Value);

    public override string ToString() => $"{Value} µs";
}
