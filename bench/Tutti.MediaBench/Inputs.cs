using Tutti.Server.Ffmpeg;

namespace Tutti.MediaBench;

/// <summary>Five minutes of the same made-up music in each format, made once.</summary>
internal static class Inputs
{
    private const string Music =
        "aevalsrc='0.25*sin(2*PI*220*t)*(1+0.3*sin(2*PI*3*t))+0.2*sin(2*PI*331*t)*exp(-4*mod(t,0.5))+0.01*(random(0)-0.5)"
        + "|0.25*sin(2*PI*277*t)+0.2*sin(2*PI*554*t)*exp(-4*mod(t,0.5))+0.01*(random(1)-0.5)':s=44100:d=300";

    private static readonly (string Name, string[] Codec)[] s_formats =
    [
        ("five.flac", ["-c:a", "flac", "-sample_fmt", "s16"]),
        ("five.mp3", ["-q:a", "2"]),
        ("five.m4a", ["-b:a", "192k"]),
        ("five.ogg", ["-q:a", "5"]),
        ("five.opus", ["-b:a", "128k"]),
        ("five.wav", ["-c:a", "pcm_s16le"]),
    ];

    public static async Task<IReadOnlyList<string>> MakeAsync(string folder)
    {
        Directory.CreateDirectory(folder);
        var files = new List<string>();
        foreach (var (name, codec) in s_formats)
        {
            var path = Path.Combine(folder, name);
            if (!File.Exists(path))
            {
                await RunAsync(["-v", "error", "-y", "-f", "lavfi", "-i", Music, .. codec, path]);
            }
            files.Add(path);
        }
        return files;
    }

    /// <summary>Runs ffmpeg and gives its output.</summary>
    public static async Task<byte[]> RunAsync(IEnumerable<string> arguments)
    {
        var result = await ExternalTool.RunAsync("ffmpeg", arguments, TimeSpan.FromMinutes(5), int.MaxValue, TimeProvider.System, default);
        return result.ExitCode == 0 ? result.Output : throw new InvalidOperationException(result.Errors);
    }
}
