using System.Text.Json.Serialization;

namespace Tutti.Protocol;

/// <summary>What a room's table of rights knows (docs/protocol.md §4a).</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RoomRight>))]
public enum RoomRight
{
    /// <summary>Play, pause, resume, stop.</summary>
    [JsonStringEnumMemberName("play")]
    Play,
    [JsonStringEnumMemberName("seek")]
    Seek,

    /// <summary>To another item: next, previous, change of track.</summary>
    [JsonStringEnumMemberName("skip")]
    Skip,
    [JsonStringEnumMemberName("volume")]
    Volume,

    /// <summary>To the end of the queue, and taking back what one has added.</summary>
    [JsonStringEnumMemberName("add")]
    Add,

    /// <summary>Moving items, and adding anywhere but at the end.</summary>
    [JsonStringEnumMemberName("reorder")]
    Reorder,
    [JsonStringEnumMemberName("remove")]
    Remove,
    [JsonStringEnumMemberName("invite")]
    Invite,

    /// <summary>Kick and ban.</summary>
    [JsonStringEnumMemberName("kick")]
    Kick,
}
