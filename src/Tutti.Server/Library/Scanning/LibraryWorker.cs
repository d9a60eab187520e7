using Tutti.Server.Library.Demo;

namespace Tutti.Server.Library.Scanning;

/// <summary>Makes the demo pieces where they are wanted, scans at start, and again whenever asked to.</summary>
public sealed partial class LibraryWorker(
    MusicLibrary library, LibraryScanner scanner, DemoPieces demo, TimeProvider clock, ILogger<LibraryWorker> logger) : BackgroundService
{
    // What the last scan was to look at and did not come to: the next one does.
    private ScanScope _owed = ScanScope.Nothing;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        library.Rescan();
        while (true)
        {
            await library.Rescans.WaitAsync(stoppingToken);
            _owed = _owed.With(library.Rescans.Take());
            await ScanAsync(_owed, stoppingToken);
        }
    }

    private async Task ScanAsync(ScanScope scope, CancellationToken ct)
    {
        try
        {
            var start = clock.GetTimestamp();
            if (library.UsesDemo)
            {
                library.Report(ScanProgress.None with { Phase = ScanPhase.MakingDemo });
                await demo.EnsureAsync(library.DemoFolder, ct);
            }
            var log = new ScanLog(clock, logger);
            var end = await scanner.ScanAsync(
                library.Folders,
                scope,
                progress =>
                {
                    library.Report(progress);
                    log.Show(progress);
                },
                ct);
            _owed = ScanScope.Nothing;
            var elapsed = clock.GetElapsedTime(start);
            LogScanned(end.Found, end.Read, end.Moved, end.Skipped, end.Missing, elapsed.TotalSeconds);
            if (end.Problem.Length > 0)
            {
                LogProblem(end.Problem);
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            throw;
        }
        // A scan that fails as a whole must not take the server down: what is known stays playable, and one may ask again.
        catch (Exception error)
        {
            LogFailed(error);
            // What it came to before is kept.
            library.Report(library.Progress with { Phase = ScanPhase.Idle, Problem = error.Message, Changed = true });
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Scanned {Files} files in {Seconds:0.00} s: {Read} read, {Moved} moved, {Skipped} unreadable, {Missing} missing")]
    private partial void LogScanned(int files, int read, int moved, int skipped, int missing, double seconds);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The scan left something out: {Problem}")]
    private partial void LogProblem(string problem);

    [LoggerMessage(Level = LogLevel.Error, Message = "The music folders could not be scanned")]
    private partial void LogFailed(Exception error);
}
