using Microsoft.Extensions.Options;
using Tutti.Protocol;
using Tutti.Protocol.Rest;
using Tutti.Server.Sources.Embedded;

namespace Tutti.Server.Api;

/// <summary>The services whose own players may play here, for the pages that embed these.</summary>
internal static class PlayerEndpoints
{
    public static void MapPlayers(this RouteGroupBuilder api) =>
        api.MapGet("/players", (IOptions<PlayerOptions> options) => TypedResults.Ok(ListOf(options.Value)))
            .WithTags("Server").WithSummary("Which services' own players may play here, and where these come from");

    private static PlayerList ListOf(PlayerOptions options) => new(
        options.Offers(EmbeddedService.YouTube)
            ? new YouTubePlayer(new Uri(options.YouTubeAddress, "/iframe_api").AbsoluteUri, Origin(options.YouTubeFrames)) : null,
        options.Offers(EmbeddedService.Spotify)
            ? new SpotifyPlayer(options.SpotifyClientId, options.SpotifyScript.AbsoluteUri, Origin(options.SpotifyApi), Origin(options.SpotifyAccounts)) : null);

    private static string Origin(Uri address) => address.GetLeftPart(UriPartial.Authority);
}
