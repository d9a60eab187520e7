namespace Tutti.Server.Media.Levels;

/// <summary>Port: where measured levels are kept.</summary>
public interface ILevelStore
{
    /// <summary>The levels of those of these files that were measured as they are now, by path.</summary>
    Task<IReadOnlyDictionary<string, SoundLevel>> FindAsync(IReadOnlyCollection<LevelledFile> files, CancellationToken ct);

    Task SaveAsync(LevelledFile file, SoundLevel level, CancellationToken ct);
}

/// <summary>A file as it was when it was measured.</summary>
/// <param name="Path">Absolute.</param>
/// <param name="ModifiedMicros">As in <see cref="SourceFile"/>.</param>
public sealed record LevelledFile(string Path, long SizeBytes, long ModifiedMicros);
