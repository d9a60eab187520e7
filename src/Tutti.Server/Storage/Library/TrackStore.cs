using Dapper;
using Tutti.Server.Library;

namespace Tutti.Server.Storage.Library;

/// <summary>Single tracks in the database.</summary>
public sealed class TrackStore(Database database) : ITrackStore
{
    private const int ChunkSize = 500;

    public async Task<LibraryTrack?> FindAsync(string id, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        var row = await connection.QuerySingleOrDefaultAsync<TrackRow>($"SELECT {TrackRow.Columns} FROM {TrackRow.From} WHERE t.id = @id;", new { id });
        return row?.ToTrack();
    }

    public async Task<IReadOnlyList<LibraryTrack>> FindAsync(IReadOnlyCollection<string> ids, CancellationToken ct)
    {
        var found = new Dictionary<string, LibraryTrack>(StringComparer.Ordinal);
        await using var connection = await database.OpenAsync(ct);
        foreach (var chunk in ids.Distinct().Chunk(ChunkSize))
        {
            var rows = await connection.QueryAsync<TrackRow>(
                $"SELECT {TrackRow.Columns} FROM {TrackRow.From} WHERE {database.AnyOf("t.id", "@chunk")};", new { chunk });
            foreach (var row in rows)
            {
                found[row.Id] = row.ToTrack();
            }
        }
        return [.. ids.Select(id => found.GetValueOrDefault(id)).OfType<LibraryTrack>()];
    }

    public async Task<IReadOnlyList<LibraryTrack>> WithCoverAsync(string hash, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        var rows = await connection.QueryAsync<TrackRow>(
            $"SELECT {TrackRow.Columns} FROM {TrackRow.From} WHERE t.cover_hash = @hash AND t.state = 'Playable' ORDER BY t.id LIMIT 4;", new { hash });
        return [.. rows.Select(row => row.ToTrack())];
    }

    public async Task<string?> FindIdAsync(string folder, string path, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        return await connection.QuerySingleOrDefaultAsync<string>("SELECT id FROM tracks WHERE folder = @folder AND path = @path;", new { folder, path });
    }

    public async Task<string> LyricsAsync(string id, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        return await connection.QuerySingleOrDefaultAsync<string>("SELECT lines FROM lyrics WHERE track_id = @id;", new { id }) ?? "";
    }
}
