using System.Collections.Immutable;
using System.Text.Json;
using Tutti.Protocol;
using Tutti.Timing;

namespace Tutti.Server.Rooms;

/// <summary>
/// The room's connections and what is told to them. Every frame for all is written once. Used by the mailbox's reader only.
/// </summary>
internal sealed class RoomBroadcast(RoomServices services)
{
    private readonly Dictionary<string, IDeviceConnection> _connections = [];
    private ImmutableArray<DeviceEntry> _shown = [];
    private ServerMicros _shownAt;
    private bool _isUrgent;
    private SealedState? _sealed;

    /// <summary>When the next device list is due; null when all has been shown.</summary>
    public ServerMicros? DevicesDueAt { get; private set; }

    /// <summary>False for a connection that has been replaced or has left.</summary>
    public bool IsNewest(IDeviceConnection connection) =>
        _connections.TryGetValue(connection.DeviceId, out var newest) && ReferenceEquals(newest, connection);

    public void Enter(IDeviceConnection connection, RoomModel model)
    {
        if (_connections.TryGetValue(connection.DeviceId, out var older))
        {
            older.Replaced();
        }

        _connections[connection.DeviceId] = connection;
        Snapshot(connection, model);
    }

    public void Leave(IDeviceConnection connection) => _connections.Remove(connection.DeviceId);

    public void Snapshot(IDeviceConnection connection, RoomModel model) => connection.OfferSnapshot(Sealed(model.State), Listed(model));

    public static void Answer(IDeviceConnection connection, long id, CommandOutcome outcome) => connection.Enqueue(outcome switch
    {
        CommandOutcome.Accepted accepted => JsonSerializer.SerializeToUtf8Bytes(new AckMessage(id, accepted.Version), ProtocolJson.Wire.AckMessage),
        CommandOutcome.Refused refused => JsonSerializer.SerializeToUtf8Bytes(
            new RefusedMessage(id, FaultInfo.Of(refused.Code, refused.Message)), ProtocolJson.Wire.RefusedMessage),
        _ => throw new ArgumentException($"Not an outcome: {outcome.GetType().Name}", nameof(outcome)),
    });

    /// <summary>Tells all devices what a decision has changed.</summary>
    public void Publish(RoomModel before, RoomModel after, ImmutableArray<RoomEvent> events, ServerMicros now)
    {
        foreach (var @event in events)
        {
            switch (@event)
            {
                case RoomEvent.DeviceEntered entered:
                    var joined = new DeviceJoinedMessage(entered.Device.ToInfo());
                    EnqueueToAll(JsonSerializer.SerializeToUtf8Bytes(joined, ProtocolJson.Wire.DeviceJoinedMessage));
                    break;

                case RoomEvent.DeviceChanged changed:
                    // What somebody has set, a finger is waiting to see.
                    _isUrgent |= before.FindDevice(changed.Device.Id) is { } known && (known.Settings != changed.Device.Settings || known.Sound != changed.Device.Sound);
                    break;

                case RoomEvent.Expelled expelled:
                    Dismiss(before.Devices.Where(device => device.MemberId == expelled.MemberId), expelled.Reason, expelled.Message);
                    break;

                case RoomEvent.Closed:
                    Dismiss(before.Devices, ErrorCode.RoomClosed, $"{after.State.Room.Name} was closed.");
                    break;

                case RoomEvent.DeviceGone gone:
                    _connections.Remove(gone.DeviceId);
                    EnqueueToAll(JsonSerializer.SerializeToUtf8Bytes(new DeviceLeftMessage(gone.DeviceId), ProtocolJson.Wire.DeviceLeftMessage));
                    break;

                case RoomEvent.Noticed noticed:
                    services.Logger.Notice(after.State.Room.Code, noticed.What.Name, noticed.What.Code, noticed.What.Message);
                    var notice = new NoticeMessage(noticed.Level, noticed.What.Code, noticed.What.Name, noticed.What.Message, now);
                    EnqueueToAll(JsonSerializer.SerializeToUtf8Bytes(notice, ProtocolJson.Wire.NoticeMessage));
                    break;
            }
        }

        if (after.State.Version != before.State.Version && _connections.Count > 0)
        {
            var sealedState = Sealed(after.State);
            foreach (var connection in _connections.Values)
            {
                connection.OfferState(sealedState);
            }
        }
    }

    /// <summary>Shows the device list when it has changed, but not more often than people can read, unless somebody has set something.</summary>
    public void SeeDevices(RoomModel model, ServerMicros now)
    {
        if (_connections.Count == 0 || model.Devices == _shown)
        {
            DevicesDueAt = null;
            return;
        }

        var dueAt = _shownAt + (services.Options.DevicesIntervalMs * ServerMicros.PerMillisecond);
        if (now < dueAt && !_isUrgent)
        {
            DevicesDueAt = dueAt;
            return;
        }

        DevicesDueAt = null;
        _isUrgent = false;
        _shown = model.Devices;
        _shownAt = now;
        var list = Listed(model);
        foreach (var connection in _connections.Values)
        {
            connection.OfferDevices(list);
        }
    }

    private void Dismiss(IEnumerable<DeviceEntry> devices, ErrorCode reason, string message)
    {
        foreach (var device in devices)
        {
            if (_connections.Remove(device.Id, out var connection))
            {
                connection.Dismissed(reason, message);
            }
        }
    }

    private void EnqueueToAll(byte[] frame)
    {
        foreach (var connection in _connections.Values)
        {
            connection.Enqueue(frame);
        }
    }

    private SealedState Sealed(RoomState state) =>
        ReferenceEquals(_sealed?.State, state) ? _sealed! : _sealed = services.Seal.Seal(state);

    private static DeviceList Listed(RoomModel model) => new([.. model.Devices.Select(device => device.ToInfo())]);
}
