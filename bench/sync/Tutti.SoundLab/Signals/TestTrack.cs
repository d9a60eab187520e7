using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Tutti.SoundLab.Signals;

/// <summary>
/// The music that is played and looked for: noise between 150 Hz and 6 kHz. Any 85 ms of it occur once in the whole track, so what a
/// player sounds says where in the track it is, even when players are seconds apart.
/// </summary>
public sealed class TestTrack
{
    /// <summary>Samples a second of every signal in this program.</summary>
    public const int SampleRate = 48_000;

    private const double Loudness = 0.12;
    private const float Ceiling = 0.95f;

    // The two sections of a fourth-order Butterworth filter.
    private static readonly double[] s_qualities = [0.541_196_1, 1.306_563];

    private readonly short[] _pcm;

    public TestTrack(ulong seed, TimeSpan length)
        : this(seed, Make(seed, length))
    {
    }

    internal TestTrack(ulong seed, short[] pcm)
    {
        (Seed, _pcm) = (seed, pcm);
        Samples = Array.ConvertAll(_pcm, sample => sample / 32768f);
    }

    public ulong Seed { get; }

    public string Title => $"Lab noise {Seed}";

    /// <summary>Both channels are this, from −1 to 1, exactly as a 16-bit file holds it.</summary>
    public float[] Samples { get; }

    /// <summary>Stereo 16-bit little-endian, for players that want it raw.</summary>
    public byte[] StereoPcm()
    {
        var stereo = new short[_pcm.Length * 2];
        for (var i = 0; i < _pcm.Length; i++)
        {
            stereo[2 * i] = stereo[2 * i + 1] = _pcm[i];
        }

        return MemoryMarshal.AsBytes(stereo.AsSpan()).ToArray();
    }

    /// <summary>Writes the track as a tagged FLAC file. Needs ffmpeg.</summary>
    /// <exception cref="InvalidOperationException">ffmpeg failed; the message quotes it.</exception>
    public async Task<string> WriteFlacAsync(string folder, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, $"lab-noise-{Seed}.flac");
        await EncodeAsync(path, StereoPcm(), Title, 1, cancellation);
        return path;
    }

    /// <summary>Writes the track as an album of so many files that are it again when played one after the other; answers their titles. Needs ffmpeg.</summary>
    /// <exception cref="InvalidOperationException">ffmpeg failed; the message quotes it.</exception>
    public async Task<IReadOnlyList<string>> WriteAlbumAsync(string folder, int pieces, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        var pcm = StereoPcm();
        List<string> titles = [];
        for (var piece = 0; piece < pieces; piece++)
        {
            var (from, to) = (CutAt(piece, pieces), CutAt(piece + 1, pieces));
            titles.Add($"{Title}, piece {piece + 1:00}");
            await EncodeAsync(Path.Combine(folder, $"lab-noise-{Seed}-{piece + 1:00}.flac"), pcm.AsMemory(4 * from, 4 * (to - from)), titles[piece], piece + 1, cancellation);
        }

        return titles;
    }

    /// <summary>First sample of one of so many pieces. Their lengths are no multiple of anything.</summary>
    public int CutAt(int piece, int pieces) =>
        piece == 0 ? 0 : piece == pieces ? _pcm.Length : (int)((long)_pcm.Length * piece / pieces) + (piece * 37 % 101);

    private static async Task EncodeAsync(string path, ReadOnlyMemory<byte> pcm, string title, int number, CancellationToken cancellation)
    {
        ProcessStartInfo start = new("ffmpeg")
        {
            RedirectStandardInput = true,
            RedirectStandardError = true,
            ArgumentList =
            {
                "-v", "error", "-y", "-f", "s16le", "-ar", $"{SampleRate}", "-ac", "2", "-i", "pipe:0",
                "-metadata", $"title={title}", "-metadata", "artist=Sound lab", "-metadata", "album=Noise", "-metadata", $"track={number}", path,
            },
        };
        using var ffmpeg = Process.Start(start) ?? throw new InvalidOperationException("ffmpeg did not start");
        var complaint = ffmpeg.StandardError.ReadToEndAsync(cancellation);
        await ffmpeg.StandardInput.BaseStream.WriteAsync(pcm, cancellation);
        ffmpeg.StandardInput.Close();
        await ffmpeg.WaitForExitAsync(cancellation);
        if (ffmpeg.ExitCode != 0)
        {
            throw new InvalidOperationException($"ffmpeg: {await complaint}");
        }
    }

    private static short[] Make(ulong seed, TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.FromSeconds(1));
        var length = (int)(time.TotalSeconds * SampleRate);
        NoiseSource noise = new(seed);
        Biquad[] filters =
        [
            .. s_qualities.Select(quality => Biquad.HighPass(150, quality, SampleRate)),
            .. s_qualities.Select(quality => Biquad.LowPass(6_000, quality, SampleRate)),
        ];
        var shaped = new double[length];
        var power = 0.0;
        for (var i = 0; i < length; i++)
        {
            var value = noise.Next();
            foreach (var filter in filters)
            {
                value = filter.Step(value);
            }

            shaped[i] = value;
            power += value * value;
        }

        var gain = Loudness / Math.Sqrt(power / length);
        return Array.ConvertAll(shaped, value => (short)Math.Round(Math.Clamp(value * gain, -Ceiling, Ceiling) * 32767));
    }
}
