namespace Tutti.Timing;

/// <summary>Server time. Two readings never go backwards, whatever happens to the system's wall clock.</summary>
public interface IServerClock
{
    /// <summary>Server time now, µs.</summary>
    ServerMicros Now { get; }
}
