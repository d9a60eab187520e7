namespace Tutti.Protocol.Rest;

/// <summary>A track of the library.</summary>
/// <param name="Id">What commands call it.</param>
/// <param name="Title">Its title.</param>
/// <param name="Artist">Who plays it, as it is shown; may be empty.</param>
/// <param name="Album">The album; may be empty.</param>
/// <param name="AlbumArtist">Whose album it is; may be empty.</param>
/// <param name="DiscNumber">Disc within the album.</param>
/// <param name="TrackNumber">Place on the disc.</param>
/// <param name="Year">Year of release.</param>
/// <param name="DurationSeconds">Length, s; an estimate until the track was played once.</param>
/// <param name="CoverUrl">Path on the server; null without a cover. <c>?size=</c> asks for a smaller one.</param>
/// <param name="FileUrl">Path of the original file on the server.</param>
/// <param name="Playable">False when its file is missing or cannot be read.</param>
/// <param name="AlbumId">Its album; null for a track without one.</param>
/// <param name="Artists">Who plays it, one by one.</param>
/// <param name="Genre">The first of <paramref name="Genres"/>; empty without any.</param>
/// <param name="Genres">All of them.</param>
/// <param name="Compilation">Whether it is of an album of several artists.</param>
/// <param name="Codec">ffmpeg's name, such as <c>flac</c>; empty when unknown.</param>
/// <param name="SampleRate">Hz; 0 when unknown.</param>
/// <param name="BitRate">Bits per second on average; 0 when unknown.</param>
/// <param name="SizeBytes">Of the file.</param>
/// <param name="AddedMicros">When the library first saw it, µs since the Unix epoch.</param>
/// <param name="Plays">Times it was played to its half or for four minutes.</param>
/// <param name="Levels">ReplayGain as tagged; null when the file has none.</param>
/// <param name="MusicBrainz">Ids as tagged; null when the file has none.</param>
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
    bool Playable,
    string? AlbumId,
    IReadOnlyList<NameLink> Artists,
    string Genre,
    IReadOnlyList<NameLink> Genres,
    bool Compilation,
    string Codec,
    int SampleRate,
    int BitRate,
    long SizeBytes,
    long AddedMicros,
    int Plays,
    TrackLevels? Levels,
    TrackMusicBrainz? MusicBrainz);

/// <summary>A name that leads to more: an artist or a genre.</summary>
/// <param name="Id">Of the artist or genre.</param>
/// <param name="Name">As it is shown.</param>
public sealed record NameLink(string Id, string Name);

/// <summary>ReplayGain 2.0: what to add so that the sound comes to −18 LUFS.</summary>
/// <param name="TrackGainDb">For the track, dB.</param>
/// <param name="TrackPeak">Its largest sample, 1 = full scale.</param>
/// <param name="AlbumGainDb">For the album, dB.</param>
/// <param name="AlbumPeak">Its largest sample, 1 = full scale.</param>
public sealed record TrackLevels(double? TrackGainDb, double? TrackPeak, double? AlbumGainDb, double? AlbumPeak);

/// <summary>Ids of musicbrainz.org; null where absent.</summary>
/// <param name="RecordingId">Of the recording.</param>
/// <param name="ReleaseId">Of the release.</param>
/// <param name="ArtistId">Of the artist.</param>
/// <param name="AlbumArtistId">Of the album's artist.</param>
public sealed record TrackMusicBrainz(string? RecordingId, string? ReleaseId, string? ArtistId, string? AlbumArtistId);

/// <summary>The words of a track.</summary>
/// <param name="TrackId">The track.</param>
/// <param name="Lines">Parted by line feeds; empty when the file holds none.</param>
public sealed record TrackLyrics(string TrackId, string Lines);

/// <summary>Some of the tracks that match.</summary>
/// <param name="Tracks">This page.</param>
/// <param name="Total">Tracks that match, on all pages.</param>
public sealed record TrackPage(IReadOnlyList<Track> Tracks, int Total);
