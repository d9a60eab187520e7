using System.Collections.Immutable;
using Tutti.Protocol;

namespace Tutti.Server.Rooms;

/// <summary>What the machine makes of an input. Closed.</summary>
public abstract record Decision
{
    private Decision()
    {
    }

    /// <param name="Events">In order; may be empty when there is nothing to do.</param>
    public sealed record Accepted(ImmutableArray<RoomEvent> Events) : Decision;

    public sealed record Refused(ErrorCode Code, string Message) : Decision;
}
