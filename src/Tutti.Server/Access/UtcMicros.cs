namespace Tutti.Server.Access;

/// <summary>
/// A wall-clock instant, µs since the Unix epoch, UTC. What outlives the process (accounts, sessions, tokens) is dated by it; server time is for
/// playing only.
/// </summary>
public readonly record struct UtcMicros(long Value) : IComparable<UtcMicros>
{
    public static UtcMicros Now(TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        return new((time.GetUtcNow().UtcTicks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond);
    }

    public static bool operator <(UtcMicros a, UtcMicros b) => a.Value < b.Value;

    public static bool operator >(UtcMicros a, UtcMicros b) => a.Value > b.Value;

    public static bool operator <=(UtcMicros a, UtcMicros b) => a.Value <= b.Value;

    public static bool operator >=(UtcMicros a, UtcMicros b) => a.Value >= b.Value;

    public static UtcMicros operator +(UtcMicros a, TimeSpan span) => new(a.Value + (span.Ticks / TimeSpan.TicksPerMicrosecond));

    public static TimeSpan operator -(UtcMicros a, UtcMicros b) => TimeSpan.FromMicroseconds(a.Value - b.Value);

    public int CompareTo(UtcMicros other) => Value.CompareTo(other.Value);

    public DateTime ToDateTime() => DateTime.UnixEpoch.AddTicks(Value * TimeSpan.TicksPerMicrosecond);
}
