using Tutti.Server.Library.Demo;

namespace Tutti.Server.Library;

/// <summary>Makes the demo pieces where they are wanted, scans at start, and again whenever asked to.</summary>
public sealed partial class LibraryWorker(
    MusicLibrary library, LibraryScanner scanner, DemoPieces demo, TimeProvider clock, ILogger<LibraryWorker> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        library.Rescan();
        await foreach (var _ in library.Rescans.ReadAllAsync(stoppingToken))
        {
            await ScanAsync(stoppingToken);
        }
    }

    private async Task ScanAsync(CancellationToken ct)
    {
        try
        {
            var start = clock.GetTimestamp();
            if (library.UsesDemo)
            {
                library.Report(ScanProgress.None with { Phase = ScanPhase.MakingDemo });
                await demo.EnsureAsync(library.DemoFolder, ct);
            }
            var end = await scanner.ScanAsync(library.Folder, library.Report, ct);
            var elapsed = clock.GetElapsedTime(start);
            LogScanned(library.Folder, end.Done, end.Skipped, end.Missing, elapsed.TotalSeconds);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            throw;
        }
        // A scan that fails as a whole must not take the server down: what is known stays playable, and one may ask again.
        catch (Exception error)
        {
            LogFailed(error);
            library.Report(library.Progress with { Phase = ScanPhase.Idle, Problem = error.Message });
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Scanned {Folder}: {Files} files, {Skipped} unreadable, {Missing} missing, in {Seconds:0.0} s")]
    private partial void LogScanned(string folder, int files, int skipped, int missing, double seconds);

    [LoggerMessage(Level = LogLevel.Error, Message = "The music folder could not be scanned")]
    private partial void LogFailed(Exception error);
}
