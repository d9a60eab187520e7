using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Tutti.Server.Ffmpeg;
using Tutti.Server.Media.Resampling;

namespace Tutti.Server.Media;

/// <summary>
/// One ffmpeg that decodes a file in order, from its start or from the start of a segment, to stereo floats at 48 kHz. Encoder delay and
/// padding are taken off as the file tells. Sound that is at 48 kHz already passes unchanged; other rates are resampled here.
/// </summary>
/// <remarks>
/// A segment begins at a whole second, which is a whole number of samples at every rate. A decoder that is set down in the middle begins a
/// segment earlier, and what it gives until then, while the codec is without its past, is dropped.
/// </remarks>
public sealed class PcmDecoder : IAsyncDisposable
{
    // ffmpeg's own upmix lowers mono by 3 dB.
    private const string MonoToBothSides = "pan=stereo|c0=c0|c1=c0,";
    private const string Stereo = "aformat=sample_fmts=flt:channel_layouts=stereo";
    private const int BytesPerSample = SegmentFormat.Channels * sizeof(float);
    private const int ReadSamples = 1 << 14;

    private readonly Process _process;
    private readonly Task<string> _errors;
    private readonly int _firstSegment;
    private readonly DeclaredLength? _length;
    private readonly byte[] _bytes = new byte[ReadSamples * BytesPerSample];
    private Resampler? _resampler;
    private bool _begun;
    private long _samplesLeft = long.MaxValue;

    private PcmDecoder(Process process, int firstSegment, DeclaredLength? length)
    {
        (_process, _firstSegment, _length) = (process, firstSegment, length);
        _errors = ExternalTool.ReadErrorsAsync(process);
    }

    /// <summary>Starts decoding.</summary>
    /// <param name="firstSegment">The segment whose first sample comes out first.</param>
    /// <exception cref="ToolMissingException">ffmpeg is not installed.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static PcmDecoder Start(SourceFile file, int firstSegment = 0)
    {
        var length = DeclaredLength.OfFile(file.Path);
        return new PcmDecoder(ExternalTool.Start("ffmpeg", Arguments(file, firstSegment)), firstSegment, length);
    }

    /// <summary>Reads until <paramref name="sound"/> is full or there is no more; answers the values read, two a sample.</summary>
    /// <remarks>A pipe read can't be called off on every system, so <paramref name="ct"/> ends the process, which ends the read.</remarks>
    /// <exception cref="InvalidDataException">ffmpeg gave something else than it was asked for.</exception>
    public async Task<int> FillAsync(Memory<float> sound, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        await using var end = ct.UnsafeRegister(static process => ExternalTool.Kill((Process)process!), _process);
        if (!_begun)
        {
            _begun = true;
            await BeginAsync();
        }
        var done = 0;
        while (done < sound.Length)
        {
            if (_resampler is not null)
            {
                done += SegmentFormat.Channels * _resampler.Read(sound.Span[done..]);
                if (done == sound.Length)
                {
                    break;
                }
            }
            var wanted = _resampler is null ? Math.Min(ReadSamples, (sound.Length - done) / SegmentFormat.Channels) : ReadSamples;
            var values = await ReadAsync(wanted);
            if (_resampler is null)
            {
                Values(values).CopyTo(sound.Span[done..]);
                done += values;
            }
            else if (values > 0)
            {
                _resampler.Write(Values(values));
            }
            else
            {
                _resampler.End();
                done += SegmentFormat.Channels * _resampler.Read(sound.Span[done..]);
            }
            if (values == 0)
            {
                break;
            }
        }
        ct.ThrowIfCancellationRequested();
        return done;
    }

    /// <summary>Waits for the process after its sound has ended. Exit code 0 when it found nothing wrong, and the first of its complaints.</summary>
    public async Task<(int ExitCode, string Reason)> EndAsync(CancellationToken ct)
    {
        await using var end = ct.UnsafeRegister(static process => ExternalTool.Kill((Process)process!), _process);
        while (await ReadPipeAsync(_bytes) == _bytes.Length)
        {
            // What lies beyond the declared length: read, or it would wait for us for ever.
        }
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

    private static string[] Arguments(SourceFile file, int firstSegment) =>
    [
        "-v", "error", "-nostdin", "-protocol_whitelist", "file,pipe",
        .. firstSegment > 1 ? ["-ss", ((firstSegment - 1) * SegmentFormat.SegmentSeconds).ToString(CultureInfo.InvariantCulture)] : Array.Empty<string>(),
        "-i", ExternalTool.FileArgument(file.Path),
        "-map", "0:a:0", "-vn", "-sn", "-dn", "-af", file.Channels == 1 ? MonoToBothSides + Stereo : Stereo,
        "-c:a", "pcm_f32le", "-f", "wav", "-bitexact", "-flush_packets", "1", "pipe:1",
    ];

    private async Task BeginAsync()
    {
        if (await WaveHeader.ReadAsync(ReadPipeAsync) is not { } rate)
        {
            _samplesLeft = 0;
            return;
        }
        var runUpSegments = Math.Min(_firstSegment, 1);
        var first = (_firstSegment - runUpSegments) * (long)SegmentFormat.SegmentSeconds * rate;
        _samplesLeft = _length is null ? long.MaxValue : Math.Max(0, _length.SamplesAt(rate) - first);
        if (rate != SegmentFormat.SampleRate)
        {
            _resampler = new Resampler(rate, first, _firstSegment * (long)SegmentFormat.SegmentSamples);
            return;
        }
        for (var left = runUpSegments * SegmentFormat.SegmentSamples; left > 0;)
        {
            var values = await ReadAsync(Math.Min(left, ReadSamples));
            left -= values / SegmentFormat.Channels;
            if (values == 0)
            {
                break;
            }
        }
    }

    // Answers values; 0 at the end.
    private async Task<int> ReadAsync(int samples)
    {
        samples = (int)Math.Min(samples, _samplesLeft);
        if (samples == 0)
        {
            return 0;
        }
        var read = await ReadPipeAsync(_bytes.AsMemory(0, samples * BytesPerSample)) / BytesPerSample;
        _samplesLeft = read < samples ? 0 : _samplesLeft - read;
        return read * SegmentFormat.Channels;
    }

    private async Task<int> ReadPipeAsync(Memory<byte> buffer) =>
        await _process.StandardOutput.BaseStream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, CancellationToken.None);

    private ReadOnlySpan<float> Values(int count) => MemoryMarshal.Cast<byte, float>(_bytes.AsSpan(0, count * sizeof(float)));
}
