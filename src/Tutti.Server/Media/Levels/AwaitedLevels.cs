using System.Collections.Concurrent;
using Tutti.Protocol;
using Tutti.Server.Library;
using Tutti.Server.Rooms;

namespace Tutti.Server.Media.Levels;

/// <summary>
/// Tracks that rooms have with a provisional gain, by the path of their file: what is to be measured before all else, and whom to tell when it is.
/// </summary>
public sealed partial class AwaitedLevels(LevelDesk desk, SoundNews news, ILogger<AwaitedLevels> logger)
{
    private const int MostWanted = 1_000;

    private readonly ConcurrentQueue<UnmeasuredSound> _wanted = new();
    private readonly ConcurrentDictionary<string, Awaited> _byPath = new(StringComparer.Ordinal);

    /// <summary>The gain of a library's track; a provisional one until it is measured, which is told as news.</summary>
    public Task<SoundGain> GainAsync(LibraryTrack track, MediaInfo media, CancellationToken ct) =>
        GainAsync(new Awaited(track.Id, media, token => desk.GainAsync(track, token)), UnmeasuredSound.Of(track), ct);

    /// <summary>The same for a file that is in no library.</summary>
    public Task<SoundGain> GainAsync(string trackId, UnmeasuredSound sound, MediaInfo media, CancellationToken ct) =>
        GainAsync(new Awaited(trackId, media, token => desk.GainAsync(sound.File, token)), sound, ct);

    /// <summary>The next sound to be measured before all others; null without any.</summary>
    internal UnmeasuredSound? NextWanted() => _wanted.TryDequeue(out var sound) ? sound : null;

    /// <summary>Tells what is known of a file whose measuring is over, if anybody awaits it.</summary>
    /// <exception cref="OperationCanceledException">The server ends; all else is logged.</exception>
    internal async Task TellAsync(string path, CancellationToken ct)
    {
        if (!_byPath.TryRemove(path, out var awaited))
        {
            return;
        }
        try
        {
            if (await awaited.Gain(ct) is { } gain)
            {
                news.Tell(awaited.TrackId, awaited.Media, gain);
            }
        }
        // Whatever it is, a gain that stays provisional until the track is prepared again is no reason to stop measuring.
        catch (Exception error) when (!ct.IsCancellationRequested)
        {
            LogNotTold(error, path);
        }
    }

    private async Task<SoundGain> GainAsync(Awaited awaited, UnmeasuredSound sound, CancellationToken ct)
    {
        if (await awaited.Gain(ct) is { } gain)
        {
            return gain;
        }
        _byPath[sound.File.Path] = awaited;
        if (_wanted.Count < MostWanted)
        {
            _wanted.Enqueue(sound);
        }
        return desk.Provisional();
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The loudness of {Path} could not be told")]
    private partial void LogNotTold(Exception error, string path);

    private sealed record Awaited(string TrackId, MediaInfo Media, Func<CancellationToken, Task<SoundGain?>> Gain);
}
