using System.Globalization;
using System.Security.Cryptography;
using Tutti.Protocol;
using Tutti.Server.Media;
using Tutti.Server.Media.Live;
using Tutti.Timing;

namespace Tutti.Server.Sources.Radio;

/// <summary>
/// A station, read once for all who listen and put on the server's clock: segment n is what sounds from 2n s of server time on
/// (docs/protocol.md §8a). Read as long as anybody asks for its segments, and with silence where it gives nothing.
/// </summary>
internal sealed partial class RadioStation : IAsyncDisposable
{
    private const long IdleMicros = 60_000_000;
    private static readonly TimeSpan s_pace = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan s_longestStall = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_firstRetry = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan s_longestRetry = TimeSpan.FromSeconds(30);

    private readonly LinkTrack _track;
    private readonly RadioServices _services;
    private readonly SegmentRing _ring;
    private readonly LiveCut _cut;
    private readonly CancellationTokenSource _shutdown = new();
    private readonly Lock _gate = new();
    private readonly Queue<(long? AtMicros, string Title)> _titles = new();
    private readonly List<float> _burst = [];
    private Reading? _reading;
    private long _usedAtMicros;
    private long _burstBeganMicros;

    // Where the first of its sound is heard, once that is known.
    private long? _placedAtMicros;

    public RadioStation(LinkTrack track, RadioServices services)
    {
        (_track, _services) = (track, services);
        // A key of its own in each life of the process: what it names never changes.
        Key = $"{RadioStations.KeyPrefix}{track.Id[1..]}-{RandomNumberGenerator.GetHexString(8, lowercase: true)}";
        _ring = new SegmentRing(services.Folder(Key));
        _cut = new LiveCut((segment, flac) => _ring.Add(segment, flac, SegmentAt(NowMicros) - (services.Options.RadioKeepSeconds / SegmentFormat.SegmentSeconds)));
    }

    public string Key { get; }

    public MediaInfo Media => new(Key, SegmentFormat.SampleRate, SegmentFormat.SegmentSamples, null);

    /// <summary>What it says it plays; null when it says nothing.</summary>
    public string? Title { get; private set; }

    public bool IsRead
    {
        get
        {
            lock (_gate)
            {
                return _reading is not null;
            }
        }
    }

    private long NowMicros => _services.ServerClock.Now.Value;

    private bool IsPlaced => _placedAtMicros is not null;

    private long EdgeMicros => _cut.EdgeSample * 1_000L / (SegmentFormat.SampleRate / 1_000);

    /// <summary>Completes when its sound comes: null; or why it does not.</summary>
    public Task<FaultInfo?> BeginAsync(CancellationToken ct) => Read().Placed.Task.WaitAsync(ct);

    /// <summary>Opens a segment, waiting for one that is to come. See <see cref="MediaService.OpenSegmentAsync"/>.</summary>
    public async Task<SegmentOutcome> OpenAsync(int segment, CancellationToken ct)
    {
        lock (_gate)
        {
            _usedAtMicros = NowMicros;
        }
        if (_ring.Open(segment) is { } there)
        {
            return new SegmentOutcome.Found(there);
        }
        var ahead = segment - SegmentAt(NowMicros);
        if (ahead < -1 || segment <= _ring.Newest)
        {
            return new SegmentOutcome.Refused(FaultInfo.Of(ErrorCode.SegmentNotFound, $"segment {segment} is kept no longer"));
        }
        if (ahead * SegmentFormat.SegmentSeconds > _services.SegmentWait.TotalSeconds)
        {
            return new SegmentOutcome.Refused(FaultInfo.Of(ErrorCode.SegmentNotFound, $"segment {segment} is far in the future"));
        }
        Read();
        try
        {
            if (await _ring.WaitAsync(segment, _services.SegmentWait, _services.Clock, ct) && _ring.Open(segment) is { } cut)
            {
                return new SegmentOutcome.Found(cut);
            }
        }
        catch (TimeoutException)
        {
            // Said below.
        }
        return new SegmentOutcome.Refused(FaultInfo.Of(ErrorCode.MediaBusy, $"segment {segment} has not come; try again"));
    }

    public FileStream? OpenThin(int segment) => _ring.OpenThin(segment);

    public void KeepThin(int segment, byte[] opus) => _ring.AddThin(segment, opus);

    public async ValueTask DisposeAsync()
    {
        await _shutdown.CancelAsync();
        Task? ended;
        lock (_gate)
        {
            ended = _reading?.Task;
        }
        if (ended is not null)
        {
            await ended;
        }
        _shutdown.Dispose();
    }

    private static int SegmentAt(long micros) => (int)(micros / (SegmentFormat.SegmentSeconds * ServerMicros.PerSecond));

    private static long SampleAt(long micros) => micros * (SegmentFormat.SampleRate / 1_000) / 1_000;

    private Reading Read()
    {
        lock (_gate)
        {
            _usedAtMicros = NowMicros;
            if (_reading is null)
            {
                var reading = _reading = new Reading();
                reading.Task = Task.Run(() => ReadAsync(reading));
            }
            return _reading;
        }
    }

    private async Task ReadAsync(Reading reading)
    {
        FaultInfo? fault = null;
        try
        {
            _burst.Clear();
            lock (_gate)
            {
                _placedAtMicros = null;
            }
            _cut.SkipTo(SampleAt(NowMicros));
            fault = await ReadUntilIdleAsync(reading, _shutdown.Token);
        }
        catch (OperationCanceledException)
        {
            fault = FaultInfo.Of(ErrorCode.ShuttingDown, "the server is shutting down");
        }
        // Anything else (a full disk, no ffmpeg) must reach those who wait, not vanish with this task.
        catch (Exception error)
        {
            LogFailed(_services.Logger, error, _track.Url);
            fault = FaultInfo.Of(ErrorCode.StationLost, error.Message);
        }
        finally
        {
            lock (_gate)
            {
                _reading = null;
                _titles.Clear();
            }
            var wasHeard = reading.Placed.Task.IsCompleted;
            reading.Placed.TrySetResult(fault ?? FaultInfo.Of(ErrorCode.StationLost, "nobody has listened"));
            _ring.GiveUp();
            if (fault is null)
            {
                _ring.Forget(int.MaxValue);
            }
            if (fault is not null && wasHeard && !_shutdown.IsCancellationRequested)
            {
                _services.Tell(new Rooms.StationNews.Lost(_track.Id, fault));
            }
        }
    }

    /// <returns>Null when nobody listens any more; else why it is lost.</returns>
    private async Task<FaultInfo?> ReadUntilIdleAsync(Reading reading, CancellationToken ct)
    {
        var retry = s_firstRetry;
        var heardAt = _services.Clock.GetTimestamp();
        while (true)
        {
            LinkException? end;
            try
            {
                var opening = StationListener.OpenAsync(_services.Fetcher, _track, HearTitle, _services.Clock, ct);
                if (!await PaceAsync(reading, opening, ct))
                {
                    _ = DropAsync(opening);
                    return null;
                }
                await using var listener = await opening;
                LogListening(_services.Logger, _track.Url);
                var sound = new float[FedDecoder.MostValues];
                while (true)
                {
                    var next = listener.ReadAsync(sound);
                    if (!await PaceAsync(reading, next, ct))
                    {
                        LogIdle(_services.Logger, _track.Url);
                        return null;
                    }
                    Take(sound.AsSpan(0, await next));
                    (retry, heardAt) = (s_firstRetry, _services.Clock.GetTimestamp());
                }
            }
            catch (LinkException error)
            {
                end = error;
            }
            catch (TimeoutException)
            {
                end = new LinkException(ErrorCode.LinkUnreachable, $"nothing has come for {s_longestStall.TotalSeconds:0} s");
            }
            Place(reading, atOnce: true);
            LogDropped(_services.Logger, _track.Url, end.Message);
            if (!reading.Placed.Task.IsCompleted)
            {
                return FaultInfo.Of(end.Code, end.Message);
            }
            if (_services.Clock.GetElapsedTime(heardAt).TotalSeconds >= _services.Options.RadioPatienceSeconds)
            {
                return FaultInfo.Of(ErrorCode.StationLost, $"the station has given nothing for {_services.Options.RadioPatienceSeconds} s: {end.Message}.");
            }
            if (!await PaceAsync(reading, Task.Delay(retry, _services.Clock, ct), ct))
            {
                return null;
            }
            retry = retry * 2 < s_longestRetry ? retry * 2 : s_longestRetry;
        }
    }

    /// <summary>Waits for something, and sees meanwhile to what time asks for. False when nobody listens any more.</summary>
    /// <exception cref="TimeoutException">Sound does not come for too long.</exception>
    private async Task<bool> PaceAsync(Reading reading, Task awaited, CancellationToken ct)
    {
        var begun = _services.Clock.GetTimestamp();
        while (true)
        {
            ct.ThrowIfCancellationRequested();
            var now = NowMicros;
            Place(reading, atOnce: false);
            _cut.SkipTo(SampleAt(now - LivePlacing.MostAheadMicros));
            _cut.AppendSilence(SampleAt(LivePlacing.SilenceUntil(now, EdgeMicros, IsPlaced)));
            TellTitle(now);
            lock (_gate)
            {
                if (now - _usedAtMicros > IdleMicros)
                {
                    return false;
                }
            }
            if (awaited.IsCompleted)
            {
                return true;
            }
            if (awaited is Task<int> && _services.Clock.GetElapsedTime(begun) > s_longestStall)
            {
                throw new TimeoutException();
            }
            await Task.WhenAny(awaited, Task.Delay(s_pace, _services.Clock, ct));
        }
    }

    private void Take(ReadOnlySpan<float> sound)
    {
        if (LivePlacing.IsTooFarAhead(NowMicros, EdgeMicros))
        {
            return;
        }
        if (IsPlaced)
        {
            _cut.Append(sound);
            return;
        }
        if (_burst.Count == 0)
        {
            _burstBeganMicros = NowMicros;
        }
        _burst.AddRange(sound);
    }

    // The first sound waits until it is seen how much comes at once.
    private void Place(Reading reading, bool atOnce)
    {
        if (IsPlaced || _burst.Count == 0)
        {
            return;
        }
        var (now, burstMicros) = (NowMicros, _burst.Count / SegmentFormat.Channels * 1_000L / (SegmentFormat.SampleRate / 1_000));
        if (!atOnce && burstMicros < LivePlacing.AheadMicros && now - _burstBeganMicros < LivePlacing.BurstMicros)
        {
            return;
        }
        var placeMicros = LivePlacing.FirstPlace(now, EdgeMicros, burstMicros);
        _cut.AppendSilence(SampleAt(placeMicros));
        _cut.Append(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_burst));
        _burst.Clear();
        lock (_gate)
        {
            _placedAtMicros = placeMicros;
        }
        reading.Placed.TrySetResult(null);
    }

    // What it says is true of the sound that comes with it, and is told when that is heard. What it says before its sound has a place is about the first of it.
    private void HearTitle(string title)
    {
        lock (_gate)
        {
            _titles.Enqueue((IsPlaced ? Math.Max(EdgeMicros, NowMicros) : null, title));
        }
    }

    private void TellTitle(long nowMicros)
    {
        while (true)
        {
            lock (_gate)
            {
                if (!_titles.TryPeek(out var next) || (next.AtMicros ?? _placedAtMicros ?? long.MaxValue) > nowMicros)
                {
                    return;
                }
                _titles.Dequeue();
                Title = next.Title.Length > 0 ? next.Title : null;
            }
            _services.Tell(new Rooms.StationNews.Titled(_track.Id, Title));
        }
    }

    private static async Task DropAsync(Task<StationListener> opening)
    {
        await ((Task)opening).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (opening.IsCompletedSuccessfully)
        {
            await opening.Result.DisposeAsync();
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Listening to {Station}")]
    private static partial void LogListening(ILogger logger, string station);

    [LoggerMessage(Level = LogLevel.Information, Message = "Nobody listens to {Station} any more")]
    private static partial void LogIdle(ILogger logger, string station);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Station} has broken off: {Reason}")]
    private static partial void LogDropped(ILogger logger, string station, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Station} could not be read")]
    private static partial void LogFailed(ILogger logger, Exception error, string station);

    private sealed class Reading
    {
        public TaskCompletionSource<FaultInfo?> Placed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Task { get; set; } = Task.CompletedTask;
    }
}
