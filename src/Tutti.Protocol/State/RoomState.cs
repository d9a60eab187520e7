using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Tutti.Timing;

namespace Tutti.Protocol;

/// <summary>The whole public state of a room; what is broadcast, sealed and stored (docs/protocol.md §4).</summary>
/// <param name="Epoch">Names one incarnation of the room in memory.</param>
/// <param name="Version">Grows by at least one with each change.</param>
/// <param name="Volume">0–100.</param>
/// <param name="Leader">Id of the device whose command made the newest transition; null for REST or the server itself.</param>
/// <param name="Queue">In playing order, the current item among them.</param>
/// <param name="Levelling">Whether devices apply each item's <see cref="QueueItem.GainDb"/>.</param>
public sealed record RoomState(
    RoomIdentity Room,
    string Epoch,
    long Version,
    PlaybackStatus Status,
    Timeline Timeline,
    PendingTransition? Pending,
    int Volume,
    string? Leader,
    ImmutableArray<QueueItem> Queue,
    bool Levelling = true)
{
    /// <summary>Who belongs to the room, in the order in which they came; empty in an open one.</summary>
    public ImmutableArray<MemberInfo> Members { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Id of the member who is host now: the room's own, or who stands in for them while they are away. Null: nobody is.</summary>
    public string? Host { get; init; }

    /// <summary>For how long tracks that follow each other are heard together, s; 0: not at all.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int CrossfadeSeconds { get; init; }

    /// <summary>What goes out beneath the current item; null when that came in by itself.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public OutgoingItem? Outgoing { get; init; }

    /// <summary>The current item; null when the room has none.</summary>
    public QueueItem? CurrentItem() => Find(Timeline.ItemId);

    /// <summary>The item with this id; null when it is not in the queue.</summary>
    public QueueItem? Find(string? itemId) => IndexOf(itemId) is >= 0 and var index ? Queue[index] : null;

    /// <summary>Place of an item in the queue; −1 when it is not there.</summary>
    public int IndexOf(string? itemId)
    {
        for (var i = 0; itemId is not null && i < Queue.Length; i++)
        {
            if (Queue[i].Id == itemId)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>The member with this id; null when there is none.</summary>
    public MemberInfo? FindMember(string? id) => Members.FirstOrDefault(member => member.Id == id);

    /// <summary>What a member is now, standing in for an absent host included; null when there is no such member.</summary>
    public MemberRole? RoleOf(string? memberId) =>
        FindMember(memberId) is not { } member ? null : member.Id == Host ? MemberRole.Host : member.Role;

    /// <summary>What sounds at <paramref name="instant"/>.</summary>
    public Sounding SoundingAt(ServerMicros instant) => Playout.At(Timeline, PlayoutItems(), instant);

    /// <summary>The queue as <see cref="Playout"/> sees it.</summary>
    public PlayoutItem[] PlayoutItems()
    {
        var items = new PlayoutItem[Queue.Length];
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = new PlayoutItem(Queue[i].Id, Queue[i].Track.DurationMicros, Queue[i].Fault is not null, Queue[i].OverlapMicros);
        }

        return items;
    }
}
