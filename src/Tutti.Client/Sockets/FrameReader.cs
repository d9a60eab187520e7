using System.Net.WebSockets;

namespace Tutti.Client.Sockets;

/// <summary>Puts the pieces of one message together, up to a limit.</summary>
internal sealed class FrameReader(WebSocket socket)
{
    /// <summary>Largest frame that is taken, bytes: a whole room of 1,000 items with long titles, several times over.</summary>
    public const int MaxBytes = 16 * 1_048_576;

    private const int FirstBytes = 16_384;

    private byte[] _buffer = new byte[FirstBytes];

    /// <summary>The next text frame; its bytes are good until the next call. Null: the server has closed.</summary>
    /// <exception cref="WebSocketException">The line broke, or what came is no text frame of a bearable size.</exception>
    public async ValueTask<ReadOnlyMemory<byte>?> NextAsync(CancellationToken ct)
    {
        var length = 0;
        while (true)
        {
            if (length == _buffer.Length)
            {
                if (length >= MaxBytes)
                {
                    throw new WebSocketException(WebSocketError.InvalidMessageType, $"A frame has more than {MaxBytes} bytes.");
                }

                Array.Resize(ref _buffer, Math.Min(MaxBytes, length * 2));
            }

            var piece = await socket.ReceiveAsync(_buffer.AsMemory(length), ct);
            switch (piece.MessageType)
            {
                case WebSocketMessageType.Close:
                    return null;
                case WebSocketMessageType.Binary:
                    throw new WebSocketException(WebSocketError.InvalidMessageType, "A binary frame is none of the protocol's.");
            }

            length += piece.Count;
            if (piece.EndOfMessage)
            {
                return _buffer.AsMemory(0, length);
            }
        }
    }
}
