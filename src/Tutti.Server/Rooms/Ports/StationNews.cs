using Tutti.Protocol;

namespace Tutti.Server.Rooms;

/// <summary>News of a station. Closed.</summary>
public abstract record StationNews(string TrackId)
{
    /// <summary>What it says it plays, said when it is heard; null: nothing.</summary>
    public sealed record Titled(string TrackId, string? Title) : StationNews(TrackId);

    /// <summary>It gives nothing any more.</summary>
    public sealed record Lost(string TrackId, FaultInfo Fault) : StationNews(TrackId);
}
