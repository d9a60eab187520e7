using Dapper;
using Tutti.Server.Media;

namespace Tutti.Server.Storage;

/// <summary>Content hashes and exact lengths in the database.</summary>
public sealed class SoundStore(Database database) : ISoundStore
{
    public async Task<string?> FindHashAsync(SourceFile file, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        return await connection.QuerySingleOrDefaultAsync<string>(
            """
            SELECT hash FROM content_hashes
            WHERE path = @Path AND size_bytes = @SizeBytes AND modified_micros = @ModifiedMicros AND channels = @Channels;
            """,
            file);
    }

    public async Task SaveHashAsync(SourceFile file, string hash, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        await connection.ExecuteAsync(
            """
            INSERT INTO content_hashes (path, size_bytes, modified_micros, channels, hash)
            VALUES (@Path, @SizeBytes, @ModifiedMicros, @Channels, @hash)
            ON CONFLICT (path) DO UPDATE SET
                size_bytes = excluded.size_bytes, modified_micros = excluded.modified_micros, channels = excluded.channels, hash = excluded.hash;
            """,
            new { file.Path, file.SizeBytes, file.ModifiedMicros, file.Channels, hash });
    }

    public async Task<IReadOnlyList<SourceFile>> FilesWithHashAsync(string hash, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        var rows = await connection.QueryAsync<FileRow>(
            """
            SELECT path, size_bytes AS SizeBytes, modified_micros AS ModifiedMicros, channels
            FROM content_hashes WHERE hash = @hash ORDER BY path LIMIT 16;
            """,
            new { hash });
        return [.. rows.Select(row => new SourceFile(row.Path, row.SizeBytes, row.ModifiedMicros, (int)row.Channels))];
    }

    public async Task<long?> FindLengthAsync(string mediaKey, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        return await connection.QuerySingleOrDefaultAsync<long?>("SELECT samples FROM sound_lengths WHERE media_key = @mediaKey;", new { mediaKey });
    }

    public async Task SaveLengthAsync(string mediaKey, long samples, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        await connection.ExecuteAsync(
            """
            INSERT INTO sound_lengths (media_key, samples) VALUES (@mediaKey, @samples)
            ON CONFLICT (media_key) DO UPDATE SET samples = excluded.samples;
            """,
            new { mediaKey, samples });
    }

    private sealed class FileRow
    {
        public required string Path { get; init; }

        public required long SizeBytes { get; init; }

        public required long ModifiedMicros { get; init; }

        public required long Channels { get; init; }
    }
}
