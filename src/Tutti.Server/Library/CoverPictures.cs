using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Tutti.Server.Ffmpeg;

namespace Tutti.Server.Library;

/// <summary>A cover as a file that can be served.</summary>
/// <param name="Tag">Changes when the picture does; fit for an ETag.</param>
public sealed record CoverPicture(string Path, string ContentType, string Tag);

/// <summary>Covers as JPEG of bounded size, taken out of the file or its folder at first asking and kept in the data folder.</summary>
public sealed partial class CoverPictures(
    MusicLibrary library, IOptions<LibraryOptions> options, DataFolder data, TimeProvider clock, ILogger<CoverPictures> logger)
    : IDisposable
{
    private const int MaxBytes = 8 << 20;
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(10);
    private readonly SemaphoreSlim _extractors = new(2);
    private readonly ConcurrentDictionary<string, bool> _without = new();
    private readonly string _folder = data.Within("covers");

    /// <summary>The cover of a track; null when the track is unknown, has none, or it cannot be read.</summary>
    public async Task<CoverPicture?> FindAsync(string trackId, CancellationToken ct)
    {
        if (await library.FindAsync(trackId, ct) is not { Cover: not CoverSource.None, State: TrackState.Playable } track
            || SourceOf(track) is not { } source)
        {
            return null;
        }
        var tag = Tag(source);
        var target = Path.Combine(_folder, tag + ".jpg");
        if (File.Exists(target))
        {
            return new CoverPicture(target, "image/jpeg", tag);
        }
        if (_without.ContainsKey(tag))
        {
            return null;
        }
        await _extractors.WaitAsync(ct);
        try
        {
            return File.Exists(target) || await ExtractAsync(source, target, ct) ? new CoverPicture(target, "image/jpeg", tag) : Remember(tag);
        }
        finally
        {
            _extractors.Release();
        }
    }

    public void Dispose() => _extractors.Dispose();

    private CoverPicture? Remember(string tag)
    {
        // Bounded: a library of any size holds few broken pictures, and forgetting them only costs another try.
        if (_without.Count > 10_000)
        {
            _without.Clear();
        }
        _without[tag] = true;
        return null;
    }

    private static FileInfo? SourceOf(LibraryTrack track)
    {
        var path = track.Cover is CoverSource.Embedded
            ? track.FullPath
            : Path.GetDirectoryName(track.FullPath) is { } folder ? MusicFolderWalk.FolderPicture(new DirectoryInfo(folder)) : null;
        return path is null || new FileInfo(path) is not { Exists: true } file ? null : file;
    }

    private string Tag(FileInfo source) => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes($"{source.FullName}\n{source.Length}\n{source.LastWriteTimeUtc.Ticks}\n{options.Value.CoverMaxPixels}")).AsSpan(0, 16));

    private async Task<bool> ExtractAsync(FileInfo source, string target, CancellationToken ct)
    {
        var pixels = options.Value.CoverMaxPixels;
        string[] arguments =
        [
            "-v", "error", "-nostdin", "-protocol_whitelist", "file,pipe", "-i", ExternalTool.FileArgument(source.FullName),
            "-map", "0:v:0", "-frames:v", "1", "-vf", $"scale=w='min({pixels},iw)':h='min({pixels},ih)':force_original_aspect_ratio=decrease",
            "-c:v", "mjpeg", "-q:v", "3", "-pix_fmt", "yuvj420p", "-f", "image2pipe", "pipe:1",
        ];
        try
        {
            var result = await ExternalTool.RunAsync("ffmpeg", arguments, s_limit, MaxBytes, clock, ct);
            if (result.Output.Length == 0)
            {
                LogUnreadable(source.FullName, result.Reason);
                return false;
            }
            Directory.CreateDirectory(_folder);
            var temporary = $"{target}.{Guid.NewGuid():N}.tmp";
            await File.WriteAllBytesAsync(temporary, result.Output, ct);
            File.Move(temporary, target, overwrite: true);
            return true;
        }
        catch (Exception error) when (error is TimeoutException or InvalidDataException or IOException or UnauthorizedAccessException)
        {
            LogUnreadable(source.FullName, error.Message);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "No cover could be taken from {Path}: {Reason}")]
    private partial void LogUnreadable(string path, string reason);
}
