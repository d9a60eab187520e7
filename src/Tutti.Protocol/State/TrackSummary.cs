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

    /// <summary>What stands for the length of an embedded track until a device has loaded it, µs: longer than any service has.</summary>
    public const long UnknownDurationMicros = 86_400_000_000;

    /// <summary>Where a service has it, whose own player plays it on each device; null for what the server has as sound.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public EmbeddedRef? Embedded { get; init; }

    /// <summary>Whether <see cref="DurationMicros"/> is a length, and not a bound.</summary>
    [JsonIgnore]
    public bool HasLength => !Live && DurationMicros != UnknownDurationMicros;

    /// <summary>Whether it never follows another track by itself: when its turn comes it is got ready like a start.</summary>
    [JsonIgnore]
    public bool NeedsOwnStart => Live || Embedded is not null;
}
