using System.Collections.Immutable;
using Tutti.Protocol;
using Tutti.Timing;

namespace Tutti.Server.Rooms;

/// <summary>Everything that can change in a room, and what it has to say. Closed.</summary>
public abstract record RoomEvent
{
    private RoomEvent()
    {
    }

    // The public state. Each of these makes a new version.

    /// <summary>A new timeline, and whatever was pending is settled or dropped.</summary>
    /// <param name="Rest">The status when the timeline is held.</param>
    /// <param name="Outgoing">What goes out beneath it.</param>
    public sealed record Transitioned(Timeline Timeline, PlaybackStatus Rest, string? Leader, OutgoingItem? Outgoing = null) : RoomEvent;

    /// <summary>A new timeline while something may stay pending: the queue went on by itself.</summary>
    /// <param name="Outgoing">What goes out beneath it.</param>
    public sealed record Advanced(Timeline Timeline, PlaybackStatus Rest, OutgoingItem? Outgoing = null) : RoomEvent;

    public sealed record PendingSet(PendingTransition Pending, string? Leader) : RoomEvent;

    /// <param name="Rest">The status when nothing sounds.</param>
    public sealed record PendingDropped(PlaybackStatus Rest) : RoomEvent;

    public sealed record VolumeSet(int Percent) : RoomEvent;

    public sealed record LevellingSet(bool On) : RoomEvent;

    public sealed record CrossfadeSet(int Seconds) : RoomEvent;

    /// <summary>Which items of the queue run into each other is different now.</summary>
    /// <param name="Micros">For each item of the queue, in its order, µs.</param>
    public sealed record OverlapsSet(ImmutableArray<long> Micros) : RoomEvent;

    public sealed record ItemsInserted(int Index, ImmutableArray<QueueItem> Items) : RoomEvent;

    public sealed record ItemsRemoved(ImmutableHashSet<string> ItemIds) : RoomEvent;

    public sealed record ItemMoved(string ItemId, int ToIndex) : RoomEvent;

    public sealed record MediaLearned(string TrackId, MediaInfo Media, SoundGain? Gain = null) : RoomEvent;

    public sealed record TrackFaulted(string TrackId, FaultInfo Fault) : RoomEvent;

    public sealed record StreamTitled(string TrackId, string? Title) : RoomEvent;

    public sealed record TrackDescribed(TrackSummary Track) : RoomEvent;

    public sealed record FaultCleared(string ItemId) : RoomEvent;

    public sealed record Adopted(RoomState State) : RoomEvent;

    /// <summary>Name or rules are others now.</summary>
    public sealed record HeldAnew(RoomIdentity Room) : RoomEvent;

    public sealed record MembersChanged(ImmutableArray<MemberInfo> Members) : RoomEvent;

    /// <param name="MemberId">Null: nobody is host now.</param>
    public sealed record HostPassed(string? MemberId) : RoomEvent;

    /// <summary>A guest is an account now: what they added and brought is the account's.</summary>
    public sealed record Renamed(string GuestMemberId, Actor.Person Person) : RoomEvent;

    // Beside the public state.

    public sealed record DoorChanged(RoomDoor Door) : RoomEvent;

    /// <summary>The room is at its end.</summary>
    public sealed record Closed : RoomEvent;

    /// <summary>Someone has changed the room: what it was loaded from no longer matters.</summary>
    public sealed record Touched : RoomEvent;

    public sealed record DeviceEntered(DeviceEntry Device) : RoomEvent;

    /// <summary>A device that is known is different now.</summary>
    public sealed record DeviceChanged(DeviceEntry Device) : RoomEvent;

    public sealed record DeviceGone(string DeviceId) : RoomEvent;

    // Words only.

    /// <summary>Somebody has to go, with all their devices.</summary>
    public sealed record Expelled(string MemberId, ErrorCode Reason, string Message) : RoomEvent;

    public sealed record Noticed(NoticeLevel Level, FaultInfo What) : RoomEvent;
}
