using System.Text.Json.Serialization;

namespace Tutti.Protocol;

/// <summary>Whose a room is (docs/protocol.md §4a).</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RoomKind>))]
public enum RoomKind
{
    /// <summary>Made by a host, with members and roles.</summary>
    [JsonStringEnumMemberName("shared")]
    Shared,

    /// <summary>Of one account's devices alone.</summary>
    [JsonStringEnumMemberName("personal")]
    Personal,
}
