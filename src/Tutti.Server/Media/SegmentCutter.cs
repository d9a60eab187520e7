using System.Runtime.InteropServices;
using Microsoft.Extensions.Options;
using Tutti.Protocol;
using Tutti.Server.Ffmpeg;
using Tutti.Server.Media.Flac;

namespace Tutti.Server.Media;

/// <summary>Cuts one sound from its start to its end into segments on disk, each written the moment it is full.</summary>
internal sealed partial class SegmentCutter(SegmentCache cache, DecoderSlots slots, IOptions<MediaOptions> options, TimeProvider clock, ILogger logger)
{
    /// <summary>Past its head start, and while nobody waits for it, cutting leaves the processor to whoever plays on the same box.</summary>
    private const double RestPerWork = 3;

    /// <summary>Cuts until the end, a fault, or <paramref name="ct"/>. Begins anew when it had to make room for someone more urgent.</summary>
    /// <returns>The length in samples.</returns>
    /// <exception cref="MediaFaultException">The file gives no sound.</exception>
    /// <exception cref="IOException">The cache can't be written.</exception>
    public async Task<long> CutAsync(CutSound sound, (DecoderSlot Slot, PcmDecoder Decoder)? started, CancellationToken ct)
    {
        for (var begun = false; ; begun = true)
        {
            var slot = started?.Slot;
            var decoder = started?.Decoder;
            started = null;
            try
            {
                if (!begun)
                {
                    cache.Begin(sound.Key);
                }
                if (slot is null)
                {
                    slot = await slots.EnterAsync(urgent: false, sound.Attach, ct);
                }
                else
                {
                    sound.Attach(slot);
                }
                using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct, slot.Preempted);
                decoder ??= PcmDecoder.Start(sound.File);
                return await CutAsync(sound, decoder, slot, stop.Token);
            }
            catch (OperationCanceledException) when (!ct.IsCancellationRequested && slot is { Preempted.IsCancellationRequested: true })
            {
                LogMadeRoom(sound.Key);
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
    }

    private async Task<long> CutAsync(CutSound sound, PcmDecoder decoder, DecoderSlot slot, CancellationToken ct)
    {
        var encoder = new FlacEncoder();
        var full = new byte[SegmentFormat.SegmentBytes];
        var next = new byte[SegmentFormat.SegmentBytes];
        var samples = 0L;
        var limit = options.Value.MaxTrackMinutes * 60L * SegmentFormat.SampleRate;
        // The decoder's first bytes show that there is sound; no need to wait for a whole segment to say so.
        var read = await FillAsync(decoder, full.AsMemory(0, SegmentFormat.BytesPerSample), ct);
        if (read == SegmentFormat.BytesPerSample)
        {
            sound.MarkBegun();
            read += await FillAsync(decoder, full.AsMemory(read), ct);
        }
        for (var segment = 0; read >= SegmentFormat.BytesPerSample; segment++)
        {
            // The next segment is decoded while this one is encoded.
            var begun = clock.GetTimestamp();
            var more = read == full.Length;
            var filling = more ? FillAsync(decoder, next, ct) : Task.FromResult(0);
            try
            {
                samples += Keep(sound, encoder, segment, full.AsSpan(0, read));
            }
            catch
            {
                await decoder.DisposeAsync();
                await filling.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
                throw;
            }
            read = await filling;
            (full, next) = (next, full);
            if (samples > limit)
            {
                throw new MediaFaultException(ErrorCode.TrackUnreadable, $"the track is longer than {options.Value.MaxTrackMinutes} minutes");
            }
            await slot.YieldAsync(ct);
            if (!slot.Urgent)
            {
                await Task.Delay(clock.GetElapsedTime(begun) * RestPerWork, clock, ct);
            }
        }

        var (exitCode, reason) = await decoder.EndAsync(ct);
        if (samples == 0)
        {
            throw new MediaFaultException(ErrorCode.TrackUnreadable, reason.Length > 0 ? reason : "there is no sound in it");
        }
        if (exitCode != 0 || reason.Length > 0)
        {
            LogDamaged(sound.File.Path, samples / (double)SegmentFormat.SampleRate, reason);
        }
        return samples;
    }

    // Segments that are on disk from before are only counted.
    private int Keep(CutSound sound, FlacEncoder encoder, int segment, Span<byte> pcm)
    {
        var whole = pcm[..(pcm.Length - (pcm.Length % SegmentFormat.BytesPerSample))];
        if (segment >= sound.CutSegments)
        {
            cache.Write(sound.Key, segment, encoder.Encode(MemoryMarshal.Cast<byte, short>(whole)));
            sound.Advance(segment + 1);
        }
        return whole.Length / SegmentFormat.BytesPerSample;
    }

    private async Task<int> FillAsync(PcmDecoder decoder, Memory<byte> buffer, CancellationToken ct)
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
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Cutting {Key} made room for a sound that someone waits for")]
    private partial void LogMadeRoom(MediaKey key);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Path} is damaged; {Seconds:0.0} s of it can be played: {Reason}")]
    private partial void LogDamaged(string path, double seconds, string reason);
}

/// <summary>A track that cannot sound, with its number from the protocol.</summary>
internal sealed class MediaFaultException(ErrorCode code, string message) : Exception(message)
{
    public ErrorCode Code => code;
}
