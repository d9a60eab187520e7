using System.Text.Json.Serialization;
using Tutti.Timing;

namespace Tutti.Protocol.Rest;

/// <summary>What a room sounds like at one instant. A device uses the timeline instead.</summary>
/// <param name="Room">The room's code.</param>
/// <param name="Epoch">Names one incarnation of the room in memory.</param>
/// <param name="Version">Grows with each change.</param>
/// <param name="ServerMicros">Server time of this answer.</param>
/// <param name="Status">Whether it plays.</param>
/// <param name="ItemId">The current item of the queue; null without any.</param>
/// <param name="Track">The current track; null without any.</param>
/// <param name="PositionSeconds">Place in the track at <paramref name="ServerMicros"/>, s.</param>
/// <param name="DurationSeconds">Its length, s; null without a track, and for what is live.</param>
/// <param name="Volume">0–100.</param>
/// <param name="Leader">Device whose command made the newest transition; null for REST or the server itself.</param>
/// <param name="Preparing">Item that the room is getting ready for; null when none.</param>
/// <param name="Timeline">The timing vector.</param>
/// <param name="Queue">In playing order.</param>
/// <param name="Levelling">Whether all tracks are made equally loud.</param>
/// <param name="CrossfadeSeconds">For how long tracks that follow each other are heard together; 0: not at all.</param>
public sealed record PlaybackState(
    string Room,
    string Epoch,
    long Version,
    ServerMicros ServerMicros,
    PlaybackStatus Status,
    string? ItemId,
    RoomTrack? Track,
    [property: JsonPropertyName("position")] double PositionSeconds,
    double? DurationSeconds,
    int Volume,
    string? Leader,
    string? Preparing,
    Timeline Timeline,
    IReadOnlyList<QueueEntry> Queue,
    bool Levelling,
    int CrossfadeSeconds);

/// <summary>A track as a room knows it.</summary>
/// <param name="Id">The track.</param>
/// <param name="Title">Its title.</param>
/// <param name="Artist">Who plays it; may be empty.</param>
/// <param name="Album">The album; may be empty.</param>
/// <param name="DurationSeconds">Length, s; 0 for what is live, and until the length of an embedded track is known.</param>
/// <param name="CoverUrl">Path on the server; null without a cover.</param>
/// <param name="Live">Has no length and no place: internet radio.</param>
/// <param name="Embedded">Where a service has it, whose own player plays it on each device; null for what the server has as sound.</param>
public sealed record RoomTrack(string Id, string Title, string Artist, string Album, double DurationSeconds, string? CoverUrl, bool Live, EmbeddedRef? Embedded);

/// <summary>An item of the queue.</summary>
/// <param name="Id">The item; one track may be in the queue more than once.</param>
/// <param name="Current">Whether it is the one that sounds or is held.</param>
/// <param name="AddedBy">Who added it.</param>
/// <param name="Track">What it plays.</param>
/// <param name="Fault">Why it cannot sound; null when it can.</param>
/// <param name="StreamTitle">What a station says it plays; null for anything else.</param>
public sealed record QueueEntry(string Id, bool Current, string AddedBy, RoomTrack Track, FaultInfo? Fault, string? StreamTitle);

/// <summary>The queue of a room, in playing order.</summary>
/// <param name="Version">The state that it belongs to.</param>
/// <param name="Items">The items.</param>
/// <param name="Total">How many.</param>
public sealed record QueueList(long Version, IReadOnlyList<QueueEntry> Items, int Total);

/// <summary>What was played in a room, newest first.</summary>
/// <param name="History">The newest of it.</param>
/// <param name="Total">How much the room remembers.</param>
public sealed record HistoryList(IReadOnlyList<HistoryLine> History, int Total)
{
    /// <summary>Lines when the caller names no limit.</summary>
    public const int UsualLength = 100;
}

/// <summary>Something that was played.</summary>
/// <param name="AtMicros">Server time at which it began to sound.</param>
/// <param name="AddedBy">Who added it.</param>
/// <param name="AddedById">The member who added it; null where there are no members.</param>
/// <param name="Track">What it was.</param>
public sealed record HistoryLine(ServerMicros AtMicros, string AddedBy, string? AddedById, RoomTrack Track);
