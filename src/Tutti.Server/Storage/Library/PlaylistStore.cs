using Dapper;
using Tutti.Server.Library;
using Tutti.Server.Library.Playlists;
using Tutti.Server.Library.Searching;

namespace Tutti.Server.Storage.Library;

/// <summary>Playlists in the database, each in one row: a change replaces the whole, and two at once cannot mix.</summary>
public sealed class PlaylistStore(Database database) : IPlaylistStore
{
    private const string Columns = "id, name, owner, owner_name AS OwnerName, shared, version, changed_micros AS ChangedMicros, track_ids AS TrackIds";

    public async Task<Playlist?> FindAsync(string id, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        return (await connection.QuerySingleOrDefaultAsync<Row>($"SELECT {Columns} FROM playlists WHERE id = @id;", new { id }))?.ToPlaylist();
    }

    public async Task<Page<Playlist>> ListAsync(PlaylistReader reader, string words, PageRange range, CancellationToken ct)
    {
        // Folded words are letters and digits alone: nothing in them means anything to LIKE.
        var wanted = FoldedText.Of(words).Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct().Take(SearchWords.MaxWords).ToArray();
        var named = string.Concat(wanted.Select((_, n) => $" AND ' ' || sort_key LIKE @word{n}"));
        var seen = $"(owner = @owner OR shared = 1 OR owner = ''){named}";
        var values = new DynamicParameters(new { owner = reader.Owner ?? "", range.Limit, range.Offset });
        foreach (var (n, word) in wanted.Index())
        {
            values.Add($"word{n}", $"% {word}%");
        }

        await using var connection = await database.OpenAsync(ct);
        await using var snapshot = await database.BeginSnapshotAsync(connection, ct);
        var total = await connection.ExecuteScalarAsync<int>($"SELECT count(*) FROM playlists WHERE {seen};", values, snapshot);
        var rows = await connection.QueryAsync<Row>(
            $"SELECT {Columns} FROM playlists WHERE {seen} ORDER BY sort_key, id LIMIT @Limit OFFSET @Offset;", values, snapshot);
        return new Page<Playlist>([.. rows.Select(row => row.ToPlaylist())], total);
    }

    public async Task<int> CountAsync(string owner, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        return await connection.ExecuteScalarAsync<int>("SELECT count(*) FROM playlists WHERE owner = @owner;", new { owner });
    }

    public async Task<bool> SaveAsync(Playlist list, long before, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        var values = new
        {
            list.Id,
            list.Name,
            list.Owner,
            list.OwnerName,
            Shared = list.Shared ? 1 : 0,
            list.Version,
            list.ChangedMicros,
            SortKey = FoldedText.Name(list.Name),
            TrackIds = string.Join(' ', list.TrackIds),
            before,
        };
        return await connection.ExecuteAsync(
            before == 0
                ? """
                  INSERT INTO playlists (id, name, owner, owner_name, shared, version, changed_micros, sort_key, track_ids)
                  VALUES (@Id, @Name, @Owner, @OwnerName, @Shared, @Version, @ChangedMicros, @SortKey, @TrackIds) ON CONFLICT (id) DO NOTHING;
                  """
                : """
                  UPDATE playlists SET name = @Name, shared = @Shared, version = @Version, changed_micros = @ChangedMicros, sort_key = @SortKey,
                      track_ids = @TrackIds
                  WHERE id = @Id AND version = @before;
                  """,
            values) == 1;
    }

    public async Task RemoveAsync(string id, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        await connection.ExecuteAsync("DELETE FROM playlists WHERE id = @id;", new { id });
    }

    public async Task RemoveUnsharedAsync(string owner, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        await connection.ExecuteAsync("DELETE FROM playlists WHERE owner = @owner AND shared = 0;", new { owner });
    }

    private sealed class Row
    {
        public required string Id { get; init; }
        public required string Name { get; init; }
        public required string Owner { get; init; }
        public required string OwnerName { get; init; }
        public required long Shared { get; init; }
        public required long Version { get; init; }
        public required long ChangedMicros { get; init; }
        public required string TrackIds { get; init; }

        public Playlist ToPlaylist() => new(
            Id, Name, Owner, OwnerName, Shared != 0, Version, ChangedMicros, [.. TrackIds.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
    }
}
