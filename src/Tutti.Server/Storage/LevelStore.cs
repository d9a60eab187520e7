using Dapper;
using Tutti.Server.Media.Levels;

namespace Tutti.Server.Storage;

/// <summary>Measured levels in the database.</summary>
public sealed class LevelStore(Database database) : ILevelStore
{
    public async Task<IReadOnlyDictionary<string, SoundLevel>> FindAsync(IReadOnlyCollection<LevelledFile> files, CancellationToken ct)
    {
        var found = new Dictionary<string, SoundLevel>(StringComparer.Ordinal);
        if (files.Count == 0)
        {
            return found;
        }
        await using var connection = await database.OpenAsync(ct);
        foreach (var part in files.Chunk(500))
        {
            var parameters = new DynamicParameters();
            for (var i = 0; i < part.Length; i++)
            {
                parameters.Add($"p{i}", part[i].Path);
            }
            var rows = await connection.QueryAsync<LevelRow>(
                $"""
                SELECT path, size_bytes AS SizeBytes, modified_micros AS ModifiedMicros, integrated_lufs AS IntegratedLufs, true_peak_db AS TruePeakDb
                FROM sound_levels WHERE path IN ({string.Join(", ", Enumerable.Range(0, part.Length).Select(i => $"@p{i}"))});
                """,
                parameters);
            var byPath = rows.ToDictionary(row => row.Path, StringComparer.Ordinal);
            foreach (var file in part)
            {
                if (byPath.TryGetValue(file.Path, out var row) && (row.SizeBytes, row.ModifiedMicros) == (file.SizeBytes, file.ModifiedMicros))
                {
                    found[file.Path] = new SoundLevel(row.IntegratedLufs, row.TruePeakDb);
                }
            }
        }
        return found;
    }

    public async Task SaveAsync(LevelledFile file, SoundLevel level, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        await connection.ExecuteAsync(
            """
            INSERT INTO sound_levels (path, size_bytes, modified_micros, integrated_lufs, true_peak_db)
            VALUES (@Path, @SizeBytes, @ModifiedMicros, @IntegratedLufs, @TruePeakDb)
            ON CONFLICT (path) DO UPDATE SET
                size_bytes = excluded.size_bytes, modified_micros = excluded.modified_micros,
                integrated_lufs = excluded.integrated_lufs, true_peak_db = excluded.true_peak_db;
            """,
            new { file.Path, file.SizeBytes, file.ModifiedMicros, level.IntegratedLufs, level.TruePeakDb });
    }

    private sealed class LevelRow
    {
        public required string Path { get; init; }

        public required long SizeBytes { get; init; }

        public required long ModifiedMicros { get; init; }

        public required double IntegratedLufs { get; init; }

        public required double TruePeakDb { get; init; }
    }
}
