namespace Tutti.Protocol;

/// <summary>What a service's own player says of a track that it has loaded (docs/protocol.md §6).</summary>
/// <param name="DurationMicros">The whole length that the service has, µs.</param>
/// <param name="Title">Null: it does not say.</param>
/// <param name="Artist">Null: it does not say.</param>
public sealed record LoadedFacts(long DurationMicros, string? Title, string? Artist)
{
    /// <summary>The longest length that is believed, µs: a day.</summary>
    public const long DurationMaxMicros = 86_400_000_000;

    public const int TextMaxLength = 200;

    internal static LoadedFacts Read(FieldReader fields) => new(
        fields.Long("durationMicros", 1_000_000, DurationMaxMicros),
        fields.Has("title") ? fields.Name("title", TextMaxLength) : null,
        fields.Has("artist") ? fields.Name("artist", TextMaxLength) : null);
}
