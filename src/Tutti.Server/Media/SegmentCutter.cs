using Microsoft.Extensions.Options;
using Tutti.Protocol;
using Tutti.Server.Ffmpeg;
using Tutti.Server.Media.Flac;

namespace Tutti.Server.Media;

/// <summary>
/// Cuts one sound into segments on disk, each written the moment it is full: from its start on, but first what someone waits for.
/// </summary>
internal sealed partial class SegmentCutter(
    SegmentCache cache, DecoderSlots slots, Func<MediaKey, long, Task> onLengthKnown, IOptions<MediaOptions> options, TimeProvider clock, ILogger logger)
{
    /// <summary>Past its head start, and while nobody waits for it, cutting leaves the processor to whoever plays on the same box.</summary>
    private const double RestPerWork = 3;

    /// <summary>Cuts until all of it is there, a fault, or <paramref name="ct"/>. Begins anew when it had to make room for someone more urgent.</summary>
    /// <returns>The length in samples.</returns>
    /// <exception cref="MediaFaultException">The file gives no sound.</exception>
    /// <exception cref="IOException">The cache can't be written, or the file not read.</exception>
    public async Task<long> CutAsync(CutSound sound, (DecoderSlot Slot, PcmDecoder Decoder)? started, CancellationToken ct)
    {
        var slot = started?.Slot;
        var decoder = started?.Decoder;
        try
        {
            cache.Begin(sound.Key);
            sound.Begin(EntryPointSniffer.OfFile(sound.File.Path));
            while (true)
            {
                using var redirect = new CancellationTokenSource();
                if (sound.NextRun(redirect) is not { } run)
                {
                    return sound.Samples!.Value;
                }
                try
                {
                    if (slot is null)
                    {
                        slot = await slots.EnterAsync(urgent: false, sound.Attach, ct);
                    }
                    else
                    {
                        sound.Attach(slot);
                    }
                    using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct, redirect.Token, slot.Preempted);
                    if (decoder is not null && run.First > 0)
                    {
                        await decoder.DisposeAsync();
                        decoder = null;
                    }
                    decoder ??= PcmDecoder.Start(sound.File, run.First);
                    await CutRunAsync(sound, run, decoder, slot, stop.Token);
                }
                catch (OperationCanceledException) when (!ct.IsCancellationRequested && run.IsRedirected)
                {
                    LogRedirected(sound.Key, run.At);
                }
                catch (OperationCanceledException) when (!ct.IsCancellationRequested && slot is { Preempted.IsCancellationRequested: true })
                {
                    LogMadeRoom(sound.Key);
                }
                finally
                {
                    sound.Leave();
                    if (decoder is not null)
                    {
                        await decoder.DisposeAsync();
                        decoder = null;
                    }
                }
                if (slot is { Preempted.IsCancellationRequested: true })
                {
                    slot.Dispose();
                    slot = null;
                }
            }
        }
        finally
        {
            if (decoder is not null)
            {
                await decoder.DisposeAsync();
            }
            slot?.Dispose();
        }
    }

    private async Task CutRunAsync(CutSound sound, CutRun run, PcmDecoder decoder, DecoderSlot slot, CancellationToken ct)
    {
        var encoder = new FlacEncoder();
        var pcm = new short[SegmentFormat.SegmentSamples * SegmentFormat.Channels];
        var full = new float[pcm.Length];
        var next = new float[pcm.Length];
        // The decoder's first bytes show that there is sound; no need to wait for a whole segment to say so.
        var read = await FillAsync(decoder, full.AsMemory(0, SegmentFormat.Channels), ct);
        if (read == SegmentFormat.Channels)
        {
            sound.MarkBegun();
            read += await FillAsync(decoder, full.AsMemory(read), ct);
        }
        for (var segment = run.First; segment < run.Limit; segment++)
        {
            if (read < full.Length && sound.GoesOnAfter(segment))
            {
                // A hole in a damaged file: what lies beyond it was reached from elsewhere, and keeps its place.
                full.AsSpan(read).Clear();
                read = full.Length;
            }
            if (read == 0)
            {
                await EndBetweenSegmentsAsync(sound, run, segment, decoder, ct);
                return;
            }
            if (segment / (SegmentFormat.SampleRate * 60.0 / SegmentFormat.SegmentSamples) >= options.Value.MaxTrackMinutes)
            {
                throw new MediaFaultException(ErrorCode.TrackUnreadable, $"the track is longer than {options.Value.MaxTrackMinutes} minutes");
            }

            if (read < full.Length)
            {
                await MarkEndAsync(sound, segment, read / SegmentFormat.Channels);
            }

            // The next segment is decoded while this one is encoded.
            var begun = clock.GetTimestamp();
            var more = read == full.Length && segment + 1 < run.Limit;
            var filling = more ? FillAsync(decoder, next, ct) : Task.FromResult(0);
            try
            {
                Keep(sound, run, encoder, segment, full.AsSpan(0, read), pcm);
            }
            catch
            {
                await decoder.DisposeAsync();
                await filling.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
                throw;
            }
            if (read < full.Length)
            {
                await EndAsync(sound, decoder, ct);
                return;
            }
            read = await filling;
            (full, next) = (next, full);
            if (sound.HasMet(run))
            {
                return;
            }
            var worked = clock.GetElapsedTime(begun);
            await slot.YieldAsync(ct);
            if (!slot.Urgent)
            {
                await sound.RestAsync(worked * RestPerWork, clock, ct);
            }
        }
    }

    // Segments that are on disk from before are only passed.
    private void Keep(CutSound sound, CutRun run, FlacEncoder encoder, int segment, ReadOnlySpan<float> decoded, Span<short> pcm)
    {
        if (!sound.IsCut(segment))
        {
            SampleRounding.Round(decoded, pcm);
            sound.Outline(segment, Peaks.Of(pcm[..decoded.Length]));
            cache.Write(sound.Key, segment, encoder.Encode(pcm[..decoded.Length]));
        }
        sound.Advance(run, segment);
    }

    private async Task EndBetweenSegmentsAsync(CutSound sound, CutRun run, int segment, PcmDecoder decoder, CancellationToken ct)
    {
        if (segment == 0)
        {
            var (_, reason) = await decoder.EndAsync(ct);
            throw new MediaFaultException(ErrorCode.TrackUnreadable, reason.Length > 0 ? reason : "there is no sound in it");
        }
        if (segment == run.First && !sound.IsCut(segment - 1))
        {
            // Past the end, or not to be entered here.
            sound.MarkNothingFrom(segment);
            return;
        }
        await MarkEndAsync(sound, segment, 0);
        await EndAsync(sound, decoder, ct);
    }

    private async Task MarkEndAsync(CutSound sound, int segment, int samples)
    {
        var length = (segment * (long)SegmentFormat.SegmentSamples) + samples;
        if (sound.MarkEnd(length))
        {
            await onLengthKnown(sound.Key, length);
        }
    }

    private async Task EndAsync(CutSound sound, PcmDecoder decoder, CancellationToken ct)
    {
        sound.TellPastEnd();
        var (exitCode, reason) = await decoder.EndAsync(ct);
        if (exitCode != 0 || reason.Length > 0)
        {
            LogDamaged(sound.File.Path, sound.Samples!.Value / (double)SegmentFormat.SampleRate, reason);
        }
    }

    private async Task<int> FillAsync(PcmDecoder decoder, Memory<float> buffer, CancellationToken ct)
    {
        var limit = TimeSpan.FromSeconds(options.Value.DecoderStallSeconds);
        using var timer = new CancellationTokenSource(limit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, ct);
        try
        {
            return await decoder.FillAsync(buffer, either.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new MediaFaultException(ErrorCode.TrackUnreadable, $"the decoder gave nothing for {limit.TotalSeconds:0} s");
        }
        catch (Exception error) when (error is InvalidDataException or ArgumentOutOfRangeException)
        {
            throw new MediaFaultException(ErrorCode.TrackUnreadable, $"the decoder gave something strange: {error.Message}");
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Cutting {Key} made room for a sound that someone waits for")]
    private partial void LogMadeRoom(MediaKey key);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Cutting {Key} left segment {Segment} for one that someone waits for")]
    private partial void LogRedirected(MediaKey key, int segment);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Path} is damaged; {Seconds:0.0} s of it can be played: {Reason}")]
    private partial void LogDamaged(string path, double seconds, string reason);
}

/// <summary>A track that cannot sound, with its number from the protocol.</summary>
internal sealed class MediaFaultException(ErrorCode code, string message) : Exception(message)
{
    public ErrorCode Code => code;
}
