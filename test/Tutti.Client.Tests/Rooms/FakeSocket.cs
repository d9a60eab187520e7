using System.Net.WebSockets;
using System.Threading.Channels;

namespace Tutti.Client.Tests.Rooms;

/// <summary>One end of a socket without a network; the test is the other end.</summary>
internal sealed class FakeSocket : WebSocket
{
    private readonly Channel<(byte[] Bytes, WebSocketMessageType Type)> _toClient = Channel.CreateUnbounded<(byte[], WebSocketMessageType)>();
    private readonly Channel<byte[]> _toServer = Channel.CreateUnbounded<byte[]>();
    private (byte[] Bytes, WebSocketMessageType Type, int Sent)? _rest;
    private WebSocketCloseStatus? _closeStatus;
    private string? _closeReason;
    private WebSocketState _state = WebSocketState.Open;

    /// <summary>What the client sends.</summary>
    public ChannelReader<byte[]> Sent => _toServer.Reader;

    public override WebSocketCloseStatus? CloseStatus => _closeStatus;

    public override string? CloseStatusDescription => _closeReason;

    public override WebSocketState State => _state;

    public override string? SubProtocol => null;

    /// <summary>The server sends a frame.</summary>
    public void Give(byte[] frame, WebSocketMessageType type = WebSocketMessageType.Text) => _toClient.Writer.TryWrite((frame, type));

    /// <summary>The server closes.</summary>
    public void Close(int status, string reason)
    {
        (_closeStatus, _closeReason) = ((WebSocketCloseStatus)status, reason);
        _toClient.Writer.TryWrite(([], WebSocketMessageType.Close));
    }

    /// <summary>The line breaks.</summary>
    public void Break() => _toClient.Writer.TryComplete(new WebSocketException(WebSocketError.ConnectionClosedPrematurely));

    public override async ValueTask<ValueWebSocketReceiveResult> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var (bytes, type, sent) = _rest ?? await NextAsync(cancellationToken);
        var piece = Math.Min(buffer.Length, bytes.Length - sent);
        bytes.AsMemory(sent, piece).CopyTo(buffer);
        var isEnd = sent + piece == bytes.Length;
        _rest = isEnd ? null : (bytes, type, sent + piece);
        _state = type == WebSocketMessageType.Close ? WebSocketState.CloseReceived : _state;
        return new ValueWebSocketReceiveResult(piece, type, isEnd);
    }

    public override async Task<WebSocketReceiveResult> ReceiveAsync(ArraySegment<byte> buffer, CancellationToken cancellationToken)
    {
        var result = await ReceiveAsync(buffer.AsMemory(), cancellationToken);
        return new WebSocketReceiveResult(result.Count, result.MessageType, result.EndOfMessage);
    }

    public override Task SendAsync(ArraySegment<byte> buffer, WebSocketMessageType messageType, bool endOfMessage, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_state is WebSocketState.Aborted, this);
        _toServer.Writer.TryWrite([.. buffer]);
        if (buffer.AsSpan().SequenceEqual("{\"type\":\"bye\"}"u8))
        {
            Close(1000, "");
        }

        return Task.CompletedTask;
    }

    public override Task CloseAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken) =>
        CloseOutputAsync(closeStatus, statusDescription, cancellationToken);

    public override Task CloseOutputAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken)
    {
        _state = WebSocketState.Closed;
        return Task.CompletedTask;
    }

    public override void Abort()
    {
        _state = WebSocketState.Aborted;
        _toServer.Writer.TryComplete();
        _toClient.Writer.TryComplete(new WebSocketException(WebSocketError.ConnectionClosedPrematurely));
    }

    public override void Dispose() => Abort();

    private async ValueTask<(byte[] Bytes, WebSocketMessageType Type, int Sent)> NextAsync(CancellationToken ct)
    {
        try
        {
            var (bytes, type) = await _toClient.Reader.ReadAsync(ct);
            return (bytes, type, 0);
        }
        catch (ChannelClosedException broken)
        {
            throw broken.InnerException!;
        }
    }
}
