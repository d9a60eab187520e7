using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Tutti.Protocol;
using Tutti.Server.Ffmpeg;

namespace Tutti.Server.Media;

/// <summary>
/// The thin copy of each segment: Ogg Opus of about a sixth of the FLAC's size, made when it is first asked for. A segment stands by itself:
/// before and after its samples the encoder is given some of them backwards, so that it is warm where they begin and not yet at its end where
/// they do (docs/decisions/0012-opus-tier.md). Whoever decodes it drops those.
/// </summary>
public sealed partial class OpusTier(MediaService media, SegmentCache cache, IOptions<MediaOptions> options, TimeProvider clock, ILogger<OpusTier> logger)
    : IDisposable
{
    /// <summary>Samples before a segment's own, as far as it has so many: 80 ms.</summary>
    public const int LeadSamples = 3_840;

    /// <summary>Samples after them: 20 ms.</summary>
    public const int TailSamples = 960;

    private const int MaxBytes = 1 << 20;
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(15);

    private readonly SemaphoreSlim _encoders = new(options.Value.MaxDecoders);
    private readonly ConcurrentDictionary<(string Key, int Segment), Lazy<Task<FaultInfo?>>> _encoding = new();

    /// <summary>Opens a thin segment, waiting for it to be cut and encoded if need be. Refuses as <see cref="MediaService.OpenSegmentAsync"/> does.</summary>
    public async Task<SegmentOutcome> OpenAsync(string key, int segment, CancellationToken ct)
    {
        if (segment >= 0 && MediaKey.TryParse(key, out var parsed) && cache.OpenThin(parsed, segment) is { } ready)
        {
            return new SegmentOutcome.Found(ready);
        }
        var whole = await media.OpenSegmentAsync(key, segment, ct);
        if (whole is not SegmentOutcome.Found found)
        {
            return whole;
        }
        FaultInfo? fault;
        await using (found.Stream)
        {
            fault = await _encoding
                .GetOrAdd((key, segment), name => new Lazy<Task<FaultInfo?>>(() => EncodeOnceAsync(name, found.Stream.Name)))
                .Value.WaitAsync(ct);
        }
        if (fault is not null)
        {
            return new SegmentOutcome.Refused(fault);
        }
        return MediaKey.TryParse(key, out parsed) && cache.OpenThin(parsed, segment) is { } made
            ? new SegmentOutcome.Found(made)
            : new SegmentOutcome.Refused(FaultInfo.Of(ErrorCode.MediaBusy, "the cache is too small for what is being played; try again"));
    }

    /// <summary>Encodes a whole FLAC segment; null when that fails, which is logged.</summary>
    internal async Task<byte[]?> EncodeAsync(string flac)
    {
        await _encoders.WaitAsync();
        try
        {
            var result = await ExternalTool.RunAsync("ffmpeg", Arguments(flac, options.Value.ThinKilobits), s_longest, MaxBytes, clock, CancellationToken.None);
            if (result.ExitCode == 0)
            {
                return result.Output;
            }
            LogFailed(flac, result.Reason);
        }
        catch (Exception error) when (error is IOException or TimeoutException or ToolMissingException or InvalidDataException)
        {
            LogFailed(flac, error.Message);
        }
        finally
        {
            _encoders.Release();
        }
        return null;
    }

    public void Dispose() => _encoders.Dispose();

    // Nobody's impatience ends it: others may wait for the same.
    private async Task<FaultInfo?> EncodeOnceAsync((string Key, int Segment) name, string flac)
    {
        await Task.Yield();
        try
        {
            if (await EncodeAsync(flac) is not { } opus || !MediaKey.TryParse(name.Key, out var key))
            {
                return NotMade;
            }
            cache.WriteThin(key, name.Segment, opus);
            return null;
        }
        catch (IOException error)
        {
            LogFailed(flac, error.Message);
            return NotMade;
        }
        finally
        {
            _encoding.TryRemove(name, out _);
        }
    }

    internal static FaultInfo NotMade => FaultInfo.Of(ErrorCode.MediaBusy, "the thin copy could not be made; try again");

    // Bit-exact: equal samples give equal bytes, for the stream's number would otherwise be drawn at random.
    private static string[] Arguments(string flac, int kilobits) =>
    [
        "-v", "error", "-nostdin", "-protocol_whitelist", "file,pipe", "-f", "flac", "-i", ExternalTool.FileArgument(flac),
        "-filter_complex",
        $"[0:a]asplit=3[a][own][c];[a]atrim=end_sample={LeadSamples},areverse[lead];[c]areverse,atrim=end_sample={TailSamples}[tail];[lead][own][tail]concat=n=3:v=0:a=1[out]",
        "-map", "[out]", "-c:a", "libopus", "-b:a", $"{kilobits}k", "-application", "audio", "-bitexact", "-fflags", "+bitexact", "-f", "ogg", "pipe:1",
    ];

    [LoggerMessage(Level = LogLevel.Warning, Message = "The thin copy of {Segment} could not be made: {Reason}")]
    private partial void LogFailed(string segment, string reason);
}
