using System.Text.Json.Serialization;

namespace Tutti.Protocol;

/// <summary>What a member of a room is, least first (docs/protocol.md §4a).</summary>
[JsonConverter(typeof(JsonStringEnumConverter<MemberRole>))]
public enum MemberRole
{
    [JsonStringEnumMemberName("listener")]
    Listener,
    [JsonStringEnumMemberName("dj")]
    Dj,
    [JsonStringEnumMemberName("host")]
    Host,
}
