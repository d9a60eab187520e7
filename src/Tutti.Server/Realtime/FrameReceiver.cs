using System.Buffers;
using System.Net.WebSockets;

namespace Tutti.Server.Realtime;

internal enum FrameKind
{
    Text,
    Binary,
    TooLarge,
    Closed,
}

/// <summary>
/// Whole frames from a socket into one pooled buffer, which starts small, grows with what really arrives, and never beyond the limit.
/// </summary>
internal sealed class FrameReceiver(WebSocket socket) : IDisposable
{
    private const int StartBytes = 2_048;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(StartBytes);
    private int _length;

    /// <summary>The newest frame; overwritten by the next receive.</summary>
    public ReadOnlyMemory<byte> Frame => _buffer.AsMemory(0, _length);

    public async ValueTask<FrameKind> ReceiveAsync(int limitBytes, CancellationToken ct)
    {
        _length = 0;
        Shrink();
        while (true)
        {
            if (_length == _buffer.Length)
            {
                Grow();
            }

            var result = await socket.ReceiveAsync(_buffer.AsMemory(_length), ct);
            if (result.MessageType == WebSocketMessageType.Close)
            {
                return FrameKind.Closed;
            }

            _length += result.Count;
            if (_length > limitBytes)
            {
                return FrameKind.TooLarge;
            }

            if (result.MessageType == WebSocketMessageType.Binary)
            {
                return FrameKind.Binary;
            }

            if (result.EndOfMessage)
            {
                return FrameKind.Text;
            }
        }
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    private void Grow()
    {
        var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
        _buffer.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }

    // A device sends one large frame, its hello: its buffer is not kept for the hours after.
    private void Shrink()
    {
        if (_buffer.Length > 4 * StartBytes)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = ArrayPool<byte>.Shared.Rent(StartBytes);
        }
    }
}
