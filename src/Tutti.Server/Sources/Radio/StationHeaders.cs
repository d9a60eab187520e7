using System.Globalization;

namespace Tutti.Server.Sources.Radio;

/// <summary>What a station says of itself before its sound.</summary>
/// <param name="Name">Empty when it gives none.</param>
/// <param name="Interval">Bytes of sound between two words; 0 without any.</param>
/// <param name="Format">ffmpeg's name of the sound's container; null when the type does not say.</param>
public sealed record StationHeaders(string Name, int Interval, string? Format)
{
    private const int MostInterval = 1 << 20;

    /// <summary>Reads an answer's headers: a station is what speaks as one (<c>icy-…</c>). Null for anything else.</summary>
    public static StationHeaders? Of(HttpResponseMessage response) =>
        response.Headers.Any(static header => header.Key.StartsWith("icy-", StringComparison.OrdinalIgnoreCase)) && response.Content.Headers.ContentLength is null
            ? Plainly(response)
            : null;

    /// <summary>The same for what is known to be one.</summary>
    public static StationHeaders Plainly(HttpResponseMessage response)
    {
        var interval = int.TryParse(First(response, "icy-metaint"), NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) ? Math.Min(bytes, MostInterval) : 0;
        return new StationHeaders(IcyParser.Plain(First(response, "icy-name")), interval, FormatOf(response.Content.Headers.ContentType?.MediaType));
    }

    /// <summary>Whether a type is one of sound.</summary>
    public static bool IsSound(string? type) =>
        type is not null && (type.StartsWith("audio/", StringComparison.OrdinalIgnoreCase) || type.Equals("application/ogg", StringComparison.OrdinalIgnoreCase));

    private static string First(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? values.First() : "";

    private static string? FormatOf(string? type) => type?.ToLowerInvariant() switch
    {
        "audio/mpeg" or "audio/mp3" => "mp3",
        "audio/aac" or "audio/aacp" => "aac",
        "audio/ogg" or "application/ogg" => "ogg",
        "audio/flac" or "audio/x-flac" => "flac",
        _ => null,
    };
}
