namespace Tutti.Protocol;

/// <summary>What a queue shows of a track.</summary>
/// <param name="DurationMicros">Length in µs; an estimate until the item's media has <see cref="MediaInfo.Samples"/>.</param>
/// <param name="CoverUrl">Path on this server; null without a cover.</param>
public sealed record TrackSummary(string Id, string Title, string Artist, string Album, long DurationMicros, string? CoverUrl);
