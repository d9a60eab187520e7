using Tutti.Server.Library;
using Tutti.Server.Library.Tags;

namespace Tutti.Server.Storage.Library;

/// <summary>A track as it lies in the database. Integers are 64 bits wide in both dialects.</summary>
internal sealed class TrackRow
{
    public const string Columns =
        """
        t.id, t.folder, t.path, t.size_bytes AS SizeBytes, t.modified_micros AS ModifiedMicros, t.title, t.artist, t.artists, t.album,
        t.album_artist AS AlbumArtist, t.album_artists AS AlbumArtists, t.disc_number AS DiscNumber, t.track_number AS TrackNumber, t.year,
        t.genres, t.compilation, t.track_gain_db AS TrackGainDb, t.track_peak AS TrackPeak, t.album_gain_db AS AlbumGainDb,
        t.album_peak AS AlbumPeak, t.recording_id AS RecordingId, t.release_id AS ReleaseId, t.artist_mbid AS ArtistMbid,
        t.album_artist_mbid AS AlbumArtistMbid, t.duration_micros AS DurationMicros, t.channels, t.sample_rate AS SampleRate,
        t.bit_rate AS BitRate, t.codec, t.cover, t.cover_hash AS CoverHash, t.state, t.reason, t.added_micros AS AddedMicros,
        coalesce(p.plays, 0) AS Plays
        """;

    /// <summary>The tables that <see cref="Columns"/> come from.</summary>
    public const string From = "tracks t LEFT JOIN track_plays p ON p.track_id = t.id";

    public required string Id { get; init; }
    public required string Folder { get; init; }
    public required string Path { get; init; }
    public required long SizeBytes { get; init; }
    public required long ModifiedMicros { get; init; }
    public required string Title { get; init; }
    public required string Artist { get; init; }
    public required string Artists { get; init; }
    public required string Album { get; init; }
    public required string AlbumArtist { get; init; }
    public required string AlbumArtists { get; init; }
    public long? DiscNumber { get; init; }
    public long? TrackNumber { get; init; }
    public long? Year { get; init; }
    public required string Genres { get; init; }
    public required long Compilation { get; init; }
    public double? TrackGainDb { get; init; }
    public double? TrackPeak { get; init; }
    public double? AlbumGainDb { get; init; }
    public double? AlbumPeak { get; init; }
    public required string RecordingId { get; init; }
    public required string ReleaseId { get; init; }
    public required string ArtistMbid { get; init; }
    public required string AlbumArtistMbid { get; init; }
    public required long DurationMicros { get; init; }
    public required long Channels { get; init; }
    public required long SampleRate { get; init; }
    public required long BitRate { get; init; }
    public required string Codec { get; init; }
    public required string Cover { get; init; }
    public required string CoverHash { get; init; }
    public required string State { get; init; }
    public required string Reason { get; init; }
    public required long AddedMicros { get; init; }
    public required long Plays { get; init; }

    public LibraryTrack ToTrack() => new(
        Id, Folder, Path, SizeBytes, ModifiedMicros,
        new AudioTags(
            Title, Artist, CreditedNames.Values(Artists), Album, AlbumArtist, CreditedNames.Values(AlbumArtists), (int?)DiscNumber, (int?)TrackNumber,
            (int?)Year, CreditedNames.Values(Genres), Compilation != 0, new ReplayGain(TrackGainDb, TrackPeak, AlbumGainDb, AlbumPeak),
            new MusicBrainzIds(RecordingId, ReleaseId, ArtistMbid, AlbumArtistMbid), ""),
        new SoundFormat(DurationMicros, (int)Channels, (int)SampleRate, (int)BitRate, Codec),
        new TrackCover(Enum.Parse<CoverSource>(Cover), CoverHash), Enum.Parse<TrackState>(State), Reason, AddedMicros)
    {
        Plays = (int)Plays,
    };
}
