using Tutti.Protocol;

namespace Tutti.Client.Rooms;

/// <summary>How it stands with the line to a room. Closed: only the records below.</summary>
public abstract record ConnectionStatus
{
    private ConnectionStatus()
    {
    }

    /// <summary>Before the first snapshot.</summary>
    public sealed record Connecting : ConnectionStatus;

    /// <summary>The room is there.</summary>
    public sealed record Open : ConnectionStatus;

    /// <summary>The line broke; it is tried again after a wait. What was known last stays readable.</summary>
    /// <param name="Attempt">How many tries since the last snapshot, from 1.</param>
    /// <param name="Wait">The wait before this try.</param>
    /// <param name="Reason">Why, for people.</param>
    public sealed record Reconnecting(int Attempt, TimeSpan Wait, string Reason) : ConnectionStatus;

    /// <summary>For good: disposed of, replaced by another connection of the same device, or not let in any more.</summary>
    /// <param name="Fault">The server's reason; null when it was ended here.</param>
    public sealed record Closed(FaultInfo? Fault) : ConnectionStatus;
}
