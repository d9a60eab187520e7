using System.Data.Common;
using Tutti.Server.Ffmpeg;
using Tutti.Server.Library;

namespace Tutti.Server.Media.Levels;

/// <summary>
/// Measures what is not known, one file at a time and with long rests: first what queues hold, then the whole library. A file that cannot
/// be measured is left until the next scan.
/// </summary>
public sealed partial class LevelWorker(LevelDesk desk, MusicLibrary library, ICatalog catalog, TimeProvider clock, ILogger<LevelWorker> logger)
    : BackgroundService
{
    private const double RestPerWork = 3;
    private static readonly TimeSpan s_longestPerFile = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan s_afterFailure = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var tried = new HashSet<string>(StringComparer.Ordinal);
        var seen = -1L;
        var offset = 0;
        var ahead = new Queue<LibraryTrack>();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (desk.NextWanted() is { } wanted)
                {
                    await MeasureAsync(wanted, rest: false, stoppingToken);
                    continue;
                }
                if (library.Version != seen && !library.Progress.Running)
                {
                    (seen, offset) = (library.Version, 0);
                    ahead.Clear();
                    tried.Clear();
                }
                if (ahead.TryDequeue(out var next))
                {
                    if (tried.Add(next.FullPath))
                    {
                        await MeasureAsync(next, rest: true, stoppingToken);
                    }
                    continue;
                }
                var page = await catalog.TracksAsync(new TrackQuery(Order: TrackOrder.Path), new PageRange(offset, 200), stoppingToken);
                offset += page.Items.Count;
                foreach (var track in await desk.UnknownAsync(page.Items, stoppingToken))
                {
                    ahead.Enqueue(track);
                }
                if (page.Items.Count == 0)
                {
                    await UntilNewsAsync(seen, stoppingToken);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error) when (error is DbException or ToolMissingException or IOException)
            {
                LogFailed(error);
                await Task.WhenAny(desk.Asked, Task.Delay(s_afterFailure, clock, stoppingToken));
            }
        }
    }

    /// <summary>Waits until a track is asked for, or a scan that this worker has not seen has ended and none runs.</summary>
    private async Task UntilNewsAsync(long seen, CancellationToken ct)
    {
        // In this order: a scan that ends meanwhile is one more than this version.
        var version = library.Version;
        var waitedFor = library.Progress.Running ? version : seen;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct);
        await Task.WhenAny(desk.Asked, library.NextVersionAsync(waitedFor, either.Token));
        await either.CancelAsync();
        ct.ThrowIfCancellationRequested();
    }

    private async Task MeasureAsync(LibraryTrack track, bool rest, CancellationToken ct)
    {
        if (await desk.UnknownAsync([track], ct) is [])
        {
            return;
        }
        var begun = clock.GetTimestamp();
        using var limit = new CancellationTokenSource(s_longestPerFile, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, ct);
        try
        {
            if (await LoudnessMeter.MeasureAsync(track.FullPath, track.Channels, either.Token) is { } level)
            {
                await desk.SaveAsync(track, level, ct);
            }
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            LogTooLong(track.FullPath);
        }
        if (rest)
        {
            await Task.WhenAny(desk.Asked, Task.Delay(clock.GetElapsedTime(begun) * RestPerWork, clock, ct));
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Loudness could not be measured")]
    private partial void LogFailed(Exception error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Measuring {Path} took too long and was given up")]
    private partial void LogTooLong(string path);
}
