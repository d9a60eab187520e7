using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Tutti.Server.Library.Tags;
using Tutti.TagReader;

namespace Tutti.Server.Library.Reading;

/// <summary>
/// Tags by libavformat in processes of their own (docs/decisions/0011): many files to a process, as many processes as are asked at once. One that
/// breaks on a file, or takes too long, costs that file alone. Where libavformat is none that is known, ffprobe reads instead, right but slowly.
/// </summary>
public sealed partial class TagReaders(FfprobeReader ffprobe, IOptions<LibraryOptions> options, TimeProvider clock, ILogger<TagReaders> logger)
    : ITagReader, IDisposable
{
    // What a native library loses in memory over the years ends with its process.
    private const int FilesPerProcess = 5_000;
    private readonly ConcurrentBag<ReaderProcess> _waiting = [];
    private volatile bool _unusable;

    public async Task<FileReading> ReadAsync(string path, CancellationToken ct) => (await ReadAsync([path], ct))[0];

    /// <inheritdoc/>
    /// <remarks>All are asked for at once, so that the process has its next file when it is done with one.</remarks>
    public async Task<IReadOnlyList<FileReading>> ReadAsync(IReadOnlyList<string> paths, CancellationToken ct)
    {
        var readings = new List<FileReading>(paths.Count);
        while (readings.Count < paths.Count)
        {
            if (_unusable || !Read(paths, readings, ct))
            {
                readings.Add(await ffprobe.ReadAsync(paths[readings.Count], ct));
            }
        }
        return readings;
    }

    /// <summary>Adds the readings of what is not read yet, as far as one process gets: the file that ends it has its reason, those behind it come next.</summary>
    /// <returns>False when there is no process to be had.</returns>
    private bool Read(IReadOnlyList<string> paths, List<FileReading> readings, CancellationToken ct)
    {
        var limit = TimeSpan.FromSeconds(options.Value.ProbeLimitSeconds);
        using var timer = new CancellationTokenSource(limit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, ct);
        ReaderProcess? reader = null;
        try
        {
            reader = _waiting.TryTake(out var waiting) ? waiting : ReaderProcess.Start(either.Token);
            foreach (var path in paths.Skip(readings.Count))
            {
                reader.Ask(path);
            }
            while (readings.Count < paths.Count)
            {
                // For each file, and not for all.
                timer.CancelAfter(limit);
                readings.Add(Of(reader.Answer(either.Token)));
            }
            if (reader.Asked < FilesPerProcess)
            {
                _waiting.Add(reader);
                reader = null;
            }
        }
        catch (ReaderUnusableException error)
        {
            if (!_unusable)
            {
                _unusable = true;
                LogUnusable(error.Message);
            }
            return false;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            readings.Add(new FileReading.Unreadable($"its tags could not be read within {options.Value.ProbeLimitSeconds} s"));
        }
        catch (Exception error) when (error is IOException or InvalidDataException)
        {
            LogBroke(paths[readings.Count], error.Message);
            readings.Add(new FileReading.Unreadable("the tag reader broke on it"));
        }
        finally
        {
            reader?.Dispose();
        }
        return true;
    }

    /// <summary>Ends the processes that wait for files.</summary>
    public void Rest()
    {
        while (_waiting.TryTake(out var reader))
        {
            reader.Dispose();
        }
    }

    public void Dispose() => Rest();

    private static FileReading Of(RawReading reading) => reading switch
    {
        RawReading.Sound sound => new FileReading.Sound(
            new SoundFormat(sound.DurationMicros, sound.Channels, sound.SampleRate, (int)Math.Min(sound.BitRate, int.MaxValue), sound.Codec),
            TagReading.Of(sound.Tags), sound.PictureHash),
        RawReading.Unreadable(var reason) => new FileReading.Unreadable(reason),
        _ => throw new InvalidOperationException("a reading that is none"),
    };

    [LoggerMessage(Level = LogLevel.Warning, Message = "Tags are read by ffprobe, which is many times slower: {Reason}")]
    private partial void LogUnusable(string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "The tag reader broke on {Path}: {Reason}")]
    private partial void LogBroke(string path, string reason);
}
