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

    public async Task<FileReading> ReadAsync(string path, CancellationToken ct)
    {
        if (_unusable)
        {
            return await ffprobe.ReadAsync(path, ct);
        }
        using var timer = new CancellationTokenSource(TimeSpan.FromSeconds(options.Value.ProbeLimitSeconds), clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, ct);
        ReaderProcess? reader = null;
        try
        {
            reader = _waiting.TryTake(out var waiting) ? waiting : await ReaderProcess.StartAsync(either.Token);
            var reading = await reader.ReadAsync(path, either.Token);
            if (reader.Asked < FilesPerProcess)
            {
                _waiting.Add(reader);
                reader = null;
            }
            return Of(reading);
        }
        catch (ReaderUnusableException error)
        {
            if (!_unusable)
            {
                _unusable = true;
                LogUnusable(error.Message);
            }
            return await ffprobe.ReadAsync(path, ct);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new FileReading.Unreadable($"its tags could not be read within {options.Value.ProbeLimitSeconds} s");
        }
        catch (Exception error) when (error is IOException or InvalidDataException)
        {
            LogBroke(path, error.Message);
            return new FileReading.Unreadable("the tag reader broke on it");
        }
        finally
        {
            reader?.Dispose();
        }
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
