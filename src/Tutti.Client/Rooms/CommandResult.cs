using Tutti.Protocol;

namespace Tutti.Client.Rooms;

/// <summary>What a room made of a command. Closed: only the records below.</summary>
public abstract record CommandResult
{
    private CommandResult()
    {
    }

    /// <summary>Done.</summary>
    /// <param name="Version">The state with this version holds its effect.</param>
    public sealed record Accepted(long Version) : CommandResult;

    /// <summary>Not done.</summary>
    /// <param name="Fault">Why, by number.</param>
    public sealed record Refused(FaultInfo Fault) : CommandResult;

    /// <summary>The version that holds the effect, for who has no use for a refusal but to stop.</summary>
    /// <exception cref="TuttiException">It was refused.</exception>
    public long VersionOrThrow() => this switch
    {
        Accepted(var version) => version,
        Refused(var fault) => throw new TuttiException(fault),
        _ => throw new InvalidOperationException("a result that is none"),
    };
}
