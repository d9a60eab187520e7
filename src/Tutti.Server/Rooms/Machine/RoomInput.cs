using Tutti.Protocol;

namespace Tutti.Server.Rooms;

/// <summary>Everything that can happen to a room. Closed.</summary>
public abstract record RoomInput
{
    private RoomInput()
    {
    }

    /// <param name="DeviceId">The device that asked; null for REST and scripts.</param>
    /// <param name="Actor">Who asked, where no device did; a device asks for the one it came in with.</param>
    public sealed record Commanded(RoomCommand Command, string? DeviceId, Actor? Actor = null) : RoomInput;

    /// <summary>About people, and how the room is held.</summary>
    public sealed record Asked(PeopleRequest Request, Actor Actor) : RoomInput;

    /// <summary>What is remembered of a device that is away was changed elsewhere, or it is new.</summary>
    public sealed record DeviceRemembered(DeviceIdentity Device, DeviceSettings Settings, Actor Actor) : RoomInput;

    /// <summary>A device that is away is to be remembered no longer.</summary>
    public sealed record DeviceForgotten(string DeviceId) : RoomInput;

    /// <param name="Settings">What is remembered of the device, or else what it says itself.</param>
    public sealed record DeviceJoined(DeviceIdentity Device, DeviceSettings Settings, Actor Actor) : RoomInput;

    public sealed record DeviceReady(string DeviceId, string ItemId, long PositionMicros) : RoomInput;

    public sealed record DeviceReported(string DeviceId, DeviceReport Report) : RoomInput;

    public sealed record DeviceFaulted(string DeviceId, string ItemId, int Code, string Message) : RoomInput;

    /// <summary>The connection is gone; the grace begins.</summary>
    public sealed record DeviceLost(string DeviceId) : RoomInput;

    /// <summary>The device has said good-bye.</summary>
    public sealed record DeviceLeft(string DeviceId) : RoomInput;

    /// <param name="Gain">Null: nothing new of it.</param>
    public sealed record MediaKnown(string TrackId, MediaInfo Media, SoundGain? Gain = null) : RoomInput;

    public sealed record MediaFailed(string TrackId, FaultInfo Fault) : RoomInput
    {
        /// <summary>Says nothing of the track itself: another try may succeed.</summary>
        public bool IsForNow => Fault.Code == (int)ErrorCode.MediaBusy;
    }

    /// <summary>A station plays something else now.</summary>
    /// <param name="Title">Null: it does not say what.</param>
    public sealed record StreamTitled(string TrackId, string? Title) : RoomInput;

    /// <summary>A track is called otherwise, or has a cover now.</summary>
    public sealed record TrackDescribed(TrackSummary Track) : RoomInput;

    /// <summary>A state under our own seal that a device kept from before.</summary>
    public sealed record HandedOver(RoomState State) : RoomInput;

    /// <summary>Time has passed: the instant named by <see cref="RoomAgenda.WakeAt"/> has come.</summary>
    public sealed record Tick : RoomInput;

    /// <summary>The room leaves memory.</summary>
    public sealed record PutAway : RoomInput;
}
