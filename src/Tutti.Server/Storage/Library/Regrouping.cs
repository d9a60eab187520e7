using System.Data.Common;
using Dapper;
using Tutti.Server.Library;
using Tutti.Server.Library.Grouping;
using Tutti.Server.Library.Searching;
using Tutti.Server.Library.Tags;

namespace Tutti.Server.Storage.Library;

/// <summary>Makes albums, then artists and genres, anew from the tracks that can be played. Short transactions, so that readers and other writers get their turn.</summary>
internal sealed class Regrouping(Database database)
{
    private const int ChunkSize = 200;

    // As an expression no index knows it: nearly every track can be played, and a walk through all of them for each chunk is what it would be used for.
    private const string Playable = "(t.state || '') = 'Playable'";

    /// <param name="done">Told how many of <see cref="Touched.Count"/> are done.</param>
    public async Task RunAsync(Touched touched, Action<int> done, CancellationToken ct)
    {
        var finished = 0;
        await using var connection = await database.OpenAsync(ct);
        await EachAsync(connection, touched.Albums, (transaction, ids) => AlbumsAsync(connection, transaction, ids, touched.Artists));
        await EachAsync(connection, touched.Artists, (transaction, ids) => ArtistsAsync(connection, transaction, ids));
        await EachAsync(connection, touched.Genres, (transaction, ids) => GenresAsync(connection, transaction, ids));

        async Task EachAsync(DbConnection connection, IReadOnlyCollection<string> ids, Func<DbTransaction, string[], Task> work)
        {
            foreach (var chunk in ids.ToArray().Chunk(ChunkSize))
            {
                await using var transaction = await database.BeginWriteAsync(connection, ct);
                await work(transaction, chunk);
                await transaction.CommitAsync(ct);
                done(finished += chunk.Length);
            }
        }
    }

    private async Task AlbumsAsync(DbConnection connection, DbTransaction transaction, string[] ids, HashSet<string> artists)
    {
        var rows = await connection.QueryAsync<AlbumTrackRow>(
            $"""
            SELECT album_id AS AlbumId, title, album, album_artist AS AlbumArtist, album_artists AS AlbumArtists, artists, disc_number AS DiscNumber,
                track_number AS TrackNumber, year, genres, compilation, duration_micros AS DurationMicros, cover_hash AS CoverHash,
                added_micros AS AddedMicros, release_id AS ReleaseId
            FROM tracks t WHERE {Playable} AND {database.AnyOf("album_id", "@ids")};
            """,
            new { ids }, transaction);
        var albums = rows.GroupBy(row => row.AlbumId).Select(group => Album.Of(group.Key, [.. group])).ToList();

        artists.UnionWith(await connection.QueryAsync<string>(
            $"SELECT DISTINCT artist_id FROM album_artists WHERE {database.AnyOf("album_id", "@ids")};", new { ids }, transaction));
        artists.UnionWith(albums.SelectMany(album => album.Artists).Select(LibraryIds.Artist));

        await connection.ExecuteAsync($"DELETE FROM album_artists WHERE {database.AnyOf("album_id", "@ids")};", new { ids }, transaction);
        await RemoveAsync(connection, transaction, "albums", ids.Except(albums.Select(album => album.Id)));
        await connection.WriteEachAsync(
            """
            INSERT INTO albums (
                id, title, artist, artist_id, year, genre, compilation, track_count, disc_count, duration_micros, cover_hash, added_micros, sort_key, title_key)
            VALUES (
                @Id, @Title, @Artist, @ArtistId, @Year, @Genre, @Compilation, @TrackCount, @DiscCount, @DurationMicros, @CoverHash, @AddedMicros, @SortKey, @TitleKey)
            ON CONFLICT (id) DO UPDATE SET
                title = excluded.title, artist = excluded.artist, artist_id = excluded.artist_id, year = excluded.year, genre = excluded.genre,
                compilation = excluded.compilation, track_count = excluded.track_count, disc_count = excluded.disc_count,
                duration_micros = excluded.duration_micros, cover_hash = excluded.cover_hash, added_micros = excluded.added_micros,
                sort_key = excluded.sort_key, title_key = excluded.title_key;
            """,
            albums.Select(album => album.Values()), transaction);
        await connection.WriteEachAsync(
            "INSERT INTO album_artists (album_id, artist_id, name, place) VALUES (@album, @artist, @name, @place);",
            albums.SelectMany(album => album.Artists.DistinctBy(LibraryIds.Artist).Index()
                .Select(artist => new { album = album.Id, artist = LibraryIds.Artist(artist.Item), name = artist.Item, place = artist.Index })),
            transaction);
        await connection.WriteEachAsync(
            FindTable.Save("albums"),
            albums.Select(album => new { album.Id, Name = SearchWords.Text(album.Summary.Title), Other = SearchWords.Text(album.Summary.Artist) }), transaction);
    }

    private async Task ArtistsAsync(DbConnection connection, DbTransaction transaction, string[] ids)
    {
        // Of several spellings the first by its characters, capitals before small letters.
        var rows = (await connection.QueryAsync<ArtistRow>(
            $"""
            SELECT id, min(name) AS Name, cast(sum(track_count) AS BIGINT) AS TrackCount, cast(sum(album_count) AS BIGINT) AS AlbumCount, max(cover) AS Cover FROM (
                SELECT a.artist_id AS id, min(a.name) AS name, count(*) AS track_count, 0 AS album_count, '' AS cover
                FROM track_artists a JOIN tracks t ON t.id = a.track_id AND {Playable}
                WHERE {database.AnyOf("a.artist_id", "@ids")} GROUP BY a.artist_id
                UNION ALL
                SELECT b.artist_id, min(b.name), 0, count(*), max(l.cover_hash)
                FROM album_artists b JOIN albums l ON l.id = b.album_id
                WHERE {database.AnyOf("b.artist_id", "@ids")} GROUP BY b.artist_id
            ) AS both_ways GROUP BY id;
            """,
            new { ids }, transaction)).AsList();
        await RemoveAsync(connection, transaction, "artists", ids.Except(rows.Select(row => row.Id)));
        await connection.WriteEachAsync(
            """
            INSERT INTO artists (id, name, album_count, track_count, cover_hash, sort_key) VALUES (@Id, @Name, @AlbumCount, @TrackCount, @Cover, @SortKey)
            ON CONFLICT (id) DO UPDATE SET
                name = excluded.name, album_count = excluded.album_count, track_count = excluded.track_count, cover_hash = excluded.cover_hash,
                sort_key = excluded.sort_key;
            """,
            rows.Select(row => new { row.Id, row.Name, row.AlbumCount, row.TrackCount, row.Cover, SortKey = SortName.Of(row.Name) }), transaction);
        await connection.WriteEachAsync(
            FindTable.Save("artists"), rows.Select(row => new { row.Id, Name = SearchWords.Text(row.Name), Other = "" }), transaction);
    }

    private async Task GenresAsync(DbConnection connection, DbTransaction transaction, string[] ids)
    {
        var rows = (await connection.QueryAsync<GenreRow>(
            $"""
            SELECT g.genre_id AS Id, min(g.name) AS Name, count(*) AS TrackCount, count(DISTINCT nullif(t.album_id, '')) AS AlbumCount
            FROM track_genres g JOIN tracks t ON t.id = g.track_id AND {Playable}
            WHERE {database.AnyOf("g.genre_id", "@ids")} GROUP BY g.genre_id;
            """,
            new { ids }, transaction)).AsList();
        var gone = ids.Except(rows.Select(row => row.Id)).ToArray();
        await connection.ExecuteAsync($"DELETE FROM genres WHERE {database.AnyOf("id", "@gone")};", new { gone }, transaction);
        await connection.WriteEachAsync(
            """
            INSERT INTO genres (id, name, album_count, track_count, sort_key) VALUES (@Id, @Name, @AlbumCount, @TrackCount, @SortKey)
            ON CONFLICT (id) DO UPDATE SET
                name = excluded.name, album_count = excluded.album_count, track_count = excluded.track_count, sort_key = excluded.sort_key;
            """,
            rows.Select(row => new { row.Id, row.Name, row.AlbumCount, row.TrackCount, SortKey = FoldedText.Name(row.Name) }), transaction);
    }

    private async Task RemoveAsync(DbConnection connection, DbTransaction transaction, string kind, IEnumerable<string> ids)
    {
        var gone = ids.ToArray();
        foreach (var table in new[] { kind, $"find_{kind}" })
        {
            await connection.ExecuteAsync($"DELETE FROM {table} WHERE {database.AnyOf("id", "@gone")};", new { gone }, transaction);
        }
    }

    private sealed record Album(string Id, AlbumSummary Summary, IReadOnlyList<string> Artists)
    {
        public static Album Of(string id, IReadOnlyList<AlbumTrackRow> rows)
        {
            var summary = AlbumSummary.Of([.. rows.Select(row => row.ToTrack())]);
            // The credit taken apart as most of the tracks do it.
            var credit = rows.Where(row => row.AlbumArtist == summary.Artist && row.AlbumArtists.Length > 0)
                .GroupBy(row => row.AlbumArtists).OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => group.Key).FirstOrDefault(summary.Artist);
            return new Album(id, summary, CreditedNames.Values(credit));
        }

        public object Values() => new
        {
            Id,
            Summary.Title,
            Summary.Artist,
            ArtistId = Artists.Count > 0 ? LibraryIds.Artist(Artists[0]) : "",
            Summary.Year,
            Summary.Genre,
            Compilation = Summary.Compilation ? 1 : 0,
            Summary.TrackCount,
            Summary.DiscCount,
            Summary.DurationMicros,
            Summary.CoverHash,
            Summary.AddedMicros,
            SortKey = $"{SortName.Of(Summary.Artist)}\u0001{Summary.Year ?? 0:D4}\u0001{FoldedText.Of(Summary.Title)}",
            TitleKey = SortName.Of(Summary.Title),
        };
    }

    private sealed class AlbumTrackRow
    {
        public required string AlbumId { get; init; }
        public required string Title { get; init; }
        public required string Album { get; init; }
        public required string AlbumArtist { get; init; }
        public required string AlbumArtists { get; init; }
        public required string Artists { get; init; }
        public long? DiscNumber { get; init; }
        public long? TrackNumber { get; init; }
        public long? Year { get; init; }
        public required string Genres { get; init; }
        public required long Compilation { get; init; }
        public required long DurationMicros { get; init; }
        public required string CoverHash { get; init; }
        public required long AddedMicros { get; init; }
        public required string ReleaseId { get; init; }

        public AlbumTrack ToTrack() => new(
            Title, Album, AlbumArtist, CreditedNames.Values(Artists).FirstOrDefault(""), (int?)DiscNumber, (int?)TrackNumber, (int?)Year,
            CreditedNames.Values(Genres).FirstOrDefault(""), Compilation != 0, DurationMicros, CoverHash, AddedMicros, ReleaseId);
    }

    private sealed class ArtistRow
    {
        public required string Id { get; init; }
        public required string Name { get; init; }
        public required long TrackCount { get; init; }
        public required long AlbumCount { get; init; }
        public required string Cover { get; init; }
    }

    private sealed class GenreRow
    {
        public required string Id { get; init; }
        public required string Name { get; init; }
        public required long TrackCount { get; init; }
        public required long AlbumCount { get; init; }
    }
}
