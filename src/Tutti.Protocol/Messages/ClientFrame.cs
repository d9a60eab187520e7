namespace Tutti.Protocol;

/// <summary>A frame from a device after reading it. Closed.</summary>
public abstract record ClientFrame
{
    private ClientFrame()
    {
    }

    public sealed record Valid(ClientMessage Message) : ClientFrame;

    /// <param name="Type">The frame's type, when it had one.</param>
    /// <param name="Id">The frame's <c>id</c>, when it had a sound one: the sender can tell which command failed.</param>
    public sealed record Invalid(ErrorCode Code, string Message, string? Type = null, long? Id = null) : ClientFrame;
}
