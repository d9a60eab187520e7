using Tutti.Protocol;

namespace Tutti.Server.Rooms;

/// <summary>A state, the exact text of it, the seal over that text, and the frame: each made once for all receivers.</summary>
public sealed class SealedState
{
    private readonly Lazy<ReadOnlyMemory<byte>> _frame;

    internal SealedState(RoomState state, byte[] stateUtf8, string seal)
    {
        State = state;
        StateUtf8 = stateUtf8;
        Seal = seal;
        _frame = new Lazy<ReadOnlyMemory<byte>>(() => StateFrames.State(stateUtf8, seal));
    }

    public RoomState State { get; }

    public ReadOnlyMemory<byte> StateUtf8 { get; }

    /// <summary>HMAC-SHA256 over <see cref="StateUtf8"/>, base64url.</summary>
    public string Seal { get; }

    /// <summary>The <c>state</c> frame, UTF-8.</summary>
    public ReadOnlyMemory<byte> FrameUtf8 => _frame.Value;
}
