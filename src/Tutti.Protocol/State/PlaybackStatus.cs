using System.Text.Json.Serialization;

namespace Tutti.Protocol;

[JsonConverter(typeof(JsonStringEnumConverter<PlaybackStatus>))]
public enum PlaybackStatus
{
    [JsonStringEnumMemberName("stopped")]
    Stopped,

    /// <summary>A transition to sound is pending and nothing is sounding.</summary>
    [JsonStringEnumMemberName("preparing")]
    Preparing,

    [JsonStringEnumMemberName("playing")]
    Playing,

    [JsonStringEnumMemberName("paused")]
    Paused,
}
