using Tutti.Protocol;

namespace Tutti.Server.Sources;

/// <summary>A link that gives no sound, with its number from the protocol and why, for people.</summary>
public sealed class LinkException(ErrorCode code, string message) : Exception(message)
{
    public ErrorCode Code => code;

    /// <summary>The HTTP status that was answered; null when it did not come to that.</summary>
    public int? HttpStatus { get; init; }
}
