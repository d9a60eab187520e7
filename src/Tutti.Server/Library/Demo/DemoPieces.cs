using System.Reflection;
using System.Runtime.InteropServices;
using Tutti.Server.Ffmpeg;

namespace Tutti.Server.Library.Demo;

/// <summary>Makes the demo pieces from their scores: tagged FLAC with a cover, all or none, once.</summary>
public sealed partial class DemoPieces(TimeProvider clock, ILogger<DemoPieces> logger)
{
    private const string ScorePrefix = "Tutti.Demo.";
    private static readonly TimeSpan s_encoderLimit = TimeSpan.FromMinutes(2);

    /// <summary>The scores that come with the program, by number.</summary>
    /// <exception cref="FormatException">A score has a fault; the message names file and line.</exception>
    public static IReadOnlyList<Score> Scores()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return
        [
            .. assembly.GetManifestResourceNames().Where(name => name.StartsWith(ScorePrefix, StringComparison.Ordinal)).Select(name =>
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
                try
                {
                    return ScoreReader.Read(reader.ReadToEnd());
                }
                catch (FormatException error)
                {
                    throw new FormatException($"{name[ScorePrefix.Length..]}: {error.Message}", error);
                }
            }).OrderBy(score => score.Number),
        ];
    }

    /// <summary>Makes the folder with all pieces unless it is there.</summary>
    /// <exception cref="IOException">The folder can't be written, or ffmpeg failed.</exception>
    /// <exception cref="ToolMissingException">ffmpeg is not installed.</exception>
    public async Task EnsureAsync(string folder, CancellationToken ct)
    {
        if (Directory.Exists(folder))
        {
            return;
        }
        var start = clock.GetTimestamp();
        var unfinished = $"{folder}.{Guid.NewGuid():N}.tmp";
        Directory.CreateDirectory(unfinished);
        try
        {
            var scores = Scores();
            // Longest first, so that two cores end together.
            await Parallel.ForEachAsync(
                scores.OrderByDescending(score => score.Seconds),
                new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = ct },
                async (score, stop) => await MakeAsync(score, unfinished, stop));
            Directory.Move(unfinished, folder);
            var elapsed = clock.GetElapsedTime(start);
            LogMade(scores.Count, elapsed.TotalSeconds);
        }
        finally
        {
            if (Directory.Exists(unfinished))
            {
                Directory.Delete(unfinished, recursive: true);
            }
        }
    }

    private async Task MakeAsync(Score score, string folder, CancellationToken ct)
    {
        var name = $"{score.Number:D2} - {score.Title}";
        var sound = Path.Combine(folder, name + ".f32");
        var cover = Path.Combine(folder, name + ".ppm");
        // A thread of its own: seconds of arithmetic would hold up requests that wait for the pool.
        await Task.Factory.StartNew(() => WriteSound(score, sound), ct, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        await File.WriteAllBytesAsync(cover, CoverArt.Draw(score), ct);
        string[] arguments =
        [
            "-v", "error", "-nostdin", "-f", "f32le", "-ar", "48000", "-ac", "2", "-i", ExternalTool.FileArgument(sound),
            "-i", ExternalTool.FileArgument(cover), "-map", "0:a", "-map", "1:v", "-af", "aresample=dither_method=triangular",
            "-sample_fmt", "s16", "-c:a", "flac", "-c:v", "mjpeg", "-q:v", "2", "-pix_fmt", "yuvj420p", "-disposition:v", "attached_pic",
            "-metadata", $"title={score.Title}", "-metadata", "artist=Tutti", "-metadata", "album=Tutti Demo", "-metadata", "album_artist=Tutti",
            "-metadata", $"track={score.Number}", "-metadata", $"date={score.Year}", "-metadata", "genre=Demo",
            ExternalTool.FileArgument(Path.Combine(folder, name + ".flac")),
        ];
        var result = await ExternalTool.RunAsync("ffmpeg", arguments, s_encoderLimit, maxOutputBytes: 4096, clock, ct);
        if (result.ExitCode != 0)
        {
            throw new IOException($"{name} could not be written: {result.Reason}");
        }
        File.Delete(sound);
        File.Delete(cover);
    }

    private static void WriteSound(Score score, string path)
    {
        var (left, right) = PieceRenderer.Render(score);
        var interleaved = new float[left.Length * 2];
        for (var i = 0; i < left.Length; i++)
        {
            interleaved[2 * i] = left[i];
            interleaved[(2 * i) + 1] = right[i];
        }
        File.WriteAllBytes(path, MemoryMarshal.AsBytes(interleaved.AsSpan()));
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Made {Count} demo pieces in {Seconds:0.0} s")]
    private partial void LogMade(int count, double seconds);
}
