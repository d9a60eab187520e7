using System.Net.WebSockets;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Tutti.Protocol;
using Tutti.Server.Access;
using Tutti.Server.Access.Credentials;
using Tutti.Server.Access.Door;
using Tutti.Server.Rooms;
using Tutti.Timing;

namespace Tutti.Server.Realtime;

/// <summary>One socket from its first frame to its last: reads, answers probes on the spot, brings the device into its room.</summary>
/// <param name="shown">What came with the upgrade and counts most in a room, by its code; null when nothing good.</param>
internal sealed class SocketSession(
    WebSocket socket, SocketSender sender, Func<string, Credential?> shown, ISocketDoor door, IRoomDirectory rooms, IServerClock clock, TimeProvider time, ILogger logger)
{
    private const int OpenAttempts = 3;

    private MessageRate _rate = new(clock.Now);
    private IRoom? _room;
    private IDisposable? _watch;
    private bool _saidBye;

    public async Task RunAsync(CancellationToken ct)
    {
        using var receiver = new FrameReceiver(socket);
        using var helloTimer = time.CreateTimer(
            _ => OnHelloTimeout(), null, TimeSpan.FromSeconds(ProtocolLimits.HelloTimeoutSeconds), Timeout.InfiniteTimeSpan);
        try
        {
            while (true)
            {
                var kind = await receiver.ReceiveAsync(_room is null ? ProtocolLimits.HelloFrameBytes : ProtocolLimits.FrameBytes, ct);
                var receivedAt = clock.Now;
                if (kind == FrameKind.Closed)
                {
                    sender.Close((int)WebSocketCloseStatus.NormalClosure, "", atOnce: true);
                    return;
                }

                if (!sender.IsClosing)
                {
                    await HandleAsync(kind, receiver.Frame, receivedAt, ct);
                }
            }
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException or IOException)
        {
            // The line broke, or what came was no WebSocket; the device may come back.
        }
        catch (Exception exception)
        {
            var incident = Guid.NewGuid().ToString("N")[..8];
            logger.SessionFailed(exception, sender.DeviceId, incident);
            Fatal(ErrorCode.Internal, $"Something went wrong here; the log names it as {incident}.");
        }
        finally
        {
            _watch?.Dispose();
            if (_room is { } room && !_saidBye)
            {
                room.Post(sender, new DeviceMessage.Lost());
                logger.Ended(sender.DeviceId);
            }
        }
    }

    private async ValueTask HandleAsync(FrameKind kind, ReadOnlyMemory<byte> frame, ServerMicros receivedAt, CancellationToken ct)
    {
        if (!_rate.TryTake(receivedAt))
        {
            Fatal(ErrorCode.TooManyMessages, $"At most {ProtocolLimits.MessagesPerSecond} messages a second.");
            return;
        }

        switch (kind)
        {
            case FrameKind.TooLarge:
                Fatal(ErrorCode.FrameTooLarge, $"A frame may have at most {ProtocolLimits.FrameBytes} bytes.");
                return;

            case FrameKind.Binary:
                Fatal(ErrorCode.BinaryFrame, "Only text frames are spoken here.");
                return;
        }

        if (ProbeFrames.TryRead(frame.Span, out var probeId, out var t0))
        {
            sender.ReplyToProbe(new ProbeReply(probeId, t0, receivedAt));
            return;
        }

        switch (ClientFrames.Read(frame))
        {
            case ClientFrame.Invalid invalid when _room is null:
                // Before the greeting there is nobody to go on with.
                Fatal(invalid.Code is ErrorCode.UnknownType || invalid.Type is not (null or "hello") ? ErrorCode.HelloExpected : invalid.Code, invalid.Message);
                break;

            case ClientFrame.Invalid invalid:
                Send(ErrorMessage.Of(invalid.Code, invalid.Message, invalid.Id));
                break;

            case ClientFrame.Valid { Message: ClientMessage.Hello hello } when _room is null:
                await GreetAsync(hello, ct);
                break;

            case ClientFrame.Valid when _room is null:
                Fatal(ErrorCode.HelloExpected, "The first message must be hello.");
                break;

            case ClientFrame.Valid valid:
                Pass(_room, valid.Message);
                break;
        }
    }

    private void Pass(IRoom room, ClientMessage message)
    {
        switch (message)
        {
            case ClientMessage.Command command:
                if (!room.Post(sender, new DeviceMessage.Commanded(command.Id, command.What)))
                {
                    Busy(command.Id);
                }

                break;

            case ClientMessage.Ready ready:
                PostOrTell(room, new DeviceMessage.Ready(ready.ItemId, ready.PositionMicros));
                break;

            case ClientMessage.Report report:
                PostOrTell(room, new DeviceMessage.Reported(report.What));
                break;

            case ClientMessage.Loaded loaded:
                PostOrTell(room, new DeviceMessage.Loaded(loaded.ItemId, loaded.Facts));
                break;

            case ClientMessage.Fault fault:
                PostOrTell(room, new DeviceMessage.Faulted(fault.ItemId, fault.Code, fault.Message));
                break;

            case ClientMessage.Rename rename:
                PostOrTell(room, new DeviceMessage.Commanded(null, new RoomCommand.DeviceSet(null, new DeviceChange(rename.Name))));
                break;

            case ClientMessage.Resync:
                PostOrTell(room, new DeviceMessage.Resync());
                break;

            case ClientMessage.Bye:
                _saidBye = room.Post(sender, new DeviceMessage.Bye());
                sender.Close((int)WebSocketCloseStatus.NormalClosure, "", atOnce: false);
                break;

            case ClientMessage.Hello:
                Send(ErrorMessage.Of(ErrorCode.AlreadyGreeted, "This device has said hello."));
                break;
        }
    }

    private async ValueTask GreetAsync(ClientMessage.Hello hello, CancellationToken ct)
    {
        if (hello.Protocol != ProtocolLimits.ProtocolVersion)
        {
            Fatal(ErrorCode.UnsupportedProtocol, $"This server speaks protocol {ProtocolLimits.ProtocolVersion}.");
            return;
        }

        sender.DeviceId = hello.Device.Id;
        switch (await door.AdmitAsync(shown(hello.Room), hello.Token, hello.Room, ct))
        {
            case Admission.Granted granted:
                await JoinAsync(hello, granted.Caller, ct);
                if (granted.Credential is not null)
                {
                    _watch = door.Watch(granted.Credential, code => Fatal(code, "What this device came in with is no longer good; sign in again."));
                }

                break;
            case Admission.Refused(var code, var message):
                Fatal(code, message);
                break;
        }
    }

    private async ValueTask JoinAsync(ClientMessage.Hello hello, Caller caller, CancellationToken ct)
    {
        var actor = caller.AsActor();
        CommandOutcome.Refused? refusal = null;
        for (var attempt = 0; attempt < OpenAttempts; attempt++)
        {
            var lookup = await rooms.OpenForAsync(hello.Room, actor, ct, hello.Handover);
            if (lookup is RoomLookup.Missing missing)
            {
                Fatal(missing.Code, missing.Message);
                return;
            }

            var room = ((RoomLookup.Found)lookup).Room;
            refusal = await room.JoinAsync(new DeviceEntrance(hello.Device, actor, hello.Handover), sender, ct);
            if (refusal is null)
            {
                _room = room;
                logger.Joined(hello.Device.Id, hello.Device.Name, caller.Label, room.Code);
                return;
            }

            if (refusal.Code != ErrorCode.RoomNotFound)
            {
                break;
            }
        }

        Fatal(refusal!.Code, refusal.Message);
    }

    private void OnHelloTimeout()
    {
        if (_room is null && sender.DeviceId.Length == 0)
        {
            Fatal(ErrorCode.HelloTimeout, $"No hello within {ProtocolLimits.HelloTimeoutSeconds} s.");
        }
    }

    private void PostOrTell(IRoom room, DeviceMessage message)
    {
        if (!room.Post(sender, message))
        {
            Busy(id: null);
        }
    }

    private void Busy(long? id) => Send(ErrorMessage.Of(ErrorCode.RoomBusy, "The room has more to do than it can hold; try again.", id));

    private void Fatal(ErrorCode code, string message)
    {
        logger.Fatal(sender.DeviceId, code.Name(), message);
        Send(ErrorMessage.Of(code, message));
        sender.Close(code.CloseStatus() ?? 4000, code.Name(), atOnce: false);
    }

    private void Send(ErrorMessage error) => sender.Enqueue(JsonSerializer.SerializeToUtf8Bytes(error, ProtocolJson.Wire.ErrorMessage));
}
