using System.Net.WebSockets;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Tutti.Protocol;
using Tutti.Server.Rooms;
using Tutti.Timing;

namespace Tutti.Server.Realtime;

/// <summary>
/// The one writer of a socket. Whoever has something to send and finds the writer idle becomes the writer, on its own thread: as a send
/// to a socket that is not held back ends synchronously, no frame and no probe reply pays for a thread hop, and nobody ever waits for a
/// slow device.
/// </summary>
internal sealed class SocketSender(WebSocket socket, IServerClock clock, TimeProvider time, SyncSettings settings, ILogger logger) : IDeviceConnection, IDisposable
{
    /// <summary>Private close status: another connection of the same device took this one's place.</summary>
    public const int ReplacedStatus = 4001;

    /// <summary>Private close status: the device reads too slowly.</summary>
    public const int SlowStatus = 4002;

    private static readonly TimeSpan s_closePatience = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly Outbox _outbox = new();
    private readonly byte[] _probeBuffer = new byte[ProbeFrames.ReplyMaxBytes];
    private bool _isSending;
    private (int Status, string Reason)? _close;
    private bool _closesAtOnce;
    private bool _isClosed;
    private ITimer? _abort;

    /// <summary>Set by the session when the device has said who it is, before any room knows this connection.</summary>
    public string DeviceId { get; set; } = "";

    /// <summary>True once the connection is to end: nothing that arrives counts any more.</summary>
    public bool IsClosing
    {
        get
        {
            lock (_gate)
            {
                return _close is not null;
            }
        }
    }

    public void ReplyToProbe(ProbeReply reply)
    {
        lock (_gate)
        {
            _outbox.AddProbe(reply);
        }

        Kick();
    }

    public void OfferSnapshot(SealedState state, DeviceList devices)
    {
        lock (_gate)
        {
            _outbox.SetSnapshot(state, devices);
        }

        Kick();
    }

    public void OfferState(SealedState state)
    {
        lock (_gate)
        {
            _outbox.SetState(state);
        }

        Kick();
    }

    public void OfferDevices(DeviceList devices)
    {
        lock (_gate)
        {
            _outbox.SetDevices(devices);
        }

        Kick();
    }

    public void Enqueue(ReadOnlyMemory<byte> frameUtf8)
    {
        bool fits;
        lock (_gate)
        {
            if (_close is not null)
            {
                return;
            }

            fits = _outbox.TryAddToLine(frameUtf8);
        }

        if (fits)
        {
            Kick();
        }
        else
        {
            logger.TooSlow(DeviceId);
            Close(SlowStatus, "The device reads too slowly.", atOnce: true);
        }
    }

    public void Replaced() => Close(ReplacedStatus, "Another connection of this device took its place.", atOnce: true);

    public void Dismissed(ErrorCode reason, string message)
    {
        Enqueue(JsonSerializer.SerializeToUtf8Bytes(ErrorMessage.Of(reason, message), ProtocolJson.Wire.ErrorMessage));
        Close(reason.CloseStatus() ?? 4000, reason.Name(), atOnce: false);
    }

    /// <summary>Ends the connection; the first call counts.</summary>
    /// <param name="atOnce">True to drop what waits; false to send the line first.</param>
    public void Close(int status, string reason, bool atOnce)
    {
        lock (_gate)
        {
            if (_close is not null)
            {
                return;
            }

            _close = (status, reason);
            _closesAtOnce = atOnce;

            // A device that neither reads nor closes in turn is cut off.
            _abort = time.CreateTimer(_ => socket.Abort(), null, s_closePatience, Timeout.InfiniteTimeSpan);
        }

        Kick();
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isClosed = true;
            _close ??= (ReplacedStatus, "");
            _abort?.Dispose();
        }
    }

    private void Kick()
    {
        lock (_gate)
        {
            if (_isSending || _isClosed)
            {
                return;
            }

            _isSending = true;
        }

        _ = SendAllAsync();
    }

    private async Task SendAllAsync()
    {
        try
        {
            while (true)
            {
                Outgoing next;
                (int Status, string Reason)? close;
                lock (_gate)
                {
                    next = _closesAtOnce ? default : _outbox.Take();
                    close = next.IsEmpty ? _close : null;
                    if (next.IsEmpty)
                    {
                        _isClosed |= close is not null;
                        _isSending = false;
                    }
                }

                if (close is { } ending)
                {
                    await socket.CloseOutputAsync((WebSocketCloseStatus)ending.Status, ending.Reason, CancellationToken.None);
                    return;
                }

                if (next.IsEmpty)
                {
                    return;
                }

                await socket.SendAsync(Text(next), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
            }
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException or ObjectDisposedException or IOException)
        {
            // The connection is gone; the receive loop sees to the rest. _isSending stays set: nobody tries again.
        }
        catch (Exception exception)
        {
            logger.SendFailed(exception, DeviceId);
            socket.Abort();
        }
    }

    private ReadOnlyMemory<byte> Text(Outgoing next)
    {
        if (next.Probe is { } probe)
        {
            var length = ProbeFrames.WriteReply(_probeBuffer, probe.Id, probe.T0, probe.T1, clock.Now);
            return _probeBuffer.AsMemory(0, length);
        }

        return next.SnapshotState is { } state
            ? StateFrames.Snapshot(DeviceId, clock.Now, settings, state.StateUtf8.Span, state.Seal, next.SnapshotDevices!.Devices)
            : next.Frame;
    }
}
