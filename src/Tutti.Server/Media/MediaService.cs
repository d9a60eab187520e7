using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Tutti.Protocol;
using Tutti.Server.Ffmpeg;
using Tutti.Server.Rooms;

namespace Tutti.Server.Media;

/// <summary>
/// Files become segments here, each sound once, by one decoder at a time, and what someone waits for first. A segment is the same bytes
/// however it is reached; what is asked for before it is cut is awaited, not polled for.
/// </summary>
public sealed partial class MediaService : IAsyncDisposable
{
    private const int MaxWaitingSounds = 256;

    private readonly ISoundStore _store;
    private readonly SegmentCache _cache;
    private readonly IOptions<MediaOptions> _options;
    private readonly TimeProvider _clock;
    private readonly ILogger<MediaService> _logger;
    private readonly DecoderSlots _slots;
    private readonly SegmentCutter _cutter;
    private readonly CancellationTokenSource _shutdown = new();
    private readonly ConcurrentDictionary<SourceFile, Lazy<Task<MediaOutcome>>> _preparing = new();
    private readonly ConcurrentDictionary<MediaKey, Lazy<CutSound>> _cutting = new();
    private readonly ConcurrentDictionary<Task, bool> _jobs = new();

    public MediaService(ISoundStore store, SegmentCache cache, IOptions<MediaOptions> options, TimeProvider clock, ILogger<MediaService> logger)
    {
        (_store, _cache, _options, _clock, _logger) = (store, cache, options, clock, logger);
        _slots = new DecoderSlots(options.Value.MaxDecoders);
        _cutter = new SegmentCutter(cache, _slots, TellLengthAsync, options, clock, logger);
    }

    /// <summary>Raised from any thread when a decoder has come to a sound's end.</summary>
    public event Action<MediaInfo>? LengthKnown;

    /// <summary>
    /// Gets a file's sound going. Answers when the key is known and the decoder has given its first sound, or why it can't.
    /// Later calls for the same file are cheap.
    /// </summary>
    /// <param name="path">The file, absolute.</param>
    /// <param name="channels">As the library knows them; 0 when it does not.</param>
    /// <param name="ct">Ends the waiting, not the work.</param>
    public async Task<MediaOutcome> PrepareAsync(string path, int channels, CancellationToken ct)
    {
        SourceFile? file;
        try
        {
            file = SourceFile.Look(path, channels);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Fail(path, ErrorCode.TrackUnreadable, error.Message);
        }
        if (file is null)
        {
            return Fail(path, ErrorCode.TrackVanished, $"{Path.GetFileName(path)} is no longer there");
        }
        if (file.SizeBytes == 0)
        {
            return Fail(path, ErrorCode.TrackUnreadable, $"{Path.GetFileName(path)} is empty");
        }
        var shared = _preparing.GetOrAdd(file, key => new Lazy<Task<MediaOutcome>>(() => Job(PrepareOnceAsync(key, _shutdown.Token))));
        return await shared.Value.WaitAsync(ct);
    }

    /// <summary>Opens a segment, waiting for it to be cut if need be.</summary>
    /// <param name="key">As in <see cref="MediaInfo.Key"/>; anything else is refused.</param>
    /// <param name="segment">From 0.</param>
    public async Task<SegmentOutcome> OpenSegmentAsync(string key, int segment, CancellationToken ct)
    {
        if (segment < 0 || !MediaKey.TryParse(key, out var parsed))
        {
            return NotFound(key, segment);
        }
        // Twice: a sound may be evicted between being found and being opened.
        for (var attempt = 0; attempt < 2; attempt++)
        {
            if (_cache.CompleteSamples(parsed) is { } samples && segment >= SegmentFormat.SegmentCount(samples))
            {
                return NotFound(key, segment);
            }
            if (_cache.Open(parsed, segment) is { } ready)
            {
                return new SegmentOutcome.Found(ready);
            }
            var sound = await CuttingAsync(parsed, ct);
            if (sound is null)
            {
                if (_cache.CompleteSamples(parsed) is not null)
                {
                    continue;
                }
                return NotFound(key, segment);
            }
            try
            {
                var limit = TimeSpan.FromSeconds(_options.Value.SegmentWaitSeconds);
                switch (await sound.WaitAsync(segment, limit, _clock, ct))
                {
                    case SegmentState.PastEnd:
                        return NotFound(key, segment);
                    case SegmentState.Failed failed:
                        return new SegmentOutcome.Refused(failed.Fault);
                }
            }
            catch (TimeoutException)
            {
                return new SegmentOutcome.Refused(FaultInfo.Of(ErrorCode.MediaBusy, $"segment {segment} is not cut yet; try again"));
            }
            if (_cache.Open(parsed, segment) is { } cut)
            {
                return new SegmentOutcome.Found(cut);
            }
        }
        return new SegmentOutcome.Refused(FaultInfo.Of(ErrorCode.MediaBusy, "the cache is too small for what is being played; try again"));
    }

    /// <summary>Opens the outline of a sound, a byte for each fifth of a second; waits until the sound is cut to its end.</summary>
    public async Task<SegmentOutcome> OpenPeaksAsync(string key, CancellationToken ct)
    {
        if (!MediaKey.TryParse(key, out var parsed))
        {
            return NotFound(key, 0);
        }
        if (_cache.OpenPeaks(parsed) is { } ready)
        {
            return new SegmentOutcome.Found(ready);
        }
        if (await CuttingAsync(parsed, ct) is not { } sound)
        {
            return _cache.OpenPeaks(parsed) is { } done ? new SegmentOutcome.Found(done) : NotFound(key, 0);
        }
        try
        {
            if (await sound.Ended.WaitAsync(TimeSpan.FromSeconds(_options.Value.SegmentWaitSeconds), _clock, ct) is SegmentState.Failed failed)
            {
                return new SegmentOutcome.Refused(failed.Fault);
            }
        }
        catch (TimeoutException)
        {
            return new SegmentOutcome.Refused(FaultInfo.Of(ErrorCode.MediaBusy, "the sound is not cut to its end yet; try again"));
        }
        return _cache.OpenPeaks(parsed) is { } cut ? new SegmentOutcome.Found(cut) : NotFound(key, 0);
    }

    /// <summary>The exact length of a sound whose end was come to; null when it was not.</summary>
    public long? CutSamples(MediaInfo media) => MediaKey.TryParse(media.Key, out var key) ? KnownSamples(key) : null;

    public async ValueTask DisposeAsync()
    {
        await _shutdown.CancelAsync();
        await Task.WhenAll(_jobs.Keys).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _shutdown.Dispose();
    }

    private async Task<MediaOutcome> PrepareOnceAsync(SourceFile file, CancellationToken ct)
    {
        await Task.Yield();
        try
        {
            var hash = await _store.FindHashAsync(file, ct);
            if (hash is not null)
            {
                var key = MediaKey.OfHash(hash);
                return await ReadyAsync(key, _cache.CompleteSamples(key) is null ? StartCutting(key, file, started: null) : null, ct);
            }
            if (_slots.Waiting >= MaxWaitingSounds)
            {
                return Fail(file.Path, ErrorCode.MediaBusy, "too many tracks wait to be decoded; try again");
            }
            return await OpenFirstTimeAsync(file, ct);
        }
        catch (MediaFaultException fault)
        {
            return Fail(file.Path, fault.Code, fault.Message);
        }
        catch (FileNotFoundException)
        {
            return Fail(file.Path, ErrorCode.TrackVanished, $"{Path.GetFileName(file.Path)} is no longer there");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ToolMissingException)
        {
            return Fail(file.Path, ErrorCode.TrackUnreadable, error.Message);
        }
        finally
        {
            _preparing.TryRemove(file, out _);
        }
    }

    // The decoder starts while the file is hashed, for either takes about as long.
    private async Task<MediaOutcome> OpenFirstTimeAsync(SourceFile file, CancellationToken ct)
    {
        var slot = await _slots.EnterAsync(urgent: true, onCreated: null, ct);
        PcmDecoder? decoder = null;
        var handedOver = false;
        try
        {
            decoder = PcmDecoder.Start(file);
            var hash = await ContentHash.OfFileAsync(file.Path, ct);
            if (SourceFile.Look(file.Path, file.Channels) != file)
            {
                throw new MediaFaultException(ErrorCode.TrackUnreadable, "the file is being changed; try again when that is done");
            }
            await _store.SaveHashAsync(file, hash, ct);
            var key = MediaKey.OfHash(hash);
            if (_cache.CompleteSamples(key) is not null)
            {
                return await ReadyAsync(key, null, ct);
            }
            var sound = StartCutting(key, file, (slot, decoder), () => handedOver = true);
            return await ReadyAsync(key, sound, ct);
        }
        finally
        {
            if (!handedOver)
            {
                if (decoder is not null)
                {
                    await decoder.DisposeAsync();
                }
                slot.Dispose();
            }
        }
    }

    private async Task<MediaOutcome> ReadyAsync(MediaKey key, CutSound? sound, CancellationToken ct)
    {
        if (sound is not null && await sound.Begun.WaitAsync(ct) is { } fault)
        {
            return new MediaOutcome.Failed(fault);
        }
        var samples = KnownSamples(key) ?? await _store.FindLengthAsync(key.ToString(), ct);
        return new MediaOutcome.Ready(InfoOf(key, samples));
    }

    private long? KnownSamples(MediaKey key) =>
        _cache.CompleteSamples(key) ?? (_cutting.TryGetValue(key, out var running) && running.IsValueCreated ? running.Value.Samples : null);

    private async Task TellLengthAsync(MediaKey key, long samples)
    {
        await _store.SaveLengthAsync(key.ToString(), samples, _shutdown.Token);
        LengthKnown?.Invoke(InfoOf(key, samples));
    }

    // A key whose sound was evicted: its file is known from when it was hashed. Null when there is none, or all of it is cut by now.
    private async Task<CutSound?> CuttingAsync(MediaKey key, CancellationToken ct)
    {
        if (_cutting.TryGetValue(key, out var running))
        {
            return running.Value;
        }
        foreach (var file in await _store.FilesWithHashAsync(key.Hash, ct))
        {
            if (SourceFile.Look(file.Path, file.Channels) == file)
            {
                // Its end may have come since it was looked for; what is cut is not cut again.
                return _cache.CompleteSamples(key) is null ? StartCutting(key, file, started: null) : null;
            }
        }
        return null;
    }

    private CutSound StartCutting(MediaKey key, SourceFile file, (DecoderSlot, PcmDecoder)? started, Action? onStarted = null) =>
        _cutting.GetOrAdd(key, _ => new Lazy<CutSound>(() =>
        {
            onStarted?.Invoke();
            var sound = new CutSound(key, file);
            Job(CutAsync(sound, started));
            return sound;
        })).Value;

    private async Task CutAsync(CutSound sound, (DecoderSlot, PcmDecoder)? started)
    {
        await Task.Yield();
        var key = sound.Key;
        SegmentState end = new SegmentState.Failed(FaultInfo.Of(ErrorCode.ShuttingDown, "the server is shutting down"));
        try
        {
            var start = _clock.GetTimestamp();
            var samples = await _cutter.CutAsync(sound, started, _shutdown.Token);
            _cache.Complete(key, samples, sound.AllPeaks());
            end = new SegmentState.PastEnd();
            var elapsed = _clock.GetElapsedTime(start);
            LogCut(sound.File.Path, samples / (double)SegmentFormat.SampleRate, elapsed.TotalMilliseconds);
        }
        catch (OperationCanceledException) when (_shutdown.IsCancellationRequested)
        {
            // The readers are told below.
        }
        catch (MediaFaultException fault)
        {
            LogUnplayable(sound.File.Path, (int)fault.Code, fault.Message);
            end = new SegmentState.Failed(FaultInfo.Of(fault.Code, fault.Message));
        }
        // Anything else (a full disk) must reach those who wait, not vanish with this task.
        catch (Exception error)
        {
            LogCutFailed(error, sound.File.Path);
            end = new SegmentState.Failed(FaultInfo.Of(ErrorCode.TrackUnreadable, error.Message));
        }
        finally
        {
            _cache.Abandon(key);
            _cutting.TryRemove(key, out _);
            sound.End(end);
        }
    }

    private Task<T> Job<T>(Task<T> task)
    {
        Job((Task)task);
        return task;
    }

    private void Job(Task task)
    {
        _jobs[task] = true;
        task.ContinueWith(ended => _jobs.TryRemove(ended, out _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private static MediaInfo InfoOf(MediaKey key, long? samples) =>
        new(key.ToString(), SegmentFormat.SampleRate, SegmentFormat.SegmentSamples, samples);

    private static SegmentOutcome.Refused NotFound(string key, int segment) =>
        new(FaultInfo.Of(ErrorCode.SegmentNotFound, $"no segment {segment} of {(key.Length > 64 ? key[..64] : key)}"));

    private MediaOutcome.Failed Fail(string path, ErrorCode code, string message)
    {
        LogUnplayable(path, (int)code, message);
        return new MediaOutcome.Failed(FaultInfo.Of(code, message));
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Cut {Path}: {Seconds:0.0} s of sound in {Milliseconds:0} ms")]
    private partial void LogCut(string path, double seconds, double milliseconds);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Path} cannot be played ({Code}): {Reason}")]
    private partial void LogUnplayable(string path, int code, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Cutting {Path} failed")]
    private partial void LogCutFailed(Exception error, string path);
}
