using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Tutti.Protocol;

namespace Tutti.Client.Rest;

internal sealed record PlayBody(
    [property: JsonPropertyName("trackIds")] ImmutableArray<string>? Tracks,
    int? StartIndex,
    [property: JsonPropertyName("position")] double? PositionSeconds);

internal sealed record SeekBody([property: JsonPropertyName("position")] double PositionSeconds);

internal sealed record VolumeBody(int Volume);

internal sealed record LevellingBody(bool On);

internal sealed record CrossfadeBody(int Seconds);

internal sealed record ChangeTrackBody(string? TrackId, string? ItemId);

internal sealed record QueueAddBody(ImmutableArray<string>? TrackIds, string? Url, JsonElement? At)
{
    public static QueueAddBody Of(IEnumerable<string> trackIds, QueuePlace at) => new([.. trackIds], null, Place(at));

    public static QueueAddBody Of(Uri link, QueuePlace at) => new(null, link.OriginalString, Place(at));

    private static JsonElement? Place(QueuePlace at) => at switch
    {
        { Index: { } index } => JsonSerializer.SerializeToElement(index, RestJson.Default.Int32),
        { IsNext: true } => JsonElement.Parse("\"next\""),
        _ => null,
    };
}

internal sealed record QueueMoveBody(string ItemId, int ToIndex);

internal sealed record OnlyHereBody(string DeviceId);

internal sealed record HandOverBody(string From, string To);
