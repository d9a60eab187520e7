using Microsoft.Extensions.Options;

namespace Tutti.Server.Library.Scanning;

/// <summary>
/// Asks for a scan of the folders in which something changed, once it has come to rest, and of all every so often: folders of other
/// computers do not tell their changes, and systems limit how many folders may be watched.
/// </summary>
public sealed partial class FolderWatch(MusicLibrary library, IOptions<LibraryOptions> options, TimeProvider clock, ILogger<FolderWatch> logger) : BackgroundService
{
    // Somebody who copies for hours sees the first albums before the last have come.
    private static readonly TimeSpan s_longestRest = TimeSpan.FromSeconds(60);
    private readonly ScanRequests _changes = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var watchers = new Dictionary<string, FileSystemWatcher>(StringComparer.Ordinal);
        using var timer = options.Value.RescanMinutes > 0
            ? clock.CreateTimer(_ => _changes.Add(ScanScope.Everything), null, TimeSpan.FromMinutes(options.Value.RescanMinutes), TimeSpan.FromMinutes(options.Value.RescanMinutes))
            : null;
        try
        {
            WatchNew();
            while (true)
            {
                await _changes.WaitAsync(stoppingToken);
                await RestAsync(stoppingToken);
                // Before they are scanned: what changes afterwards is not missed.
                WatchNew();
                library.Rescan(_changes.Take());
            }
        }
        finally
        {
            foreach (var watcher in watchers.Values)
            {
                watcher.Dispose();
            }
        }

        // A folder that was not there before, a disk not mounted yet, may be now.
        void WatchNew()
        {
            foreach (var folder in options.Value.WatchFolders ? library.Folders.Where(folder => !watchers.ContainsKey(folder.Root)) : [])
            {
                if (Watch(folder) is { } watcher)
                {
                    watchers.Add(folder.Root, watcher);
                    LogWatched(folder.Root);
                }
            }
        }
    }

    private async Task RestAsync(CancellationToken ct)
    {
        var start = clock.GetTimestamp();
        while (_changes.Heard() && clock.GetElapsedTime(start) < s_longestRest)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(options.Value.WatchQuietMs), clock, ct);
        }
    }

    private FileSystemWatcher? Watch(MusicFolder folder)
    {
        if (!Directory.Exists(folder.Root))
        {
            return null;
        }
        try
        {
            var watcher = new FileSystemWatcher(folder.Root)
            {
                IncludeSubdirectories = true,
                NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.LastWrite | NotifyFilters.Size,
            };
            watcher.Created += (_, change) => Note(change.FullPath);
            watcher.Changed += (_, change) => Note(change.FullPath);
            watcher.Deleted += (_, change) => Note(change.FullPath);
            watcher.Renamed += (_, change) =>
            {
                Note(change.OldFullPath);
                Note(change.FullPath);
            };
            // More changes than could be told: look at everything.
            watcher.Error += (_, error) =>
            {
                LogTrouble(folder.Root, error.GetException().Message);
                _changes.Add(ScanScope.Everything);
            };
            watcher.EnableRaisingEvents = true;
            return watcher;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            LogTrouble(folder.Root, error.Message);
            return null;
        }

        void Note(string path)
        {
            var place = Path.GetRelativePath(folder.Root, path).Replace(Path.DirectorySeparatorChar, '/');
            // A picture is also that of the discs in folders below its own.
            _changes.Add(MusicFolderWalk.IsPicture(place) ? ScanScope.Nothing.With(folder.Root, LibraryTrack.DirectoryOf(place), isFile: false)
                : ScanScope.Nothing.With(folder.Root, place == "." ? "" : place, File.Exists(path)));
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Changes in {Folder} are watched for")]
    private partial void LogWatched(string folder);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Not every change in {Folder} can be seen as it happens; it is scanned now and then: {Reason}")]
    private partial void LogTrouble(string folder, string reason);
}
