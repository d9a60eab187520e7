using System.ComponentModel.DataAnnotations;
using Tutti.Protocol;

namespace Tutti.Server.Sources.Embedded;

/// <summary>
/// What an operator may set about services whose own players play on each device (section <c>Tutti:Players</c>). The addresses are the
/// services' own; others serve to try things without them.
/// </summary>
public sealed record PlayerOptions
{
    /// <summary>Whether links to YouTube can be added.</summary>
    public bool YouTube { get; init; } = true;

    /// <summary>Where YouTube's player API is, and what it says of videos.</summary>
    [Required]
    public Uri YouTubeAddress { get; init; } = new("https://www.youtube.com");

    /// <summary>Where the frames with the videos come from: the host that sets no cookies before a video is played.</summary>
    [Required]
    public Uri YouTubeFrames { get; init; } = new("https://www.youtube-nocookie.com");

    /// <summary>Whether links to Spotify can be added: the id of an app that the operator registered there. Empty: they cannot.</summary>
    public string SpotifyClientId { get; init; } = "";

    /// <summary>What Spotify says of tracks.</summary>
    [Required]
    public Uri SpotifyAddress { get; init; } = new("https://open.spotify.com");

    /// <summary>Spotify's player for web pages.</summary>
    [Required]
    public Uri SpotifyScript { get; init; } = new("https://sdk.scdn.co/spotify-player.js");

    /// <summary>Spotify's Web API.</summary>
    [Required]
    public Uri SpotifyApi { get; init; } = new("https://api.spotify.com");

    /// <summary>Where people sign in to Spotify.</summary>
    [Required]
    public Uri SpotifyAccounts { get; init; } = new("https://accounts.spotify.com");

    /// <summary>Whether tracks of a service can be added.</summary>
    public bool Offers(EmbeddedService service) =>
        service == EmbeddedService.YouTube ? YouTube : SpotifyClientId.Length > 0;
}
