using System.Net;
using Tutti.Protocol;

namespace Tutti.Client;

/// <summary>The server said no, by number (docs/protocol.md §9). The same for REST's problem details and the socket's errors.</summary>
public sealed class TuttiException : Exception
{
    /// <summary>A refusal with its number, stable name and words for people.</summary>
    public TuttiException(int code, string name, string message)
        : base(message) => (Code, Name) = (code, name);

    internal TuttiException(FaultInfo fault)
        : this(fault.Code, fault.Name, fault.Message)
    {
    }

    /// <summary>The stable number.</summary>
    public int Code { get; }

    /// <summary>The stable name, such as <c>trackNotFound</c>.</summary>
    public string Name { get; }

    /// <summary>The number as this version of the protocol knows it; null for one of a later server.</summary>
    public ErrorCode? Known => Enum.IsDefined((ErrorCode)Code) ? (ErrorCode)Code : null;

    /// <summary>The HTTP status, when REST said it; null on a socket.</summary>
    public HttpStatusCode? Status { get; init; }

    /// <summary>When to try again, if the server said so.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
