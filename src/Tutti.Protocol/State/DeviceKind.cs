using System.Text.Json.Serialization;

namespace Tutti.Protocol;

[JsonConverter(typeof(JsonStringEnumConverter<DeviceKind>))]
public enum DeviceKind
{
    [JsonStringEnumMemberName("browser")]
    Browser,
    [JsonStringEnumMemberName("app")]
    App,
    [JsonStringEnumMemberName("speaker")]
    Speaker,

    /// <summary>Never makes sound.</summary>
    [JsonStringEnumMemberName("control")]
    Control,
}
