namespace Tutti.Client;

/// <summary>No answer: nothing listens there, the network is down, or it took too long.</summary>
public sealed class ServerUnreachableException : IOException
{
    internal ServerUnreachableException(Uri server, string reason, Exception? inner = null)
        : base($"{server} cannot be reached: {reason}", inner) => Server = server;

    /// <summary>Where it was tried.</summary>
    public Uri Server { get; }
}
