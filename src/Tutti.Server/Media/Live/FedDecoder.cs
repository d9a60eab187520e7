using System.Diagnostics;
using System.Runtime.InteropServices;
using Tutti.Server.Ffmpeg;
using Tutti.Server.Media.Resampling;

namespace Tutti.Server.Media.Live;

/// <summary>One ffmpeg that is fed a stream as it comes and gives stereo floats at 48 kHz as soon as there are some.</summary>
public sealed class FedDecoder : IAsyncDisposable
{
    /// <summary>Values that a reader must have room for.</summary>
    public const int MostValues = ReadBytes / sizeof(float);

    // ffmpeg's own upmix lowers mono by 3 dB.
    private const string MonoToBothSides = "pan=stereo|c0=c0|c1=c0,";
    private const string Stereo = "aformat=sample_fmts=flt:channel_layouts=stereo";
    private const int FrameBytes = SegmentFormat.Channels * sizeof(float);
    private const int ReadBytes = 1 << 15;

    // What ffmpeg may read before it says what it is: a stream comes no faster than it sounds.
    private const string ProbeBytes = "16384";

    private readonly Process _process;
    private readonly Task<string> _errors;
    private readonly byte[] _bytes = new byte[ReadBytes];
    private Resampler? _resampler;
    private bool _begun;
    private int _left;

    private FedDecoder(Process process)
    {
        _process = process;
        _errors = ExternalTool.ReadErrorsAsync(process);
    }

    /// <summary>Where the stream goes; closing it says that there is no more.</summary>
    public Stream Input => _process.StandardInput.BaseStream;

    /// <summary>Starts decoding.</summary>
    /// <param name="format">ffmpeg's name of what will come; null: it finds out itself.</param>
    /// <param name="channels">1 copies the one channel to both sides; 0 when not known.</param>
    /// <exception cref="ToolMissingException">ffmpeg is not installed.</exception>
    public static FedDecoder Start(string? format, int channels) => new(ExternalTool.StartFed("ffmpeg",
    [
        "-v", "error", "-protocol_whitelist", "pipe", "-probesize", ProbeBytes, "-analyzeduration", "500000",
        .. format is null ? Array.Empty<string>() : ["-f", format], "-i", "pipe:0",
        "-map", "0:a:0", "-vn", "-sn", "-dn", "-af", channels == 1 ? MonoToBothSides + Stereo : Stereo,
        "-c:a", "pcm_f32le", "-f", "wav", "-bitexact", "-flush_packets", "1", "pipe:1",
    ]));

    /// <summary>Reads what there is, waiting for some; answers the values read, two a sample, 0 at the end. Disposing ends the wait.</summary>
    /// <param name="sound">Room for at least <see cref="MostValues"/>.</param>
    /// <exception cref="InvalidDataException">ffmpeg gave something else than it was asked for.</exception>
    public async ValueTask<int> ReadAsync(Memory<float> sound)
    {
        if (!_begun)
        {
            _begun = true;
            if (await WaveHeader.ReadAsync(FillAsync) is not { } rate)
            {
                return 0;
            }
            _resampler = rate == SegmentFormat.SampleRate ? null : new Resampler(rate, firstInput: 0, firstOutput: 0);
        }
        while (true)
        {
            if (_resampler?.Read(sound.Span) is > 0 and var samples)
            {
                return samples * SegmentFormat.Channels;
            }
            var read = await _process.StandardOutput.BaseStream.ReadAsync(_bytes.AsMemory(_left));
            if (read == 0)
            {
                return 0;
            }
            var whole = (_left + read) / FrameBytes * FrameBytes;
            var values = whole / sizeof(float);
            var decoded = MemoryMarshal.Cast<byte, float>(_bytes.AsSpan(0, whole));
            if (_resampler is null)
            {
                decoded.CopyTo(sound.Span);
            }
            else
            {
                _resampler.Write(decoded);
            }
            _left += read - whole;
            _bytes.AsSpan(whole, _left).CopyTo(_bytes);
            if (_resampler is null && values > 0)
            {
                return values;
            }
        }
    }

    /// <summary>The first of ffmpeg's complaints, once it has ended; empty for none.</summary>
    public async Task<string> ReasonAsync() => ExternalTool.FirstLine(await _errors);

    public async ValueTask DisposeAsync()
    {
        ExternalTool.Kill(_process);
        await _process.WaitForExitAsync();
        await _errors;
        _process.Dispose();
    }

    private async Task<int> FillAsync(Memory<byte> buffer) =>
        await _process.StandardOutput.BaseStream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false);
}
