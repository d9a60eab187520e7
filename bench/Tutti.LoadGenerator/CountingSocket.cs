using System.Net.WebSockets;

namespace Tutti.LoadGenerator;

/// <summary>Frames of the kind that matters, over all sockets.</summary>
internal sealed class Deliveries
{
    private long _states;
    private long _bytes;

    public long States => Interlocked.Read(ref _states);

    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Counts a frame by how it begins: the server writes <c>type</c> first.</summary>
    public void Count(ReadOnlySpan<byte> start, int length)
    {
        Interlocked.Add(ref _bytes, length);
        if (start.StartsWith("{\"type\":\"state\""u8))
        {
            Interlocked.Increment(ref _states);
        }
    }
}

/// <summary>A real socket that counts what is delivered over it, before anything merges or skips it.</summary>
internal sealed class CountingSocket(WebSocket inner, Deliveries deliveries) : WebSocket
{
    private bool _isWithin;

    public override WebSocketCloseStatus? CloseStatus => inner.CloseStatus;

    public override string? CloseStatusDescription => inner.CloseStatusDescription;

    public override WebSocketState State => inner.State;

    public override string? SubProtocol => inner.SubProtocol;

    public override async ValueTask<ValueWebSocketReceiveResult> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var result = await inner.ReceiveAsync(buffer, cancellationToken);
        deliveries.Count(_isWithin ? [] : buffer.Span[..result.Count], result.Count);
        _isWithin = !result.EndOfMessage;
        return result;
    }

    public override async Task<WebSocketReceiveResult> ReceiveAsync(ArraySegment<byte> buffer, CancellationToken cancellationToken)
    {
        var result = await ReceiveAsync(buffer.AsMemory(), cancellationToken);
        return new WebSocketReceiveResult(result.Count, result.MessageType, result.EndOfMessage);
    }

    public override ValueTask SendAsync(ReadOnlyMemory<byte> buffer, WebSocketMessageType messageType, bool endOfMessage, CancellationToken cancellationToken) =>
        inner.SendAsync(buffer, messageType, endOfMessage, cancellationToken);

    public override Task SendAsync(ArraySegment<byte> buffer, WebSocketMessageType messageType, bool endOfMessage, CancellationToken cancellationToken) =>
        inner.SendAsync(buffer, messageType, endOfMessage, cancellationToken);

    public override Task CloseAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken) =>
        inner.CloseAsync(closeStatus, statusDescription, cancellationToken);

    public override Task CloseOutputAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken) =>
        inner.CloseOutputAsync(closeStatus, statusDescription, cancellationToken);

    public override void Abort() => inner.Abort();

    public override void Dispose() => inner.Dispose();
}
