namespace Tutti.Timing;

/// <summary>
/// Takes the Unix epoch from the wall clock once, when it is made, and counts from there by <see cref="TimeProvider"/>'s monotonic
/// timestamps: a wall clock that is stepped later moves no room.
/// </summary>
public sealed class ServerClock : IServerClock
{
    private readonly TimeProvider _time;
    private readonly long _startTimestamp;
    private readonly long _startMicros;

    public ServerClock(TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        _time = time;
        _startMicros = (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        _startTimestamp = time.GetTimestamp();
    }

    public ServerMicros Now => new(_startMicros + (_time.GetElapsedTime(_startTimestamp).Ticks / TimeSpan.TicksPerMicrosecond));
}
