using System.Collections.Concurrent;
using Tutti.Protocol;
using Tutti.Server.Library;
using Tutti.Server.Media.Levels;
using Tutti.Server.Rooms;

namespace Tutti.Server.Media;

/// <summary>The library's tracks as rooms see them.</summary>
public sealed class LibraryTrackSource : IDisposable
{
    private readonly MusicLibrary _library;
    private readonly MediaService _media;
    private readonly LevelDesk _levels;
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<string, bool>> _tracksByKey = new();
    private readonly ConcurrentDictionary<string, (LibraryTrack Track, MediaInfo Media)> _unmeasured = new();
    private readonly ConcurrentDictionary<object, Action<string, MediaInfo, SoundGain?>> _listeners = new();

    public LibraryTrackSource(MusicLibrary library, MediaService media, LevelDesk levels)
    {
        (_library, _media, _levels) = (library, media, levels);
        _media.LengthKnown += Announce;
        _levels.Measured += AnnounceLevel;
    }

    public async ValueTask<TrackSummary?> FindAsync(string trackId, CancellationToken ct) =>
        await _library.FindAsync(trackId, ct) is { State: not TrackState.Unreadable } track ? Summary(track) : null;

    public async Task<MediaOutcome> PrepareAsync(string trackId, CancellationToken ct)
    {
        if (await _library.FindAsync(trackId, ct) is not { } track)
        {
            return new MediaOutcome.Failed(FaultInfo.Of(ErrorCode.TrackNotFound, "the library has no such track"));
        }
        var outcome = await _media.PrepareAsync(track.FullPath, track.Channels, ct);
        if (outcome is MediaOutcome.Ready ready)
        {
            outcome = ready with { Gain = await GainAsync(track, ready.Media, ct) };
        }
        if (outcome is MediaOutcome.Ready { Media: { Samples: null } media } unknown)
        {
            _tracksByKey.GetOrAdd(media.Key, _ => new())[trackId] = true;
            // The end may have come before the line above; then nobody else will tell.
            if (_media.CutSamples(media) is { } samples)
            {
                outcome = unknown with { Media = media with { Samples = samples } };
            }
        }
        return outcome;
    }

    public IDisposable OnSoundKnown(Action<string, MediaInfo, SoundGain?> listener)
    {
        var subscription = new Subscription(this);
        _listeners[subscription] = listener;
        return subscription;
    }

    public void Dispose()
    {
        _media.LengthKnown -= Announce;
        _levels.Measured -= AnnounceLevel;
    }

    /// <summary>A track as queues show it.</summary>
    public static TrackSummary Summary(LibraryTrack track) => new(
        track.Id, track.Title, track.Artist, track.Album, track.DurationMicros, track.Cover.Url)
    {
        DiscNumber = track.Tags.DiscNumber ?? 0, TrackNumber = track.Tags.TrackNumber ?? 0,
    };

    private async Task<SoundGain> GainAsync(LibraryTrack track, MediaInfo media, CancellationToken ct)
    {
        if (await _levels.GainAsync(track, ct) is { } gain)
        {
            return gain;
        }
        _unmeasured[track.FullPath] = (track, media);
        _levels.Want(UnmeasuredSound.Of(track));
        return _levels.Provisional();
    }

    private async void AnnounceLevel(string path)
    {
        if (!_unmeasured.TryRemove(path, out var waiting))
        {
            return;
        }
        try
        {
            if (await _levels.GainAsync(waiting.Track, CancellationToken.None) is { } gain)
            {
                Tell(waiting.Track.Id, waiting.Media, gain);
            }
        }
        catch (System.Data.Common.DbException)
        {
            // The provisional gain stays until the track is prepared again.
        }
    }

    private void Tell(string trackId, MediaInfo media, SoundGain? gain)
    {
        foreach (var listener in _listeners.Values)
        {
            listener(trackId, media, gain);
        }
    }

    private void Announce(MediaInfo media)
    {
        if (_tracksByKey.TryRemove(media.Key, out var tracks))
        {
            foreach (var trackId in tracks.Keys)
            {
                Tell(trackId, media, null);
            }
        }
    }

    private sealed class Subscription(LibraryTrackSource owner) : IDisposable
    {
        public void Dispose() => owner._listeners.TryRemove(this, out _);
    }
}
