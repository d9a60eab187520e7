using Tutti.Protocol;

namespace Tutti.Server.Rooms;

/// <summary>
/// A device's connection as the room sees it. Every member returns at once and may be called from any thread: what is offered replaces what
/// was offered before and not yet sent; what is enqueued waits in a bounded line.
/// </summary>
public interface IDeviceConnection
{
    /// <summary>The device's lasting id.</summary>
    string DeviceId { get; }

    /// <summary>The whole snapshot, in place of any state and device list that still wait.</summary>
    void OfferSnapshot(SealedState state, DeviceList devices);

    void OfferState(SealedState state);

    void OfferDevices(DeviceList devices);

    /// <summary>A frame that must not be left out. A device that lets its line overflow is closed.</summary>
    void Enqueue(ReadOnlyMemory<byte> frameUtf8);

    /// <summary>A newer connection of the same device has taken this one's place.</summary>
    void Replaced();

    /// <summary>The device has to go: its person was put out, or the room is at its end.</summary>
    void Dismissed(ErrorCode reason, string message);
}
