namespace Tutti.Client;

/// <summary>A track of the library.</summary>
/// <param name="Id">What commands call it.</param>
/// <param name="Title">Its title.</param>
/// <param name="Artist">Who plays it; may be empty.</param>
/// <param name="Album">The album; may be empty.</param>
/// <param name="AlbumArtist">Whose album it is; may be empty.</param>
/// <param name="DiscNumber">Disc within the album.</param>
/// <param name="TrackNumber">Place on the disc.</param>
/// <param name="Year">Year of release.</param>
/// <param name="DurationSeconds">Length, s; an estimate until the track was played once.</param>
/// <param name="CoverUrl">Path on the server; null without a cover.</param>
/// <param name="FileUrl">Path of the original file on the server.</param>
/// <param name="Playable">False when its file is missing or cannot be read.</param>
public sealed record Track(
    string Id,
    string Title,
    string Artist,
    string Album,
    string AlbumArtist,
    int? DiscNumber,
    int? TrackNumber,
    int? Year,
    double DurationSeconds,
    string? CoverUrl,
    string FileUrl,
    bool Playable);

/// <summary>Some of the tracks that match.</summary>
/// <param name="Tracks">This page.</param>
/// <param name="Total">Tracks that match, on all pages.</param>
public sealed record TrackPage(IReadOnlyList<Track> Tracks, int Total);
