using System.Data.Common;
using Dapper;
using Tutti.Server.Library;
using Tutti.Server.Library.Grouping;
using Tutti.Server.Library.Scanning;
using Tutti.Server.Library.Searching;
using Tutti.Server.Library.Tags;

namespace Tutti.Server.Storage.Library;

/// <summary>What scans read and write. Albums, artists, genres and folders are made by <see cref="Regrouping"/>.</summary>
public sealed class ScanStore(Database database) : IScanStore
{
    private const int ChunkSize = 500;

    private const string SaveTrack =
        """
        INSERT INTO tracks (
            id, folder, path, directory, size_bytes, modified_micros, reading, fingerprint, added_micros, title, artist, artists, album, album_artist,
            album_artists, disc_number, track_number, year, genres, compilation, track_gain_db, track_peak, album_gain_db, album_peak, recording_id,
            release_id, artist_mbid, album_artist_mbid, duration_micros, channels, sample_rate, bit_rate, codec, album_id, cover, cover_hash, state,
            reason, sort_key, title_key, album_key)
        VALUES (
            @Id, @Folder, @Path, @Directory, @SizeBytes, @ModifiedMicros, @Reading, @Fingerprint, @AddedMicros, @Title, @Artist, @Artists, @Album,
            @AlbumArtist, @AlbumArtists, @DiscNumber, @TrackNumber, @Year, @Genres, @Compilation, @TrackGainDb, @TrackPeak, @AlbumGainDb, @AlbumPeak,
            @RecordingId, @ReleaseId, @ArtistMbid, @AlbumArtistMbid, @DurationMicros, @Channels, @SampleRate, @BitRate, @Codec, @AlbumId, @Cover,
            @CoverHash, @State, @Reason, @SortKey, @TitleKey, @AlbumKey)
        ON CONFLICT (id) DO UPDATE SET
            folder = excluded.folder, path = excluded.path, directory = excluded.directory, size_bytes = excluded.size_bytes,
            modified_micros = excluded.modified_micros, reading = excluded.reading, fingerprint = excluded.fingerprint,
            added_micros = excluded.added_micros, title = excluded.title, artist = excluded.artist, artists = excluded.artists, album = excluded.album,
            album_artist = excluded.album_artist, album_artists = excluded.album_artists, disc_number = excluded.disc_number,
            track_number = excluded.track_number, year = excluded.year, genres = excluded.genres, compilation = excluded.compilation,
            track_gain_db = excluded.track_gain_db, track_peak = excluded.track_peak, album_gain_db = excluded.album_gain_db,
            album_peak = excluded.album_peak, recording_id = excluded.recording_id, release_id = excluded.release_id,
            artist_mbid = excluded.artist_mbid, album_artist_mbid = excluded.album_artist_mbid, duration_micros = excluded.duration_micros,
            channels = excluded.channels, sample_rate = excluded.sample_rate, bit_rate = excluded.bit_rate, codec = excluded.codec,
            album_id = excluded.album_id, cover = excluded.cover, cover_hash = excluded.cover_hash, state = excluded.state, reason = excluded.reason,
            sort_key = excluded.sort_key, title_key = excluded.title_key, album_key = excluded.album_key;
        """;

    public async Task<IReadOnlyList<KnownFile>> KnownAsync(CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        var rows = connection.Query<KnownRow>(
            """
            SELECT id, folder, path, size_bytes AS SizeBytes, modified_micros AS ModifiedMicros, state, reading, duration_micros AS DurationMicros,
                added_micros AS AddedMicros, recording_id AS RecordingId, fingerprint
            FROM tracks;
            """,
            buffered: false);
        // One string for each folder rather than one for each file.
        var folders = new Dictionary<string, string>(StringComparer.Ordinal);
        return [.. rows.Select(row => row.ToFile(folders))];
    }

    public async Task<IReadOnlyList<LibraryTrack>> LoadAsync(IReadOnlyCollection<string> ids, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        var tracks = new List<LibraryTrack>();
        foreach (var chunk in ids.Chunk(ChunkSize))
        {
            var lyrics = (await connection.QueryAsync<(string Id, string Lines)>(
                $"SELECT track_id, lines FROM lyrics WHERE {database.AnyOf("track_id", "@chunk")};", new { chunk })).ToDictionary();
            var rows = await connection.QueryAsync<TrackRow>(
                $"SELECT {TrackRow.Columns} FROM {TrackRow.From} WHERE {database.AnyOf("t.id", "@chunk")};", new { chunk });
            tracks.AddRange(rows.Select(row => row.ToTrack() is var track && lyrics.TryGetValue(track.Id, out var lines)
                ? track with { Tags = track.Tags with { Lyrics = lines } }
                : track));
        }
        return tracks;
    }

    public async Task<Touched> SaveAsync(IReadOnlyCollection<LibraryTrack> tracks, CancellationToken ct)
    {
        var touched = new Touched();
        await using var connection = await database.OpenAsync(ct);
        await using var transaction = await database.BeginWriteAsync(connection, ct);
        foreach (var chunk in tracks.Chunk(ChunkSize))
        {
            var known = await KnownAmongAsync(connection, transaction, Array.ConvertAll(chunk, track => track.Id));
            if (known.Length > 0)
            {
                await NoteOldAsync(connection, transaction, known, touched);
                await ForgetAsync(connection, transaction, known);
            }
            await connection.WriteEachAsync(SaveTrack, chunk.Select(Values), transaction, ct);
            await connection.WriteEachAsync(
                "INSERT INTO track_artists (track_id, artist_id, name, place) VALUES (@track, @artist, @name, @place);", chunk.SelectMany(Artists), transaction, ct);
            await connection.WriteEachAsync(
                "INSERT INTO track_genres (track_id, genre_id, name) VALUES (@track, @genre, @name);", chunk.SelectMany(Genres), transaction, ct);
            await connection.WriteEachAsync(
                "INSERT INTO lyrics (track_id, lines) VALUES (@Id, @Lyrics);",
                chunk.Where(track => track.Tags.Lyrics.Length > 0).Select(track => new { track.Id, track.Tags.Lyrics }), transaction, ct);
            await connection.WriteEachAsync(
                FindTable.Save("tracks"), chunk.Where(track => track.State is TrackState.Playable).Select(track => new
                {
                    track.Id,
                    Name = SearchWords.Text(track.Title),
                    Other = SearchWords.Text($"{track.Artist} {track.Tags.AlbumArtist} {track.Album}"),
                }), transaction, ct);
            NoteNew(chunk, touched);
        }
        await transaction.CommitAsync(ct);
        return touched;
    }

    public Task GroupAsync(Touched touched, Action<int> done, CancellationToken ct) => new Regrouping(database).RunAsync(touched, done, ct);

    public Task FoldersAsync(IReadOnlyList<MusicFolder> folders, CancellationToken ct) => new FolderTree(database).RunAsync(folders, ct);

    public async Task<IReadOnlyList<FolderPicture>> PicturesAsync(CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        return [.. await connection.QueryAsync<FolderPicture>(
            """
            SELECT folder AS Folder, directory AS Directory, file AS File, size_bytes AS SizeBytes, modified_micros AS ModifiedMicros, hash AS Hash
            FROM folder_pictures;
            """)];
    }

    public async Task<Touched> SavePicturesAsync(IReadOnlyCollection<FolderPicture> pictures, CancellationToken ct)
    {
        const string Which = "folder = @Folder AND directory = @Directory AND cover <> 'Embedded' AND cover_hash <> @Hash";
        var touched = new Touched();
        if (pictures.Count == 0)
        {
            return touched;
        }
        await using var connection = await database.OpenAsync(ct);
        await using var transaction = await database.BeginWriteAsync(connection, ct);
        await connection.ExecuteAsync(
            """
            INSERT INTO folder_pictures (folder, directory, file, size_bytes, modified_micros, hash)
            VALUES (@Folder, @Directory, @File, @SizeBytes, @ModifiedMicros, @Hash)
            ON CONFLICT (folder, directory) DO UPDATE SET
                file = excluded.file, size_bytes = excluded.size_bytes, modified_micros = excluded.modified_micros, hash = excluded.hash;
            """,
            pictures, transaction);
        await connection.ExecuteAsync("DELETE FROM folder_pictures WHERE file = '';", transaction: transaction);
        foreach (var picture in pictures)
        {
            var cover = new { picture.Folder, picture.Directory, picture.Hash, Cover = (picture.Hash.Length == 0 ? CoverSource.None : CoverSource.Folder).ToString() };
            var albums = await connection.QueryAsync<string>($"SELECT DISTINCT album_id FROM tracks WHERE {Which};", cover, transaction);
            touched.Albums.UnionWith(albums.Where(album => album.Length > 0));
            await connection.ExecuteAsync($"UPDATE tracks SET cover = @Cover, cover_hash = @Hash WHERE {Which};", cover, transaction);
        }
        await transaction.CommitAsync(ct);
        return touched;
    }

    public async Task<IReadOnlySet<string>> CoverHashesAsync(CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        return (await connection.QueryAsync<string>("SELECT DISTINCT cover_hash FROM tracks WHERE cover_hash <> '';")).ToHashSet(StringComparer.Ordinal);
    }

    private async Task<string[]> KnownAmongAsync(DbConnection connection, DbTransaction transaction, string[] ids) =>
        [.. await connection.QueryAsync<string>($"SELECT id FROM tracks WHERE {database.AnyOf("id", "@ids")};", new { ids }, transaction)];

    // What the tracks belonged to until now changes too.
    private async Task NoteOldAsync(DbConnection connection, DbTransaction transaction, string[] ids, Touched touched)
    {
        touched.Albums.UnionWith(await connection.QueryAsync<string>(
            $"SELECT DISTINCT album_id FROM tracks WHERE album_id <> '' AND {database.AnyOf("id", "@ids")};", new { ids }, transaction));
        touched.Artists.UnionWith(await connection.QueryAsync<string>(
            $"SELECT DISTINCT artist_id FROM track_artists WHERE {database.AnyOf("track_id", "@ids")};", new { ids }, transaction));
        touched.Genres.UnionWith(await connection.QueryAsync<string>(
            $"SELECT DISTINCT genre_id FROM track_genres WHERE {database.AnyOf("track_id", "@ids")};", new { ids }, transaction));
    }

    private async Task ForgetAsync(DbConnection connection, DbTransaction transaction, string[] ids)
    {
        foreach (var (table, column) in new[] { ("track_artists", "track_id"), ("track_genres", "track_id"), ("lyrics", "track_id"), ("find_tracks", "id") })
        {
            await connection.ExecuteAsync($"DELETE FROM {table} WHERE {database.AnyOf(column, "@ids")};", new { ids }, transaction);
        }
    }

    private static void NoteNew(IEnumerable<LibraryTrack> tracks, Touched touched)
    {
        foreach (var track in tracks)
        {
            if (track.AlbumId is { } album)
            {
                touched.Albums.Add(album);
            }
            touched.Artists.UnionWith(track.Tags.Artists.Select(LibraryIds.Artist));
            touched.Genres.UnionWith(track.Tags.Genres.Select(LibraryIds.Genre));
        }
    }

    private static IEnumerable<object> Artists(LibraryTrack track) => track.Tags.Artists.Index()
        .Select(artist => new { track = track.Id, artist = LibraryIds.Artist(artist.Item), name = artist.Item, place = artist.Index });

    private static IEnumerable<object> Genres(LibraryTrack track) => track.Tags.Genres
        .Select(genre => new { track = track.Id, genre = LibraryIds.Genre(genre), name = genre });

    private static object Values(LibraryTrack track) => new
    {
        track.Id,
        track.Folder,
        track.Path,
        track.Directory,
        track.SizeBytes,
        track.ModifiedMicros,
        Reading = TagReading.Version,
        Fingerprint = MoveMatch.Fingerprint(track),
        track.AddedMicros,
        track.Title,
        track.Artist,
        Artists = string.Join(';', track.Tags.Artists),
        track.Album,
        track.Tags.AlbumArtist,
        AlbumArtists = string.Join(';', track.Tags.AlbumArtists),
        track.Tags.DiscNumber,
        track.Tags.TrackNumber,
        track.Tags.Year,
        Genres = string.Join(';', track.Tags.Genres),
        Compilation = track.Tags.Compilation ? 1 : 0,
        track.Tags.Gain.TrackGainDb,
        track.Tags.Gain.TrackPeak,
        track.Tags.Gain.AlbumGainDb,
        track.Tags.Gain.AlbumPeak,
        RecordingId = track.Tags.Ids.Recording,
        ReleaseId = track.Tags.Ids.Release,
        ArtistMbid = track.Tags.Ids.Artist,
        AlbumArtistMbid = track.Tags.Ids.AlbumArtist,
        track.DurationMicros,
        track.Channels,
        track.Format.SampleRate,
        track.Format.BitRate,
        track.Format.Codec,
        AlbumId = track.AlbumId ?? "",
        Cover = track.Cover.Source.ToString(),
        CoverHash = track.Cover.Hash,
        State = track.State.ToString(),
        track.Reason,
        track.SortKey,
        TitleKey = FoldedText.Of(track.Title),
        AlbumKey = $"{FoldedText.Of(track.Album)}\u0001{track.Tags.DiscNumber ?? 0:D4}\u0001{track.Tags.TrackNumber ?? 0:D5}",
    };

    private sealed class KnownRow
    {
        public required string Id { get; init; }
        public required string Folder { get; init; }
        public required string Path { get; init; }
        public required long SizeBytes { get; init; }
        public required long ModifiedMicros { get; init; }
        public required string State { get; init; }
        public required long Reading { get; init; }
        public required long DurationMicros { get; init; }
        public required long AddedMicros { get; init; }
        public required string RecordingId { get; init; }
        public required string Fingerprint { get; init; }

        public KnownFile ToFile(Dictionary<string, string> folders)
        {
            if (!folders.TryGetValue(Folder, out var folder))
            {
                folders[Folder] = folder = Folder;
            }
            return new KnownFile(
                Id, folder, Path, SizeBytes, ModifiedMicros, Enum.Parse<TrackState>(State), (int)Reading, DurationMicros, AddedMicros, RecordingId, Fingerprint);
        }
    }
}
