using System.Text.Json.Serialization;

namespace Tutti.Protocol;

/// <summary>A service whose tracks each device plays in that service's own player.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<EmbeddedService>))]
public enum EmbeddedService
{
    [JsonStringEnumMemberName("youtube")]
    YouTube,
    [JsonStringEnumMemberName("spotify")]
    Spotify,
}

/// <summary>Where a service has a track.</summary>
/// <param name="Id">The service's own name for it: 1 to 64 of <c>A–Z a–z 0–9 - _</c>.</param>
/// <param name="StartMicros">The service's place at which the track begins, µs: a link may name one.</param>
public sealed record EmbeddedRef(
    EmbeddedService Service, string Id, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] long StartMicros = 0);
