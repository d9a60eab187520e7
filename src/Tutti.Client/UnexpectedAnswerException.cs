namespace Tutti.Client;

/// <summary>Something answered, but not as a Tutti server of this protocol does: a proxy, another program, or a version too far away.</summary>
public sealed class UnexpectedAnswerException : IOException
{
    internal UnexpectedAnswerException(Uri server, string what, Exception? inner = null)
        : base($"{server} answers, but not as a Tutti server: {what}", inner) => Server = server;

    /// <summary>What was asked.</summary>
    public Uri Server { get; }
}
