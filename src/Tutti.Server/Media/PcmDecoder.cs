using System.Diagnostics;
using System.Globalization;
using Tutti.Server.Ffmpeg;

namespace Tutti.Server.Media;

/// <summary>
/// One ffmpeg that decodes a file in order, from its start or from the start of a segment, to stereo floats at 48 kHz. Encoder delay and
/// padding are taken off as the container tells. Sound that is at 48 kHz already passes unchanged; other rates go through a polyphase
/// filter of 128 taps in a Kaiser window (β = 12: what is not sound stays 120 dB down to 20 kHz).
/// </summary>
/// <remarks>
/// A segment begins at a whole second, which is a whole number of samples at every rate; there the filter is in the same phase as at the
/// start. A decoder that is set down in the middle begins a segment earlier, and what it gives until then, while codec and filter are
/// without their past, is dropped.
/// </remarks>
public sealed class PcmDecoder : IAsyncDisposable
{
    /// <summary>Bytes of one sample as it comes out: two floats, little-endian.</summary>
    public const int BytesPerSample = SegmentFormat.Channels * sizeof(float);

    // Not the soxr resampler: its own dither is seeded by the clock, so that no two decodes were alike.
    private const string Filters =
        "aresample=48000:filter_size=128:cutoff=0.975:filter_type=kaiser:kaiser_beta=12,"
        + "aformat=sample_fmts=flt:sample_rates=48000:channel_layouts=stereo";

    // ffmpeg's own upmix lowers mono by 3 dB.
    private const string MonoToBothSides = "pan=stereo|c0=c0|c1=c0,";

    private readonly Process _process;
    private readonly Task<string> _errors;

    private PcmDecoder(Process process)
    {
        _process = process;
        _errors = ExternalTool.ReadErrorsAsync(process);
    }

    /// <summary>Starts decoding.</summary>
    /// <param name="firstSegment">The segment whose first sample comes out first.</param>
    /// <exception cref="ToolMissingException">ffmpeg is not installed.</exception>
    public static PcmDecoder Start(SourceFile file, int firstSegment = 0) => new(ExternalTool.Start("ffmpeg", Arguments(file, firstSegment)));

    /// <summary>The settings in full, so that a test can decode just so by itself.</summary>
    public static IReadOnlyList<string> Arguments(SourceFile file, int firstSegment = 0)
    {
        var filters = file.Channels == 1 ? MonoToBothSides + Filters : Filters;
        return
        [
            "-v", "error", "-nostdin", "-protocol_whitelist", "file,pipe",
            .. RunUp(firstSegment),
            "-i", ExternalTool.FileArgument(file.Path),
            "-map", "0:a:0", "-vn", "-sn", "-dn",
            "-af", firstSegment > 0 ? $"{filters},atrim=start_sample={SegmentFormat.SegmentSamples}" : filters,
            "-c:a", "pcm_f32le", "-f", "f32le", "-flush_packets", "1", "pipe:1",
        ];
    }

    /// <summary>Reads until <paramref name="buffer"/> is full or the sound ends; answers the bytes read.</summary>
    /// <remarks>A pipe read can't be called off on every system, so <paramref name="ct"/> ends the process, which ends the read.</remarks>
    public async Task<int> FillAsync(Memory<byte> buffer, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        await using var end = ct.UnsafeRegister(static process => ExternalTool.Kill((Process)process!), _process);
        var read = await _process.StandardOutput.BaseStream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, CancellationToken.None);
        ct.ThrowIfCancellationRequested();
        return read;
    }

    /// <summary>Waits for the process after its sound has ended. Exit code 0 when it found nothing wrong, and the first of its complaints.</summary>
    public async Task<(int ExitCode, string Reason)> EndAsync(CancellationToken ct)
    {
        await using var end = ct.UnsafeRegister(static process => ExternalTool.Kill((Process)process!), _process);
        await _process.WaitForExitAsync(CancellationToken.None);
        ct.ThrowIfCancellationRequested();
        return (_process.ExitCode, ExternalTool.FirstLine(await _errors));
    }

    public async ValueTask DisposeAsync()
    {
        ExternalTool.Kill(_process);
        await _process.WaitForExitAsync();
        await _errors;
        _process.Dispose();
    }

    private static string[] RunUp(int firstSegment) =>
        firstSegment > 1 ? ["-ss", ((firstSegment - 1) * SegmentFormat.SegmentSeconds).ToString(CultureInfo.InvariantCulture)] : [];
}
