namespace Tutti.Server.Media;

/// <summary>Port: what Media remembers between lives of the process.</summary>
public interface ISoundStore
{
    /// <summary>The content's hash as found earlier for a file of this path, size and time of change; null when it never was.</summary>
    Task<string?> FindHashAsync(SourceFile file, CancellationToken ct);

    Task SaveHashAsync(SourceFile file, string hash, CancellationToken ct);

    /// <summary>Files that had this content when they were hashed; they may have changed or gone since.</summary>
    Task<IReadOnlyList<SourceFile>> FilesWithHashAsync(string hash, CancellationToken ct);

    /// <summary>The exact length in samples at 48 kHz; null until the sound was decoded to its end once.</summary>
    Task<long?> FindLengthAsync(string mediaKey, CancellationToken ct);

    Task SaveLengthAsync(string mediaKey, long samples, CancellationToken ct);
}

/// <summary>An audio file as it is now.</summary>
/// <param name="Path">Absolute.</param>
/// <param name="ModifiedMicros">Time of the last change as the file system says, µs since the Unix epoch.</param>
/// <param name="Channels">1 makes the decoder copy the one channel to both sides; 0 when not known.</param>
public sealed record SourceFile(string Path, long SizeBytes, long ModifiedMicros, int Channels)
{
    /// <summary>Looks at the file; null when it is not there.</summary>
    /// <exception cref="IOException">The file system fails.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be looked at.</exception>
    public static SourceFile? Look(string path, int channels)
    {
        var info = new FileInfo(path);
        return info.Exists ? new SourceFile(info.FullName, info.Length, MicrosOf(info), channels) : null;
    }

    /// <summary>A file's time of change, µs since the Unix epoch.</summary>
    public static long MicrosOf(FileInfo info) => (info.LastWriteTimeUtc.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;
}
