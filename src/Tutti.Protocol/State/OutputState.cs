using System.Text.Json.Serialization;

namespace Tutti.Protocol;

/// <summary>A device's sound output, as it says itself.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<OutputState>))]
public enum OutputState
{
    [JsonStringEnumMemberName("off")]
    Off,
    [JsonStringEnumMemberName("starting")]
    Starting,
    [JsonStringEnumMemberName("on")]
    On,
}
