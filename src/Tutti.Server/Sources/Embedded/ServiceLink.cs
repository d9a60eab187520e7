using System.Globalization;
using System.Text.RegularExpressions;
using Tutti.Protocol;

namespace Tutti.Server.Sources.Embedded;

/// <summary>Reads links to YouTube and Spotify as people paste them. Pure.</summary>
public static partial class ServiceLink
{
    private const long MaxStartSeconds = 86_400;

    /// <summary>Where the service has what the link names; null when it leads to none of these services.</summary>
    /// <exception cref="LinkException">5208: it names a playlist, an album or another thing that is not one track.</exception>
    public static EmbeddedRef? Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        text = text.Trim();
        if (text.StartsWith("spotify:", StringComparison.OrdinalIgnoreCase))
        {
            return SpotifyTrack(text.Split(':')[1..]);
        }

        // Addresses are passed on without their scheme too.
        if (!Uri.TryCreate(text.Contains("://", StringComparison.Ordinal) ? text : $"https://{text}", UriKind.Absolute, out var url)
            || url.Scheme is not ("http" or "https") || url.UserInfo.Length > 0)
        {
            return null;
        }

        var path = url.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return url.Host switch
        {
            "youtu.be" or "www.youtu.be" => Video(path.ElementAtOrDefault(0), url),
            "youtube.com" or "www.youtube.com" or "m.youtube.com" or "music.youtube.com" or "youtube-nocookie.com" or "www.youtube-nocookie.com" => path switch
            {
                ["watch"] => Video(Field(url.Query, "v"), url),
                ["shorts" or "live" or "embed" or "v", var id, ..] => Video(id, url),
                _ => throw NoVideo(),
            },
            "open.spotify.com" or "play.spotify.com" => SpotifyTrack([.. path.SkipWhile(static part => part == "embed" || part.StartsWith("intl-", StringComparison.Ordinal))]),
            "spotify.link" or "spotify.app.link" => throw new LinkException(
                ErrorCode.LinkNotTrack, "this is a short link of Spotify's: open it, and paste the address of the track that it leads to"),
            _ => null,
        };
    }

    private static EmbeddedRef Video(string? id, Uri url) => id is not null && VideoId().IsMatch(id)
        ? new EmbeddedRef(EmbeddedService.YouTube, id, StartSeconds(url) * 1_000_000)
        : throw NoVideo();

    private static LinkException NoVideo() => new(
        ErrorCode.LinkNotTrack, "this address of YouTube's names no single video; playlists and channels cannot be added, their videos can, one by one");

    private static EmbeddedRef SpotifyTrack(string[] parts)
    {
        if (parts is ["track", var id, ..] && SpotifyId().IsMatch(id))
        {
            return new EmbeddedRef(EmbeddedService.Spotify, id);
        }

        var kind = parts.FirstOrDefault(static part => part is "playlist" or "album" or "artist" or "show" or "episode");
        throw new LinkException(
            ErrorCode.LinkNotTrack, $"this address of Spotify's names {(kind is null ? "no track" : $"the whole of one {kind}")}; single tracks can be added");
    }

    /// <summary>Where the link wants to begin: <c>t</c> or <c>start</c>, as 90, 90s or 1h2m3s. What cannot be read is the beginning.</summary>
    private static long StartSeconds(Uri url)
    {
        var text = Field(url.Query, "t") ?? Field(url.Query, "start") ?? Field(url.Fragment, "t") ?? "";
        if (Duration().Match(text) is not { Success: true } match)
        {
            return 0;
        }

        var seconds = (Number("h") * 3_600) + (Number("m") * 60) + Number("s");
        return seconds < MaxStartSeconds ? seconds : 0;

        long Number(string name) => match.Groups[name] is { Success: true, ValueSpan: var digits } ? long.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture) : 0;
    }

    private static string? Field(string query, string name) =>
        query.TrimStart('?', '#').Split('&').Select(static field => field.Split('=', 2)).FirstOrDefault(field => field[0] == name) is [_, var value] ? value : null;

    [GeneratedRegex("^[A-Za-z0-9_-]{11}$")]
    private static partial Regex VideoId();

    [GeneratedRegex("^[A-Za-z0-9]{22}$")]
    private static partial Regex SpotifyId();

    [GeneratedRegex("^(?:(?<h>[0-9]{1,3})h)?(?:(?<m>[0-9]{1,4})m)?(?:(?<s>[0-9]{1,6})s?)?$")]
    private static partial Regex Duration();
}
