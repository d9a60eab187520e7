namespace Tutti.Protocol.Rest;

/// <summary>The services whose own players may play here; null for one that is turned off.</summary>
/// <param name="YouTube">YouTube.</param>
/// <param name="Spotify">Spotify.</param>
public sealed record PlayerList(YouTubePlayer? YouTube, SpotifyPlayer? Spotify);

/// <summary>Where YouTube's player comes from.</summary>
/// <param name="Script">The IFrame Player API.</param>
/// <param name="Frames">Origin of the frames with the videos.</param>
public sealed record YouTubePlayer(string Script, string Frames);

/// <summary>Where Spotify's player comes from.</summary>
/// <param name="ClientId">Of the app that the operator registered with Spotify.</param>
/// <param name="Script">The Web Playback SDK.</param>
/// <param name="Api">Origin of the Web API.</param>
/// <param name="Accounts">Origin of the sign-in.</param>
public sealed record SpotifyPlayer(string ClientId, string Script, string Api, string Accounts);
