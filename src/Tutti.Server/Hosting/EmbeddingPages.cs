using Tutti.Protocol;
using Tutti.Server.Sources.Embedded;

namespace Tutti.Server.Hosting;

/// <summary>
/// The documents that embed a service's own player, and those where people sign in to one. They stand in a frame of the room's page, so that the service's scripts run beside that
/// page and not in it, and only these documents may load anything from elsewhere (docs/decisions/0017-players-in-a-frame-of-their-own.md).
/// </summary>
public static class EmbeddingPages
{
    /// <summary>The paths that there are, and what each sets of the headers.</summary>
    public static IEnumerable<(string Path, Action<IHeaderDictionary> SetHeaders)> Of(PlayerOptions options)
    {
        if (options.Offers(EmbeddedService.YouTube))
        {
            var (api, frames) = (Origin(options.YouTubeAddress), Origin(options.YouTubeFrames));
            yield return ("/embed/youtube", headers => Open(headers, $"script-src 'self' {api}; frame-src {frames} {api}"));
        }

        if (options.Offers(EmbeddedService.Spotify))
        {
            var (sdk, api, accounts) = (Origin(options.SpotifyScript), Origin(options.SpotifyApi), Origin(options.SpotifyAccounts));
            yield return ("/embed/spotify", headers => Open(headers, $"script-src 'self' {sdk}; frame-src {sdk}; connect-src 'self' {api} {accounts}"));
            // Where people go to sign in and come back to: these exchange what Spotify gave them for tokens.
            yield return ("/spotify/signin", headers => Allow(headers, accounts));
            yield return ("/spotify/callback", headers => Allow(headers, accounts));
        }
    }

    private static void Open(IHeaderDictionary headers, string sources)
    {
        headers.ContentSecurityPolicy =
            $"default-src 'self'; {sources}; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";
        headers.XFrameOptions = "SAMEORIGIN";
        // YouTube plays for nobody who does not say where the player is embedded (its error 153).
        headers["Referrer-Policy"] = "strict-origin-when-cross-origin";
        // What services put into their frames does not ask for isolation: a document that does could not show it.
        headers.Remove("Cross-Origin-Embedder-Policy");
    }

    private static void Allow(IHeaderDictionary headers, string accounts) => headers.ContentSecurityPolicy =
        $"default-src 'self'; connect-src 'self' {accounts}; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static string Origin(Uri address) => address.GetLeftPart(UriPartial.Authority);
}
