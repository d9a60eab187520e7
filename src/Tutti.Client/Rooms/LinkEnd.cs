using Tutti.Protocol;

namespace Tutti.Client.Rooms;

/// <summary>Why one connection to a room ended, and whether to come back.</summary>
/// <param name="Fault">The server's numbered reason; null when it gave none.</param>
/// <param name="Reason">For people.</param>
/// <param name="IsFinal">True when it would be the same next time, or when coming back is not wanted.</param>
/// <param name="Cause">What was thrown, when something was.</param>
internal sealed record LinkEnd(FaultInfo? Fault, string Reason, bool IsFinal, Exception? Cause = null)
{
    private const int Replaced = 4001;

    /// <param name="error">The last error that the server sent; null for none.</param>
    /// <param name="status">The close status; null when the line broke without any.</param>
    /// <param name="reason">What the close said.</param>
    public static LinkEnd Of(ErrorMessage? error, int? status, string? reason)
    {
        if (status == Replaced)
        {
            return new LinkEnd(new FaultInfo(Replaced, "replaced", "Another connection of this device took its place."), "replaced", IsFinal: true);
        }

        // An error that ends nothing says nothing of why the line broke later.
        if (error is not null && (status is not null || ((ErrorCode)error.Code).IsFatal()))
        {
            return new LinkEnd(new FaultInfo(error.Code, error.Name, error.Message), error.Message, IsForGood(error.Code));
        }

        return new LinkEnd(null, status is null ? "the line broke" : $"closed with status {status} {reason}".TrimEnd(), IsFinal: false);
    }

    public static LinkEnd Of(Exception cause) => cause is TuttiException refusal
        ? new LinkEnd(new FaultInfo(refusal.Code, refusal.Name, refusal.Message), refusal.Message, IsForGood(refusal.Code), cause)
        : new LinkEnd(null, cause.Message, IsFinal: false, cause);

    /// <summary>What to throw at one who waits for the room.</summary>
    public Exception ToException(Uri server) => Cause ?? (Fault is { } fault ? new TuttiException(fault) : new ServerUnreachableException(server, Reason));

    // Protocol and room will be the same next time, and so will access (6001–6099) and having been shown out (2101–2199).
    private static bool IsForGood(int code) =>
        code is (int)ErrorCode.UnsupportedProtocol or (int)ErrorCode.RoomNotFound or (>= 2101 and <= 2199) or (>= 6001 and <= 6099);
}
