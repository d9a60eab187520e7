using System.Collections.Immutable;
using System.Text;
using Tutti.Protocol;

namespace Tutti.Client.Rooms;

/// <summary>
/// What is known of a room from its frames. Written by one reader; what it holds may be read from anywhere, as each value is replaced whole.
/// </summary>
internal sealed class RoomMemory
{
    private byte[]? _newestStateFrame;

    /// <summary>The newest state; null before the first snapshot.</summary>
    public RoomState? State { get; private set; }

    public SyncSettings? Settings { get; private set; }

    public ImmutableList<DeviceInfo> Devices { get; private set; } = [];

    /// <summary>What a new connection hands over (docs/protocol.md §7); null without any.</summary>
    public string? Handover => _newestStateFrame is { } frame ? Encoding.UTF8.GetString(frame) : null;

    /// <summary>Takes a snapshot. True when the room is another incarnation than before: the server may be another process, with another clock.</summary>
    public bool Take(ServerFrame.Snapshot snapshot, ReadOnlySpan<byte> frame)
    {
        var isAnother = State is { } before && before.Epoch != snapshot.What.Epoch;
        (State, Settings, Devices) = (snapshot.What, snapshot.Settings, [.. snapshot.Devices]);
        _newestStateFrame = frame.ToArray();
        return isAnother;
    }

    /// <summary>Takes a state; false when a newer one of the same incarnation is known.</summary>
    public bool Take(ServerFrame.State state, ReadOnlySpan<byte> frame)
    {
        if (State is { } before && before.Epoch == state.What.Epoch && state.What.Version < before.Version)
        {
            return false;
        }

        State = state.What;
        _newestStateFrame = frame.ToArray();
        return true;
    }

    /// <summary>Takes news of devices; false when the message is about something else.</summary>
    public bool Take(ServerMessage message)
    {
        switch (message)
        {
            case DevicesMessage list:
                Devices = [.. list.Devices];
                return true;
            case DeviceJoinedMessage joined:
                Devices = Devices.RemoveAll(device => device.Id == joined.Device.Id).Add(joined.Device);
                return true;
            case DeviceLeftMessage left:
                Devices = Devices.RemoveAll(device => device.Id == left.DeviceId);
                return true;
            default:
                return false;
        }
    }
}
