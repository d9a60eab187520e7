using Tutti.Protocol;
using Tutti.Server.Rooms;
using Tutti.Timing;

namespace Tutti.Server.Realtime;

/// <summary>
/// What waits to be sent to one device, bounded by construction: a few probe replies, one snapshot, one state, one device list, and a short
/// line of frames that must not be left out. Not thread-safe; <see cref="SocketSender"/> guards it.
/// </summary>
internal sealed class Outbox
{
    /// <summary>Frames that may wait; one more and the device is too slow to be kept.</summary>
    public const int LineCapacity = 256;

    /// <summary>Probe replies that may wait. Beyond it the oldest goes: a reply that late measures nothing.</summary>
    public const int ProbeCapacity = 8;

    private readonly Queue<ProbeReply> _probes = new(ProbeCapacity);
    private readonly Queue<ReadOnlyMemory<byte>> _line = new();
    private (SealedState State, DeviceList Devices)? _snapshot;
    private SealedState? _state;
    private DeviceList? _devices;

    public void AddProbe(ProbeReply reply)
    {
        if (_probes.Count == ProbeCapacity)
        {
            _probes.Dequeue();
        }

        _probes.Enqueue(reply);
    }

    public void SetSnapshot(SealedState state, DeviceList devices)
    {
        _snapshot = (state, devices);
        _state = null;
        _devices = null;
    }

    public void SetState(SealedState state) => _state = state;

    public void SetDevices(DeviceList devices) => _devices = devices;

    /// <summary>False when the line is full.</summary>
    public bool TryAddToLine(ReadOnlyMemory<byte> frame)
    {
        if (_line.Count == LineCapacity)
        {
            return false;
        }

        _line.Enqueue(frame);
        return true;
    }

    /// <summary>The most urgent thing: probe replies overtake everything, then what makes a device whole, then the rest.</summary>
    public Outgoing Take()
    {
        if (_probes.TryDequeue(out var probe))
        {
            return new Outgoing { Probe = probe };
        }

        if (_snapshot is { } snapshot)
        {
            _snapshot = null;
            return new Outgoing { SnapshotState = snapshot.State, SnapshotDevices = snapshot.Devices };
        }

        if (_line.TryDequeue(out var frame))
        {
            return new Outgoing { Frame = frame };
        }

        if (_state is { } state)
        {
            _state = null;
            return new Outgoing { Frame = state.FrameUtf8 };
        }

        if (_devices is { } devices)
        {
            _devices = null;
            return new Outgoing { Frame = devices.FrameUtf8 };
        }

        return default;
    }
}

/// <summary>A probe that waits for its reply.</summary>
internal readonly record struct ProbeReply(long Id, long T0, ServerMicros T1);

/// <summary>One thing to send; empty when there is none.</summary>
internal readonly struct Outgoing
{
    public ProbeReply? Probe { get; init; }

    public SealedState? SnapshotState { get; init; }

    public DeviceList? SnapshotDevices { get; init; }

    public ReadOnlyMemory<byte> Frame { get; init; }

    public bool IsEmpty => Probe is null && SnapshotState is null && Frame.IsEmpty;
}
