using System.Diagnostics;
using Tutti.Server.Ffmpeg;

namespace Tutti.Server.Media;

/// <summary>
/// One ffmpeg that decodes a whole file, from its start and in order, to 16-bit stereo at 48 kHz. Encoder delay and padding are taken off
/// as the container tells. Sound that already is 16-bit stereo at 48 kHz passes unchanged, bit for bit. Other rates go through a
/// polyphase filter of 128 taps in a Kaiser window (β = 12: what is not sound stays 120 dB down to 20 kHz), and what is finer than 16 bits
/// gets triangular dither from a fixed seed: equal files, equal samples.
/// </summary>
public sealed class PcmDecoder : IAsyncDisposable
{
    // Not the soxr resampler: its own dither is seeded by the clock, so that no two decodes were alike.
    private const string Filters =
        "aresample=48000:filter_size=128:cutoff=0.975:filter_type=kaiser:kaiser_beta=12:dither_method=triangular,"
        + "aformat=sample_fmts=s16:sample_rates=48000:channel_layouts=stereo";

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
    /// <exception cref="ToolMissingException">ffmpeg is not installed.</exception>
    public static PcmDecoder Start(SourceFile file) => new(ExternalTool.Start("ffmpeg", Arguments(file)));

    /// <summary>The settings in full, so that a test can decode just so by itself.</summary>
    public static IReadOnlyList<string> Arguments(SourceFile file) =>
    [
        "-v", "error", "-nostdin", "-protocol_whitelist", "file,pipe", "-i", ExternalTool.FileArgument(file.Path),
        "-map", "0:a:0", "-vn", "-sn", "-dn", "-af", file.Channels == 1 ? MonoToBothSides + Filters : Filters,
        "-c:a", "pcm_s16le", "-f", "s16le", "-flush_packets", "1", "pipe:1",
    ];

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
}
