using Dapper;
using Tutti.Server.Library;
using Tutti.Server.Library.Searching;

namespace Tutti.Server.Storage.Library;

/// <summary>Looking through the library in the database.</summary>
public sealed class CatalogStore(Database database) : ICatalog
{
    private const string AlbumColumns =
        """
        a.id, a.title, a.artist, a.artist_id AS ArtistId, a.year, a.genre, a.compilation, a.track_count AS TrackCount, a.disc_count AS DiscCount,
        a.duration_micros AS DurationMicros, a.cover_hash AS CoverHash, a.added_micros AS AddedMicros, coalesce(
            (SELECT cast(sum(p.plays) AS BIGINT) FROM tracks t JOIN track_plays p ON p.track_id = t.id WHERE t.album_id = a.id), 0) AS Plays
        """;

    private const string ArtistColumns =
        """
        a.id, a.name, a.album_count AS AlbumCount, a.track_count AS TrackCount, a.cover_hash AS CoverHash, coalesce(
            (SELECT cast(sum(p.plays) AS BIGINT) FROM track_artists t JOIN track_plays p ON p.track_id = t.track_id WHERE t.artist_id = a.id), 0) AS Plays
        """;

    private const string FolderColumns = "id AS Id, nullif(parent_id, '') AS ParentId, name AS Name, path AS Path, track_count AS TrackCount";

    public async Task<Page<LibraryTrack>> TracksAsync(TrackQuery query, PageRange range, CancellationToken ct)
    {
        var wanted = new Wanted(database);
        wanted.That("t.state = @state", "state", query.State.ToString());
        wanted.If(query.AlbumId, "t.album_id = @album", "album");
        wanted.If(query.ArtistId, "t.id IN (SELECT track_id FROM track_artists WHERE artist_id = @artist)", "artist");
        wanted.If(query.GenreId, "t.id IN (SELECT track_id FROM track_genres WHERE genre_id = @genre)", "genre");
        wanted.If(query.Year, "t.year = @year", "year");
        wanted.If(query.FolderId, "EXISTS (SELECT 1 FROM folders f WHERE f.id = @folder AND f.root = t.folder AND f.path = t.directory)", "folder");
        wanted.If(
            query.WithinId,
            "EXISTS (SELECT 1 FROM folders f WHERE f.id = @within AND f.root = t.folder AND (f.path = '' OR f.path = t.directory OR substr(t.directory, 1, length(f.path) + 1) = f.path || '/'))",
            "within");
        wanted.If(query.Uploaded?.Folder, "t.folder = @uploads", "uploads");
        wanted.If(query.Uploaded?.AccountId, "t.path IN (SELECT path FROM uploaded_files WHERE account_id = @uploader)", "uploader");
        wanted.Words("tracks", "t.id", query.Words);
        var order = query.Order switch
        {
            TrackOrder.Artist => "t.sort_key {0}",
            TrackOrder.Title => "t.title_key {0}, t.sort_key",
            TrackOrder.Album => "t.album_key {0}, t.sort_key",
            TrackOrder.Year => "coalesce(t.year, 0) {0}, t.sort_key",
            TrackOrder.Added => "t.added_micros {0}, t.sort_key",
            TrackOrder.Plays => "coalesce(p.plays, 0) {0}, t.sort_key",
            TrackOrder.Duration => "t.duration_micros {0}, t.sort_key",
            TrackOrder.Path => "t.folder {0}, t.path {0}",
            _ => throw new ArgumentOutOfRangeException(nameof(query), query.Order, null),
        };
        var page = await PageAsync<TrackRow>(
            $"SELECT count(*) FROM tracks t WHERE {wanted.Where}",
            $"SELECT {TrackRow.Columns} FROM {TrackRow.From} WHERE {wanted.Where} ORDER BY {Directed(order, query.Descending)}, t.id", wanted, range, ct);
        return new Page<LibraryTrack>([.. page.Items.Select(row => row.ToTrack())], page.Total);
    }

    public async Task<Page<AlbumEntry>> AlbumsAsync(AlbumQuery query, PageRange range, CancellationToken ct)
    {
        var wanted = new Wanted(database);
        wanted.If(query.ArtistId, "a.id IN (SELECT album_id FROM album_artists WHERE artist_id = @artist)", "artist");
        wanted.If(query.GenreId, "a.id IN (SELECT t.album_id FROM track_genres g JOIN tracks t ON t.id = g.track_id WHERE g.genre_id = @genre AND t.state = 'Playable')", "genre");
        wanted.If(query.Year, "a.year = @year", "year");
        wanted.Words("albums", "a.id", query.Words);
        var order = query.Order switch
        {
            AlbumOrder.Artist => "a.sort_key {0}",
            AlbumOrder.Title => "a.title_key {0}",
            AlbumOrder.Year => "coalesce(a.year, 0) {0}, a.sort_key",
            AlbumOrder.Added => "a.added_micros {0}, a.sort_key",
            AlbumOrder.Plays => "Plays {0}, a.sort_key",
            _ => throw new ArgumentOutOfRangeException(nameof(query), query.Order, null),
        };
        var page = await PageAsync<AlbumRow>(
            $"SELECT count(*) FROM albums a WHERE {wanted.Where}",
            $"SELECT {AlbumColumns} FROM albums a WHERE {wanted.Where} ORDER BY {Directed(order, query.Descending)}, a.id", wanted, range, ct);
        return new Page<AlbumEntry>([.. page.Items.Select(row => row.ToEntry())], page.Total);
    }

    public async Task<IReadOnlyList<AlbumEntry>> AlbumsAsync(IReadOnlyCollection<string> ids, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        var rows = (await connection.QueryAsync<AlbumRow>(
            $"SELECT {AlbumColumns} FROM albums a WHERE {database.AnyOf("a.id", "@ids")};", new { ids = ids.ToArray() })).ToDictionary(row => row.Id);
        return [.. ids.Select(id => rows.GetValueOrDefault(id)).OfType<AlbumRow>().Select(row => row.ToEntry())];
    }

    public async Task<AlbumEntry?> AlbumAsync(string id, CancellationToken ct) => (await AlbumsAsync([id], ct)).SingleOrDefault();

    public async Task<IReadOnlyList<AlbumEntry>> AppearancesAsync(string artistId, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        var rows = await connection.QueryAsync<AlbumRow>(
            $"""
            SELECT {AlbumColumns} FROM albums a
            WHERE a.id IN (SELECT t.album_id FROM track_artists x JOIN tracks t ON t.id = x.track_id WHERE x.artist_id = @artistId AND t.state = 'Playable')
                AND a.id NOT IN (SELECT album_id FROM album_artists WHERE artist_id = @artistId)
            ORDER BY coalesce(a.year, 0), a.sort_key, a.id LIMIT {PageRange.MaxLimit};
            """,
            new { artistId });
        return [.. rows.Select(row => row.ToEntry())];
    }

    public async Task<Page<ArtistEntry>> ArtistsAsync(ArtistQuery query, PageRange range, CancellationToken ct)
    {
        var wanted = new Wanted(database);
        if (query.WithAlbums)
        {
            wanted.That("a.album_count > 0");
        }
        wanted.Words("artists", "a.id", query.Words);
        var order = query.Order switch
        {
            ArtistOrder.Name => "a.sort_key {0}",
            ArtistOrder.Albums => "a.album_count {0}, a.sort_key",
            ArtistOrder.Tracks => "a.track_count {0}, a.sort_key",
            ArtistOrder.Plays => "Plays {0}, a.sort_key",
            _ => throw new ArgumentOutOfRangeException(nameof(query), query.Order, null),
        };
        var page = await PageAsync<ArtistRow>(
            $"SELECT count(*) FROM artists a WHERE {wanted.Where}",
            $"SELECT {ArtistColumns} FROM artists a WHERE {wanted.Where} ORDER BY {Directed(order, query.Descending)}, a.id", wanted, range, ct);
        return new Page<ArtistEntry>([.. page.Items.Select(row => row.ToEntry())], page.Total);
    }

    public async Task<IReadOnlyList<ArtistEntry>> ArtistsAsync(IReadOnlyCollection<string> ids, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        var rows = (await connection.QueryAsync<ArtistRow>(
            $"SELECT {ArtistColumns} FROM artists a WHERE {database.AnyOf("a.id", "@ids")};", new { ids = ids.ToArray() })).ToDictionary(row => row.Id);
        return [.. ids.Select(id => rows.GetValueOrDefault(id)).OfType<ArtistRow>().Select(row => row.ToEntry())];
    }

    public async Task<ArtistEntry?> ArtistAsync(string id, CancellationToken ct) => (await ArtistsAsync([id], ct)).SingleOrDefault();

    public async Task<Page<GenreEntry>> GenresAsync(PageRange range, CancellationToken ct)
    {
        var page = await PageAsync<GenreRow>(
            "SELECT count(*) FROM genres",
            "SELECT id, name, album_count AS AlbumCount, track_count AS TrackCount FROM genres ORDER BY sort_key, id", new Wanted(database), range, ct);
        return new Page<GenreEntry>([.. page.Items.Select(row => row.ToEntry())], page.Total);
    }

    public async Task<GenreEntry?> GenreAsync(string id, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        var row = await connection.QuerySingleOrDefaultAsync<GenreRow>(
            "SELECT id, name, album_count AS AlbumCount, track_count AS TrackCount FROM genres WHERE id = @id;", new { id });
        return row?.ToEntry();
    }

    public async Task<IReadOnlyList<YearEntry>> YearsAsync(CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        var rows = await connection.QueryAsync<(long Year, long Albums, long Tracks)>(
            """
            SELECT year, count(DISTINCT nullif(album_id, '')), count(*) FROM tracks
            WHERE state = 'Playable' AND year IS NOT NULL GROUP BY year ORDER BY year DESC;
            """);
        return [.. rows.Select(row => new YearEntry((int)row.Year, (int)row.Albums, (int)row.Tracks))];
    }

    public async Task<FolderEntry?> FolderAsync(string id, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        return (await connection.QuerySingleOrDefaultAsync<FolderRow>($"SELECT {FolderColumns} FROM folders WHERE id = @id;", new { id }))?.ToEntry();
    }

    public async Task<Page<FolderEntry>> FoldersAsync(string? parentId, PageRange range, CancellationToken ct)
    {
        var wanted = new Wanted(database);
        wanted.That("parent_id = @parent", "parent", parentId ?? "");
        var page = await PageAsync<FolderRow>(
            $"SELECT count(*) FROM folders WHERE {wanted.Where}",
            $"SELECT {FolderColumns} FROM folders WHERE {wanted.Where} ORDER BY sort_key, id", wanted, range, ct);
        return new Page<FolderEntry>([.. page.Items.Select(row => row.ToEntry())], page.Total);
    }

    private static string Directed(string order, bool descending) => string.Format(System.Globalization.CultureInfo.InvariantCulture, order, descending ? "DESC" : "ASC");

    private async Task<Page<T>> PageAsync<T>(string count, string rows, Wanted wanted, PageRange range, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        await using var snapshot = await database.BeginSnapshotAsync(connection, ct);
        var total = await connection.ExecuteScalarAsync<int>($"{count};", wanted.Values, snapshot);
        wanted.Values.AddDynamicParams(new { range.Limit, range.Offset });
        var items = await connection.QueryAsync<T>($"{rows} LIMIT @Limit OFFSET @Offset;", wanted.Values, snapshot);
        return new Page<T>(items.AsList(), total);
    }

    /// <summary>Gathers conditions and the values they name.</summary>
    private sealed class Wanted(Database database)
    {
        private readonly List<string> _conditions = [];

        public DynamicParameters Values { get; } = new();

        public string Where => _conditions.Count == 0 ? "1 = 1" : string.Join(" AND ", _conditions);

        public void That(string condition) => _conditions.Add(condition);

        public void That(string condition, string name, object value)
        {
            _conditions.Add(condition);
            Values.Add(name, value);
        }

        public void If<T>(T? value, string condition, string name)
        {
            if (value is not null)
            {
                That(condition, name, value);
            }
        }

        public void Words(string kind, string id, string typed)
        {
            if (SearchWords.Of(typed) is { Count: > 0 } words)
            {
                That($"{id} IN ({database.ByWords("f.id", kind, "@words")})", "words", database.WordsWanted(words.Select(word => new[] { word }), nameOnly: false));
            }
        }
    }

    private sealed class AlbumRow
    {
        public required string Id { get; init; }
        public required string Title { get; init; }
        public required string Artist { get; init; }
        public required string ArtistId { get; init; }
        public long? Year { get; init; }
        public required string Genre { get; init; }
        public required long Compilation { get; init; }
        public required long TrackCount { get; init; }
        public required long DiscCount { get; init; }
        public required long DurationMicros { get; init; }
        public required string CoverHash { get; init; }
        public required long AddedMicros { get; init; }
        public required long Plays { get; init; }

        public AlbumEntry ToEntry() => new(
            Id, Title, Artist, ArtistId.Length > 0 ? ArtistId : null, (int?)Year, Genre, Compilation != 0, (int)TrackCount, (int)DiscCount, DurationMicros,
            CoverHash, AddedMicros, (int)Plays);
    }

    private sealed class ArtistRow
    {
        public required string Id { get; init; }
        public required string Name { get; init; }
        public required long AlbumCount { get; init; }
        public required long TrackCount { get; init; }
        public required string CoverHash { get; init; }
        public required long Plays { get; init; }

        public ArtistEntry ToEntry() => new(Id, Name, (int)AlbumCount, (int)TrackCount, CoverHash, (int)Plays);
    }

    private sealed class GenreRow
    {
        public required string Id { get; init; }
        public required string Name { get; init; }
        public required long AlbumCount { get; init; }
        public required long TrackCount { get; init; }

        public GenreEntry ToEntry() => new(Id, Name, (int)AlbumCount, (int)TrackCount);
    }

    private sealed class FolderRow
    {
        public required string Id { get; init; }
        public string? ParentId { get; init; }
        public required string Name { get; init; }
        public required string Path { get; init; }
        public required long TrackCount { get; init; }

        public FolderEntry ToEntry() => new(Id, ParentId, Name, Path, (int)TrackCount);
    }
}
