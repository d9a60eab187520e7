using Tutti.Protocol;

namespace Tutti.Server.Rooms;

/// <summary>The answer to a command. Closed.</summary>
public abstract record CommandOutcome
{
    private CommandOutcome()
    {
    }

    /// <summary>The state with this version holds the command's effect.</summary>
    public sealed record Accepted(long Version) : CommandOutcome;

    /// <summary>Nothing was changed.</summary>
    public sealed record Refused(ErrorCode Code, string Message) : CommandOutcome;
}
