using Tutti.Server.Library;

namespace Tutti.Server.Api;

/// <param name="Total">Tracks that match, on all pages.</param>
public sealed record TrackList(IReadOnlyList<Track> Tracks, int Total);

/// <summary>A name that leads to more: <c>/api/artists/{id}</c> or <c>/api/genres/{id}</c>.</summary>
public sealed record NameLink(string Id, string Name);

/// <summary>A track of the library.</summary>
/// <param name="Artist">As it is shown; <paramref name="Artists"/> one by one.</param>
/// <param name="AlbumId">Leads to <c>/api/albums/{id}</c>; null for a track without an album.</param>
/// <param name="Genre">The first of <paramref name="Genres"/>; empty without any.</param>
/// <param name="DurationSeconds">An estimate until the track was played once.</param>
/// <param name="CoverUrl">Path on this server; null without a cover. <c>?size=</c> asks for a smaller one.</param>
/// <param name="FileUrl">The original file.</param>
/// <param name="Playable">False when its file is missing or cannot be read.</param>
/// <param name="Codec">ffmpeg's name, such as <c>flac</c>; empty when unknown.</param>
/// <param name="SampleRate">Hz; 0 when unknown.</param>
/// <param name="BitRate">Bits per second on average; 0 when unknown.</param>
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
    TrackMusicBrainz? MusicBrainz)
{
    public static Track Of(LibraryTrack track)
    {
        var tags = track.Tags;
        return new Track(
            track.Id, track.Title, track.Artist, track.Album, tags.AlbumArtist, tags.DiscNumber, tags.TrackNumber, tags.Year,
            Fields.Seconds(track.DurationMicros), track.Cover.Url, $"/api/tracks/{track.Id}/file", track.State is TrackState.Playable, track.AlbumId,
            [.. tags.Artists.Select(name => new NameLink(Library.Grouping.LibraryIds.Artist(name), name))],
            tags.Genres.FirstOrDefault(""), [.. tags.Genres.Select(name => new NameLink(Library.Grouping.LibraryIds.Genre(name), name))], tags.Compilation,
            track.Format.Codec, track.Format.SampleRate, track.Format.BitRate, track.SizeBytes, track.AddedMicros, track.Plays,
            TrackLevels.Of(tags.Gain), TrackMusicBrainz.Of(tags.Ids));
    }
}

/// <summary>ReplayGain 2.0: what to add so that the sound comes to −18 LUFS, and the largest sample (1 = full scale).</summary>
public sealed record TrackLevels(double? TrackGainDb, double? TrackPeak, double? AlbumGainDb, double? AlbumPeak)
{
    internal static TrackLevels? Of(Library.Tags.ReplayGain gain) =>
        gain == Library.Tags.ReplayGain.None ? null : new TrackLevels(gain.TrackGainDb, gain.TrackPeak, gain.AlbumGainDb, gain.AlbumPeak);
}

/// <summary>Ids of musicbrainz.org; null where absent.</summary>
public sealed record TrackMusicBrainz(string? RecordingId, string? ReleaseId, string? ArtistId, string? AlbumArtistId)
{
    internal static TrackMusicBrainz? Of(Library.Tags.MusicBrainzIds ids) => ids == Library.Tags.MusicBrainzIds.None
        ? null
        : new TrackMusicBrainz(Given(ids.Recording), Given(ids.Release), Given(ids.Artist), Given(ids.AlbumArtist));

    private static string? Given(string id) => id.Length > 0 ? id : null;
}

/// <summary>The words of a track.</summary>
/// <param name="Lines">Parted by <c>\n</c>; empty when the file holds none.</param>
public sealed record TrackLyrics(string TrackId, string Lines);
