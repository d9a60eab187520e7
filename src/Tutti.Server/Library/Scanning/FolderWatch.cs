using System.Threading.Channels;
using Microsoft.Extensions.Options;

namespace Tutti.Server.Library.Scanning;

/// <summary>
/// Asks for a scan when something changes in the music folders and has come to rest, and every so often in any case: folders of other
/// computers do not tell their changes, and systems limit how many folders may be watched.
/// </summary>
public sealed partial class FolderWatch(MusicLibrary library, IOptions<LibraryOptions> options, TimeProvider clock, ILogger<FolderWatch> logger) : BackgroundService
{
    // Somebody who copies for hours sees the first albums before the last have come.
    private static readonly TimeSpan s_longestRest = TimeSpan.FromSeconds(60);
    private readonly Channel<bool> _changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var watchers = options.Value.WatchFolders ? library.Folders.Select(Watch).OfType<FileSystemWatcher>().ToList() : [];
        using var timer = options.Value.RescanMinutes > 0
            ? clock.CreateTimer(_ => _changes.Writer.TryWrite(true), null, TimeSpan.FromMinutes(options.Value.RescanMinutes), TimeSpan.FromMinutes(options.Value.RescanMinutes))
            : null;
        try
        {
            while (await _changes.Reader.WaitToReadAsync(stoppingToken))
            {
                await RestAsync(stoppingToken);
                library.Rescan();
            }
        }
        finally
        {
            watchers.ForEach(watcher => watcher.Dispose());
        }
    }

    private async Task RestAsync(CancellationToken ct)
    {
        var start = clock.GetTimestamp();
        while (_changes.Reader.TryRead(out _) && clock.GetElapsedTime(start) < s_longestRest)
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
            watcher.Created += (_, _) => Note();
            watcher.Changed += (_, _) => Note();
            watcher.Deleted += (_, _) => Note();
            watcher.Renamed += (_, _) => Note();
            // More changes than could be told: look at everything.
            watcher.Error += (_, error) =>
            {
                LogTrouble(folder.Root, error.GetException().Message);
                Note();
            };
            watcher.EnableRaisingEvents = true;
            return watcher;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            LogTrouble(folder.Root, error.Message);
            return null;
        }

        void Note() => _changes.Writer.TryWrite(true);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Not every change in {Folder} can be seen as it happens; it is scanned now and then: {Reason}")]
    private partial void LogTrouble(string folder, string reason);
}
