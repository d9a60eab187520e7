using System.Runtime.InteropServices;
using Tutti.Server.Ffmpeg;
using Tutti.Server.Media;

namespace Tutti.Server.Tests.Media;

/// <summary>Makes the files that tests play, and decodes what comes of them.</summary>
internal static class Ffmpeg
{
    // 5.3 s: two whole segments and a part of a third. Two voices, unlike on both sides, with noise so that nothing repeats.
    public const double Seconds = 5.3;

    public static string Music(int rate, double seconds = Seconds) =>
        $"aevalsrc='0.3*sin(2*PI*220*t)+0.1*sin(2*PI*880*t*(1+0.1*t))+0.02*(random(0)-0.5)|0.3*sin(2*PI*277*t)+0.02*(random(1)-0.5)':s={rate}:d={seconds}";

    public static async Task MakeAsync(string target, string source, params string[] codec) =>
        await RunAsync(["-v", "error", "-y", "-f", "lavfi", "-i", source, .. codec, target]);

    public static async Task<byte[]> RunAsync(params string[] arguments)
    {
        var result = await ExternalTool.RunAsync(
            "ffmpeg", arguments, TimeSpan.FromSeconds(60), int.MaxValue, TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.True(result.ExitCode == 0, result.Errors);
        return result.Output;
    }

    /// <summary>A whole file, decoded from its start in one go and rounded as the cutter does.</summary>
    public static async Task<short[]> DecodeAsync(SourceFile file)
    {
        await using var decoder = PcmDecoder.Start(file);
        var pcm = new List<short>();
        var sound = new float[SegmentFormat.SegmentSamples * SegmentFormat.Channels];
        var rounded = new short[sound.Length];
        for (int read; (read = await decoder.FillAsync(sound, TestContext.Current.CancellationToken)) > 0;)
        {
            SampleRounding.Round(sound.AsSpan(0, read), rounded);
            pcm.AddRange(rounded.AsSpan(0, read));
        }
        return [.. pcm];
    }

    /// <summary>Segments one after the other, decoded in one go.</summary>
    public static async Task<short[]> JoinAsync(TestFolder folder, List<byte[]> segments)
    {
        var list = new List<string> { "ffconcat version 1.0" };
        for (var i = 0; i < segments.Count; i++)
        {
            await File.WriteAllBytesAsync(folder.Within($"segment{i}.flac"), segments[i], TestContext.Current.CancellationToken);
            list.Add($"file segment{i}.flac");
        }
        await File.WriteAllLinesAsync(folder.Within("list"), list, TestContext.Current.CancellationToken);
        return MemoryMarshal.Cast<byte, short>(await RunAsync("-v", "error", "-f", "concat", "-i", folder.Within("list"), "-f", "s16le", "pipe:1")).ToArray();
    }

    /// <summary>Decodes one FLAC segment by itself, checking every checksum.</summary>
    public static async Task<short[]> DecodeSegmentAsync(string path)
    {
        var pcm = await RunAsync("-v", "error", "-xerror", "-err_detect", "crccheck+bitstream+explode", "-i", path, "-f", "s16le", "-c:a", "pcm_s16le", "pipe:1");
        return MemoryMarshal.Cast<byte, short>(pcm).ToArray();
    }
}
