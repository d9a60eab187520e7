using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Tutti.Server.Library;
using Tutti.Server.Library.Scanning;

namespace Tutti.Server.Tests.Library;

/// <summary>A music folder that was not there at the start: a disk that is mounted later.</summary>
public sealed class LateFolderTests : IDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task It_is_watched_from_the_next_scan_on()
    {
        var (early, late) = (Path.Combine(_folder.Path, "early"), Path.Combine(_folder.Path, "late"));
        Directory.CreateDirectory(early);
        var options = Options.Create(new LibraryOptions { MusicFolder = string.Join(Path.PathSeparator, early, late), WatchQuietMs = 50, RescanMinutes = 0 });
        var library = new MusicLibrary(null!, options, new DataFolder(_folder.Within("data", "x")));
        var log = new EverythingLogged();
        using var loggers = new LoggerFactory([log], new LoggerFilterOptions { MinLevel = LogLevel.Debug });
        using var watch = new FolderWatch(library, options, TimeProvider.System, loggers.CreateLogger<FolderWatch>());
        await watch.StartAsync(TestContext.Current.CancellationToken);
        using (var limit = new CancellationTokenSource(s_limit))
        {
            while (!log.Lines.Any(line => line.Contains(early, StringComparison.Ordinal)))
            {
                Assert.False(limit.IsCancellationRequested, $"Waited {s_limit.TotalSeconds} s until the first folder is watched.");
                await Task.Yield();
            }
        }

        Directory.CreateDirectory(late);
        Assert.True((await ChangeAsync(library, Path.Combine(early, "a.mp3"))).Has(early, ""));
        Assert.True((await ChangeAsync(library, Path.Combine(late, "b.mp3"))).Has(late, ""));
        await watch.StopAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<ScanScope> ChangeAsync(MusicLibrary library, string file)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(s_limit);
        await File.WriteAllTextAsync(file, "x", limit.Token);
        await library.Rescans.WaitAsync(limit.Token);
        return library.Rescans.Take();
    }
}
