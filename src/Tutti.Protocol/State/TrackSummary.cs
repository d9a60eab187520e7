using System.Text.Json.Serialization;

namespace Tutti.Protocol;

/// <summary>What a queue shows of a track.</summary>
/// <param name="DurationMicros">Length in µs; an estimate until the item's media has <see cref="MediaInfo.Samples"/>.</param>
/// <param name="CoverUrl">Path on this server; null without a cover.</param>
/// <param name="Live">Has no length: its place is the server time itself (docs/protocol.md §4).</param>
public sealed record TrackSummary(
    string Id,
    string Title,
    string Artist,
    string Album,
    long DurationMicros,
    string? CoverUrl,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Live = false)
{
    /// <summary>Which disc of its album it is on; 0 when that is not known.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int DiscNumber { get; init; }

    /// <summary>Its number on that disc; 0 when that is not known.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int TrackNumber { get; init; }

    /// <summary>What stands for the length of what has none, µs: beyond every server time, and exact as a double.</summary>
    public const long LiveDurationMicros = 9_000_000_000_000_000;
}
