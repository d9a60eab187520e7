using System.Net.WebSockets;
using Tutti.Client.Sockets;
using Tutti.Protocol;

namespace Tutti.Client.Rooms;

/// <summary>One socket to a room, from its greeting to its end: reads, probes the clock, and sees to it that silence is noticed.</summary>
internal sealed class RoomLink(WebSocket socket, RoomClock clock, TimeProvider time, Func<long> deviceMicros) : IDisposable
{
    private readonly SemaphoreSlim _sending = new(1, 1);
    private long _heardTimestamp = time.GetTimestamp();
    private ErrorMessage? _lastError;

    public PendingCommands Commands { get; } = new();

    /// <summary>Called for each frame that is understood, with its bytes, which are good for that call only.</summary>
    public required Action<RoomLink, ServerFrame, ReadOnlyMemory<byte>> OnFrame { get; init; }

    /// <summary>Sends one frame; frames do not interleave.</summary>
    /// <exception cref="ConnectionLostException">The socket is not open any more.</exception>
    public async ValueTask SendAsync(ClientMessage message, CancellationToken ct)
    {
        await _sending.WaitAsync(ct);
        try
        {
            // Not the caller's token: a send that is broken off half-way leaves the socket unusable for all.
            await socket.SendAsync(ClientFrameWriter.Write(message), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        }
        catch (Exception exception) when (exception is WebSocketException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            throw new ConnectionLostException(exception.Message);
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>Greets, and returns when the connection has ended, however it did.</summary>
    public async Task<LinkEnd> RunAsync(ClientMessage.Hello hello, CancellationToken ct)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var probing = Task.CompletedTask;
        var watching = Task.CompletedTask;
        var silent = false;
        try
        {
            clock.Opened(deviceMicros());
            await SendAsync(hello, ending.Token);
            probing = ProbeAsync(ending.Token);
            watching = WatchAsync(
                () =>
                {
                    silent = true;
                    ending.Cancel();
                },
                ending.Token);
            await ReadAsync(ending.Token);
            if (socket.State is WebSocketState.CloseReceived)
            {
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, ending.Token);
            }

            return LinkEnd.Of(_lastError, (int?)socket.CloseStatus, socket.CloseStatusDescription);
        }
        catch (Exception exception) when (exception is WebSocketException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            return silent ? new LinkEnd(null, "the server has gone silent", IsFinal: false)
                : _lastError is not null ? LinkEnd.Of(_lastError, null, null)
                : new LinkEnd(null, exception.Message, IsFinal: false);
        }
        finally
        {
            await ending.CancelAsync();
            await Task.WhenAll(probing, watching);
        }
    }

    /// <summary>Says good-bye and waits a moment for the server to close.</summary>
    public async Task LeaveAsync(CancellationToken ct)
    {
        try
        {
            await SendAsync(new ClientMessage.Bye(), ct);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            // Gone already.
        }
    }

    // The semaphore has nothing to release, and a sender may still be waiting for it.
    public void Dispose() => socket.Dispose();

    private async Task ReadAsync(CancellationToken ct)
    {
        var reader = new FrameReader(socket);
        while (await reader.NextAsync(ct) is { } frame)
        {
            var backMicros = deviceMicros();
            Volatile.Write(ref _heardTimestamp, time.GetTimestamp());
            switch (ServerFrames.Read(frame.Span))
            {
                case ServerFrame.ProbeReply reply:
                    clock.Take(reply, backMicros);
                    break;

                case ServerFrame.Message { What: AckMessage ack }:
                    Commands.Answer(ack.Id, new CommandResult.Accepted(ack.Version));
                    break;

                case ServerFrame.Message { What: RefusedMessage refused }:
                    Commands.Answer(refused.Id, new CommandResult.Refused(refused.Error));
                    break;

                case ServerFrame.Message { What: ErrorMessage { Id: { } id } error }
                    when Commands.Fail(id, new TuttiException(error.Code, error.Name, error.Message)):
                    break;

                case var other:
                    _lastError = other is ServerFrame.Message { What: ErrorMessage last } ? last : _lastError;
                    OnFrame(this, other, frame);
                    break;
            }
        }
    }

    private async Task ProbeAsync(CancellationToken ct)
    {
        try
        {
            while (true)
            {
                // Stamped before the wait for other senders: what they cost only widens the round trip.
                await SendAsync(clock.Probe(deviceMicros()), ct);
                await Task.Delay(clock.Gap(deviceMicros()), time, ct);
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The reader sees to the rest.
        }
    }

    private async Task WatchAsync(Action onSilence, CancellationToken ct)
    {
        try
        {
            while (true)
            {
                var left = clock.Patience() - time.GetElapsedTime(Volatile.Read(ref _heardTimestamp));
                if (left <= TimeSpan.Zero)
                {
                    onSilence();
                    return;
                }

                await Task.Delay(left, time, ct);
            }
        }
        catch (OperationCanceledException)
        {
            // The connection has ended by itself.
        }
    }
}
