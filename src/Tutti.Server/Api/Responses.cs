using System.Collections.Immutable;
using Tutti.Protocol;
using Tutti.Server.Rooms;
using Tutti.Timing;

namespace Tutti.Server.Api;

/// <summary>A room that was made.</summary>
/// <param name="Url">Its page, as a path on this server.</param>
/// <param name="Kind"><c>shared</c>: mine; <c>open</c>: everybody's.</param>
public sealed record RoomCreated(string Code, string Name, string Url, string Kind);

/// <param name="Total">Rooms in the list.</param>
public sealed record RoomList(IReadOnlyList<RoomSummary> Rooms, int Total);

/// <summary>A room in a list.</summary>
/// <param name="Track">The current one; null without any.</param>
/// <param name="Devices">Devices that are connected.</param>
/// <param name="Kind"><c>open</c>, <c>shared</c> or <c>personal</c>.</param>
/// <param name="Public">Whether whoever knows the code may come in.</param>
/// <param name="Role">What the caller is there; null when no member.</param>
public sealed record RoomSummary(string Code, string Name, PlaybackStatus Status, RoomTrack? Track, int Devices, string Kind, bool Public, MemberRole? Role)
{
    public static RoomSummary Of(IRoom room, Actor actor)
    {
        var state = room.State;
        return new RoomSummary(
            state.Room.Code, state.Room.Name, state.Status, RoomTrack.Of(state.CurrentItem()), room.Devices.Count(static device => device.Connected),
            KindOf(state.Room), state.Room.Rules is null or { Public: true }, room.RoleOf(actor));
    }

    /// <summary>A room of the caller's that is not in memory: nobody is there, and nothing sounds.</summary>
    public static RoomSummary Asleep(StoredRoomSummary room) =>
        new(room.Code, room.Name, PlaybackStatus.Stopped, null, 0, "shared", false, null);

    internal static string KindOf(RoomIdentity room) => room.Rules?.Kind switch
    {
        null => "open",
        RoomKind.Personal => "personal",
        _ => "shared",
    };
}

/// <summary>A room in full.</summary>
/// <param name="Role">What the caller is in it; null in an open room.</param>
/// <param name="Rules">How it is held; null for an open room.</param>
public sealed record RoomDetail(
    string Code, string Name, string Kind, MemberRole? Role, RoomRules? Rules, PlaybackState Playback, ImmutableArray<DeviceInfo> Devices);

/// <summary>A track as a room knows it.</summary>
/// <param name="DurationSeconds">0 for what is live.</param>
/// <param name="Live">Has no length and no place: internet radio.</param>
public sealed record RoomTrack(string Id, string Title, string Artist, string Album, double DurationSeconds, string? CoverUrl, bool Live)
{
    public static RoomTrack? Of(QueueItem? item) => item is null ? null : Of(item.Track);

    public static RoomTrack Of(TrackSummary track) =>
        new(track.Id, track.Title, track.Artist, track.Album, track.Live ? 0 : Fields.Seconds(track.DurationMicros), track.CoverUrl, track.Live);
}

/// <summary>An item of the queue.</summary>
/// <param name="Current">Whether it is the one that sounds or is held.</param>
/// <param name="Fault">Why it cannot sound; null when it can.</param>
/// <param name="StreamTitle">What a station says it plays; null for anything else.</param>
public sealed record QueueEntry(string Id, bool Current, string AddedBy, RoomTrack Track, FaultInfo? Fault, string? StreamTitle);

/// <summary>The queue, in playing order.</summary>
public sealed record QueueList(long Version, IReadOnlyList<QueueEntry> Items, int Total);

/// <summary>What a room sounds like at one instant, for people and scripts. Devices use the timeline instead.</summary>
/// <param name="ServerMicros">Server time of this answer.</param>
/// <param name="Position">Place in the track at that time, seconds; 0 in what is live.</param>
/// <param name="DurationSeconds">Null without a track, and for what is live.</param>
/// <param name="Preparing">The item that the room is getting ready for; null when none.</param>
/// <param name="Levelling">Whether all tracks are made equally loud.</param>
/// <param name="Leader">Device whose command made the newest transition; null for REST or the server itself.</param>
public sealed record PlaybackState(
    string Room,
    string Epoch,
    long Version,
    ServerMicros ServerMicros,
    PlaybackStatus Status,
    string? ItemId,
    RoomTrack? Track,
    double Position,
    double? DurationSeconds,
    int Volume,
    string? Leader,
    string? Preparing,
    Timeline Timeline,
    IReadOnlyList<QueueEntry> Queue,
    bool Levelling)
{
    public static PlaybackState Of(RoomState state, ServerMicros now)
    {
        var sounding = state.SoundingAt(now);
        var item = state.Find(sounding.ItemId);
        return new PlaybackState(
            state.Room.Code, state.Epoch, state.Version, now, state.Status, sounding.ItemId, RoomTrack.Of(item), item is { Track.Live: true } ? 0 : Fields.Seconds(sounding.PositionMicros),
            item is null or { Track.Live: true } ? null : Fields.Seconds(item.Track.DurationMicros), state.Volume, state.Leader, state.Pending?.ItemId, state.Timeline,
            EntriesOf(state, sounding.ItemId), state.Levelling);
    }

    public static QueueList QueueOf(RoomState state, ServerMicros now) =>
        new(state.Version, EntriesOf(state, state.SoundingAt(now).ItemId), state.Queue.Length);

    private static QueueEntry[] EntriesOf(RoomState state, string? current) =>
        [.. state.Queue.Select(item => new QueueEntry(item.Id, item.Id == current, item.AddedBy, RoomTrack.Of(item)!, item.Fault, item.StreamTitle))];
}

/// <summary>The devices of a room.</summary>
public sealed record DevicesList(ImmutableArray<DeviceInfo> Devices, int Total);

/// <summary>The devices of Home, under the name that the short form has.</summary>
public sealed record ClientsList(ImmutableArray<DeviceInfo> Clients, int Total);

/// <summary>The server.</summary>
/// <param name="Protocol">Version of docs/protocol.md.</param>
/// <param name="Addresses">URLs for other devices in the network, the likeliest first.</param>
public sealed record ServerDetail(string Name, string Version, int Protocol, IReadOnlyList<string> Addresses, double UptimeSeconds, ServerMicros ServerMicros);

/// <summary>What was played in a room, newest first.</summary>
/// <param name="Total">How much the room remembers.</param>
public sealed record HistoryList(IReadOnlyList<HistoryLine> History, int Total)
{
    /// <summary>Lines when the caller names no limit.</summary>
    public const int UsualLength = 100;
}

/// <param name="AtMicros">Server time at which it began to sound, µs since the Unix epoch.</param>
/// <param name="AddedById">The member who added it; null where there are no members.</param>
public sealed record HistoryLine(ServerMicros AtMicros, string AddedBy, string? AddedById, RoomTrack Track)
{
    public static HistoryLine Of(HistoryEntry entry) => new(entry.AtMicros, entry.AddedBy, entry.AddedById, RoomTrack.Of(entry.Track));
}
