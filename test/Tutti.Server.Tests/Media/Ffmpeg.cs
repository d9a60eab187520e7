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
        var decoded = MemoryMarshal.Cast<byte, float>(await RunAsync([.. PcmDecoder.Arguments(file)])).ToArray();
        var pcm = new short[decoded.Length];
        var segment = SegmentFormat.SegmentSamples * SegmentFormat.Channels;
        for (var at = 0; at < pcm.Length; at += segment)
        {
            var length = Math.Min(segment, pcm.Length - at);
            SampleRounding.Round(decoded.AsSpan(at, length), pcm.AsSpan(at, length));
        }
        return pcm;
    }

    /// <summary>Decodes one FLAC segment by itself, checking every checksum.</summary>
    public static async Task<short[]> DecodeSegmentAsync(string path)
    {
        var pcm = await RunAsync("-v", "error", "-xerror", "-err_detect", "crccheck+bitstream+explode", "-i", path, "-f", "s16le", "-c:a", "pcm_s16le", "pipe:1");
        return MemoryMarshal.Cast<byte, short>(pcm).ToArray();
    }
}
