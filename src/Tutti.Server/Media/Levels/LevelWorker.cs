using System.Data.Common;
using Microsoft.Extensions.Options;
using Tutti.Server.Ffmpeg;
using Tutti.Server.Library;

namespace Tutti.Server.Media.Levels;

/// <summary>
/// Measures what is not known, one file at a time: first what queues hold, then the whole library. Both begin some seconds after a track was last
/// asked for: that is when players on the same box need the processor for their sound. A file that cannot be measured is left until the next scan.
/// </summary>
public sealed partial class LevelWorker(
    LevelDesk desk, AwaitedLevels awaited, MusicLibrary library, ICatalog catalog, IOptions<MediaOptions> options, TimeProvider clock,
    ILogger<LevelWorker> logger) : BackgroundService
{
    /// <summary>Seconds of sound measured in each second, for a queue and for the library: a tenth and a third of what an old core can do.</summary>
    private const int QueuePace = 8, LibraryPace = 25;

    private static readonly TimeSpan s_longestPerFile = TimeSpan.FromHours(1);
    private static readonly TimeSpan s_afterFailure = TimeSpan.FromSeconds(10);
    private static readonly Task s_never = new TaskCompletionSource().Task;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var tried = new HashSet<string>(StringComparer.Ordinal);
        var seen = -1L;
        var offset = 0;
        var ahead = new Queue<UnmeasuredSound>();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (desk.WasAsked())
                {
                    await Task.Delay(TimeSpan.FromSeconds(options.Value.LevelAfterSeconds), clock, stoppingToken);
                }
                if (awaited.NextWanted() is { } wanted)
                {
                    await SettleAsync(wanted, QueuePace, s_never, stoppingToken);
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
                    if (tried.Add(next.File.Path) && !await SettleAsync(next, LibraryPace, desk.Asked, stoppingToken))
                    {
                        tried.Remove(next.File.Path);
                        ahead.Enqueue(next);
                    }
                    continue;
                }
                var page = await catalog.TracksAsync(new TrackQuery(Order: TrackOrder.Path), new PageRange(offset, 200), stoppingToken);
                offset += page.Items.Count;
                foreach (var sound in await desk.UnknownAsync(page.Items, stoppingToken))
                {
                    ahead.Enqueue(sound);
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

    /// <summary>Measures a sound unless that was done meanwhile, and has it told.</summary>
    /// <returns>False when it gave way because <paramref name="somebodyAsks"/>.</returns>
    private async Task<bool> SettleAsync(UnmeasuredSound sound, int pace, Task somebodyAsks, CancellationToken ct)
    {
        if (!await desk.IsKnownAsync(sound.File, ct) && !await MeasureAsync(sound, pace, somebodyAsks, ct))
        {
            return false;
        }
        await awaited.TellAsync(sound.File.Path, ct);
        return true;
    }

    /// <returns>As <see cref="SettleAsync"/>.</returns>
    private async Task<bool> MeasureAsync(UnmeasuredSound sound, int pace, Task somebodyAsks, CancellationToken ct)
    {
        using var limit = new CancellationTokenSource(s_longestPerFile, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, ct);
        var measuring = LoudnessMeter.MeasureAsync(sound.File.Path, sound.Channels, pace, either.Token);
        var gaveWay = await Task.WhenAny(measuring, somebodyAsks) != measuring;
        if (gaveWay)
        {
            await either.CancelAsync();
        }
        try
        {
            if (await measuring is { } level)
            {
                await desk.SaveAsync(sound.File, level, ct);
            }
            return true;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            if (!gaveWay)
            {
                LogTooLong(sound.File.Path);
            }
            return !gaveWay;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Loudness could not be measured")]
    private partial void LogFailed(Exception error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Measuring {Path} took too long and was given up")]
    private partial void LogTooLong(string path);
}
