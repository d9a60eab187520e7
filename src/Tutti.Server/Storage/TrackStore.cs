using Dapper;
using Tutti.Server.Library;

namespace Tutti.Server.Storage;

/// <summary>The library in the database.</summary>
public sealed class TrackStore(Database database) : ITrackStore
{
    private const string Columns =
        """
        id, folder, path, size_bytes AS SizeBytes, modified_micros AS ModifiedMicros, title, artist, album, album_artist AS AlbumArtist,
        disc_number AS DiscNumber, track_number AS TrackNumber, year, duration_micros AS DurationMicros, channels, cover, state, reason
        """;

    public async Task<LibraryTrack?> FindAsync(string folder, string id, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        var row = await connection.QuerySingleOrDefaultAsync<TrackRow>(
            $"SELECT {Columns} FROM tracks WHERE id = @id AND folder = @folder;", new { id, folder });
        return row?.ToTrack();
    }

    public async Task<TrackPage> ListAsync(string folder, TrackQuery query, CancellationToken ct)
    {
        var parameters = new DynamicParameters(new { folder, state = query.State.ToString(), query.Limit, query.Offset });
        var where = "folder = @folder AND state = @state";
        foreach (var (index, word) in query.Words.Index())
        {
            parameters.Add($"word{index}", word);
            where += $" AND {database.Contains("search_text", $"@word{index}")}";
        }
        await using var connection = await database.OpenAsync(ct);
        await using var snapshot = await database.BeginSnapshotAsync(connection, ct);
        var total = await connection.ExecuteScalarAsync<int>($"SELECT count(*) FROM tracks WHERE {where};", parameters, snapshot);
        var rows = await connection.QueryAsync<TrackRow>(
            $"SELECT {Columns} FROM tracks WHERE {where} ORDER BY sort_key, id LIMIT @Limit OFFSET @Offset;", parameters, snapshot);
        return new TrackPage([.. rows.Select(row => row.ToTrack())], total);
    }

    public async Task<IReadOnlyList<LibraryTrack>> AllAsync(string folder, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        var rows = await connection.QueryAsync<TrackRow>($"SELECT {Columns} FROM tracks WHERE folder = @folder;", new { folder });
        return [.. rows.Select(row => row.ToTrack())];
    }

    public async Task SaveAsync(IReadOnlyCollection<LibraryTrack> tracks, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        await using var transaction = await database.BeginWriteAsync(connection, ct);
        await connection.ExecuteAsync(
            """
            DELETE FROM tracks WHERE folder = @Folder AND path = @Path AND id <> @Id;
            INSERT INTO tracks (
                id, folder, path, size_bytes, modified_micros, title, artist, album, album_artist, disc_number, track_number, year,
                duration_micros, channels, cover, state, reason, search_text, sort_key)
            VALUES (
                @Id, @Folder, @Path, @SizeBytes, @ModifiedMicros, @Title, @Artist, @Album, @AlbumArtist, @DiscNumber, @TrackNumber, @Year,
                @DurationMicros, @Channels, @Cover, @State, @Reason, @SearchText, @SortKey)
            ON CONFLICT (id) DO UPDATE SET
                folder = excluded.folder, path = excluded.path, size_bytes = excluded.size_bytes, modified_micros = excluded.modified_micros,
                title = excluded.title, artist = excluded.artist, album = excluded.album, album_artist = excluded.album_artist,
                disc_number = excluded.disc_number, track_number = excluded.track_number, year = excluded.year,
                duration_micros = excluded.duration_micros, channels = excluded.channels, cover = excluded.cover, state = excluded.state,
                reason = excluded.reason, search_text = excluded.search_text, sort_key = excluded.sort_key;
            """,
            tracks.Select(track => new
            {
                track.Id,
                track.Folder,
                track.Path,
                track.SizeBytes,
                track.ModifiedMicros,
                track.Title,
                track.Artist,
                track.Album,
                track.AlbumArtist,
                track.DiscNumber,
                track.TrackNumber,
                track.Year,
                track.DurationMicros,
                track.Channels,
                Cover = track.Cover.ToString(),
                State = track.State.ToString(),
                track.Reason,
                track.SearchText,
                track.SortKey,
            }),
            transaction);
        await transaction.CommitAsync(ct);
    }

    // Integers are 64 bits wide in both dialects.
    private sealed class TrackRow
    {
        public required string Id { get; init; }
        public required string Folder { get; init; }
        public required string Path { get; init; }
        public required long SizeBytes { get; init; }
        public required long ModifiedMicros { get; init; }
        public required string Title { get; init; }
        public required string Artist { get; init; }
        public required string Album { get; init; }
        public required string AlbumArtist { get; init; }
        public long? DiscNumber { get; init; }
        public long? TrackNumber { get; init; }
        public long? Year { get; init; }
        public required long DurationMicros { get; init; }
        public required long Channels { get; init; }
        public required string Cover { get; init; }
        public required string State { get; init; }
        public required string Reason { get; init; }

        public LibraryTrack ToTrack() => new(
            Id, Folder, Path, SizeBytes, ModifiedMicros, Title, Artist, Album, AlbumArtist, (int?)DiscNumber, (int?)TrackNumber, (int?)Year,
            DurationMicros, (int)Channels, Enum.Parse<CoverSource>(Cover), Enum.Parse<TrackState>(State), Reason);
    }
}
