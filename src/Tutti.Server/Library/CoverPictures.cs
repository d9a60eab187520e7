using System.Buffers;
using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Tutti.Server.Ffmpeg;

namespace Tutti.Server.Library;

/// <summary>A cover as a file that can be served.</summary>
/// <param name="Tag">Changes when the picture does; fit for an ETag.</param>
public sealed record CoverPicture(string Path, string ContentType, string Tag);

/// <summary>
/// Covers as JPEG of a few sizes, taken out of a file or its folder at first asking and kept in the data folder under the picture's name, so
/// that an album's picture is kept once, however many files hold it.
/// </summary>
public sealed partial class CoverPictures(
    ITrackStore tracks, IOptions<LibraryOptions> options, DataFolder data, TimeProvider clock, ILogger<CoverPictures> logger)
    : IDisposable
{
    private const int MaxBytes = 8 << 20;

    // A few kilobytes may unfold to gigabytes: beyond this many pixels the decoder refuses.
    private const int MaxSourcePixels = 64_000_000;
    private const int MaxRemembered = 10_000;
    private static readonly SearchValues<char> s_digits = SearchValues.Create("0123456789abcdef");
    private static readonly int[] s_sizes = [64, 160, 320, 640];
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(10);
    private readonly SemaphoreSlim _extractors = new(2);
    private readonly ConcurrentDictionary<string, bool> _without = new();
    private readonly string _folder = data.Within("covers");

    /// <summary>A cover by its name; null when no track has it, or it cannot be read.</summary>
    /// <param name="pixels">Longer side wanted; the next size that there is, at most <see cref="LibraryOptions.CoverMaxPixels"/>. Null: that.</param>
    public async Task<CoverPicture?> FindAsync(string hash, int? pixels, CancellationToken ct)
    {
        // Names come from outside and become file names.
        if (hash.Length != 32 || hash.AsSpan().ContainsAnyExcept(s_digits))
        {
            return null;
        }
        var size = Math.Min(s_sizes.FirstOrDefault(size => size >= pixels, int.MaxValue), options.Value.CoverMaxPixels);
        var tag = $"{hash}-{size}";
        var target = Path.Combine(_folder, tag + ".jpg");
        if (File.Exists(target))
        {
            return new CoverPicture(target, "image/jpeg", tag);
        }
        if (_without.ContainsKey(hash))
        {
            return null;
        }
        await _extractors.WaitAsync(ct);
        try
        {
            return File.Exists(target) || await MakeAsync(hash, size, target, ct) ? new CoverPicture(target, "image/jpeg", tag) : null;
        }
        finally
        {
            _extractors.Release();
        }
    }

    public void Dispose() => _extractors.Dispose();

    /// <summary>Throws away what is made of pictures other than these.</summary>
    internal void Keep(IReadOnlySet<string> hashes)
    {
        _without.Clear();
        if (!Directory.Exists(_folder))
        {
            return;
        }
        foreach (var file in Directory.EnumerateFiles(_folder))
        {
            if (!hashes.Contains(Path.GetFileName(file).Split('-')[0]))
            {
                File.Delete(file);
            }
        }
    }

    private async Task<bool> MakeAsync(string hash, int size, string target, CancellationToken ct)
    {
        foreach (var track in await tracks.WithCoverAsync(hash, ct))
        {
            if (SourceOf(track) is { } source && await ExtractAsync(source, size, target, ct))
            {
                return true;
            }
        }
        // Bounded: a library of any size holds few broken pictures, and forgetting them only costs another try.
        if (_without.Count >= MaxRemembered)
        {
            _without.Clear();
        }
        _without[hash] = true;
        return false;
    }

    private static FileInfo? SourceOf(LibraryTrack track)
    {
        var path = track.Cover.Source is CoverSource.Embedded
            ? track.FullPath
            : Scanning.MusicFolderWalk.FolderPicture(Path.GetDirectoryName(track.FullPath)!);
        return path is null || new FileInfo(path) is not { Exists: true } file ? null : file;
    }

    private async Task<bool> ExtractAsync(FileInfo source, int size, string target, CancellationToken ct)
    {
        string[] arguments =
        [
            "-v", "error", "-nostdin", "-max_pixels", $"{MaxSourcePixels}", "-protocol_whitelist", "file,pipe", "-i", ExternalTool.FileArgument(source.FullName),
            "-map", "0:v:0", "-frames:v", "1", "-vf", $"scale=w='min({size},iw)':h='min({size},ih)':force_original_aspect_ratio=decrease",
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
