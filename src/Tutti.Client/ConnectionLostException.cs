namespace Tutti.Client;

/// <summary>
/// The line to the room broke while a command was on its way: it may or may not have taken effect. It is not sent again by itself, as it
/// might then act twice; the next state says what became of it.
/// </summary>
public sealed class ConnectionLostException : IOException
{
    internal ConnectionLostException(string reason)
        : base($"The connection was lost before the command was answered: {reason}")
    {
    }
}
