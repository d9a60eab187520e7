using Microsoft.Extensions.Options;
using Tutti.Server.Media.Flac;

namespace Tutti.Server.Media;

/// <summary>
/// Decodes and encodes a few seconds of noise once the server answers, so that the code of the first play is in memory and compiled for
/// speed. Otherwise that work falls on the moment of the first play, when players on the same box need the processor for their sound.
/// </summary>
public sealed partial class WarmUp(
    IHostApplicationLifetime lifetime, IOptions<MediaOptions> options, DataFolder data, ILogger<WarmUp> logger) : BackgroundService
{
    /// <summary>2 s each. More than enough for the runtime, which compiles anew what was called thirty times.</summary>
    private const int Segments = 3;

    private const int HeaderBytes = 44;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.WarmUp)
        {
            return;
        }
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var starting = lifetime.ApplicationStarted.UnsafeRegister(static source => ((TaskCompletionSource)source!).TrySetResult(), started);
        try
        {
            await started.Task.WaitAsync(stoppingToken);
            var segments = await RunAsync(stoppingToken);
            LogDone(segments);
        }
        // It is a nicety: whatever is missing will be told when music is played.
        catch (Exception error) when (error is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
        {
            LogFailed(error);
        }
    }

    /// <summary>Does it once.</summary>
    /// <returns>Segments that came out.</returns>
    internal async Task<int> RunAsync(CancellationToken ct)
    {
        Directory.CreateDirectory(data.Path);
        var path = data.Within($"warm-up-{Environment.ProcessId}.wav");
        try
        {
            await File.WriteAllBytesAsync(path, Noise(), ct);
            await using var decoder = PcmDecoder.Start(new SourceFile(path, 0, 0, SegmentFormat.Channels));
            var encoder = new FlacEncoder();
            var read = new float[SegmentFormat.SegmentSamples * SegmentFormat.Channels];
            var pcm = new short[SegmentFormat.SegmentSamples * SegmentFormat.Channels];
            var segments = 0;
            for (; await decoder.FillAsync(read, ct) == read.Length; segments++)
            {
                SampleRounding.Round(read, pcm);
                encoder.Encode(pcm);
            }
            await decoder.EndAsync(ct);
            return segments;
        }
        finally
        {
            File.Delete(path);
        }
    }

    // A random walk: smooth as music is, so that the encoder takes the ways that it takes with music. The header is that of RIFF WAVE, PCM.
    private static byte[] Noise()
    {
        const int bytesPerSample = SegmentFormat.Channels * sizeof(short);
        const int bytes = Segments * SegmentFormat.SegmentSamples * bytesPerSample;
        using var wav = new MemoryStream(HeaderBytes + bytes);
        using var writer = new BinaryWriter(wav);
        writer.Write("RIFF"u8);
        writer.Write(HeaderBytes - 8 + bytes);
        writer.Write("WAVEfmt "u8);
        writer.Write(16);
        writer.Write((short)1);
        writer.Write((short)SegmentFormat.Channels);
        writer.Write(SegmentFormat.SampleRate);
        writer.Write(SegmentFormat.SampleRate * bytesPerSample);
        writer.Write((short)bytesPerSample);
        writer.Write((short)16);
        writer.Write("data"u8);
        writer.Write(bytes);
        var random = new Random(1);
        var level = 0.0;
        for (var i = 0; i < bytes / sizeof(short); i++)
        {
            level = 0.99 * level + random.Next(-500, 501);
            writer.Write((short)Math.Clamp(level, short.MinValue, short.MaxValue));
        }
        return wav.ToArray();
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Warmed up on {Segments} segments")]
    private partial void LogDone(int segments);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Not warmed up")]
    private partial void LogFailed(Exception error);
}
