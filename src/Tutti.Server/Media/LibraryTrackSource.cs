using System.Collections.Concurrent;
using Tutti.Protocol;
using Tutti.Server.Library;
using Tutti.Server.Rooms;

namespace Tutti.Server.Media;

/// <summary>What rooms see of library and media.</summary>
public sealed class LibraryTrackSource : ITrackSource, IDisposable
{
    private readonly MusicLibrary _library;
    private readonly MediaService _media;
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<string, bool>> _tracksByKey = new();
    private readonly ConcurrentDictionary<object, Action<string, MediaInfo>> _listeners = new();

    public LibraryTrackSource(MusicLibrary library, MediaService media)
    {
        (_library, _media) = (library, media);
        _media.LengthKnown += Announce;
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
        if (outcome is MediaOutcome.Ready { Media: { Samples: null } media })
        {
            _tracksByKey.GetOrAdd(media.Key, _ => new())[trackId] = true;
            // The end may have come before the line above; then nobody else will tell.
            if (_media.CutSamples(media) is { } samples)
            {
                outcome = new MediaOutcome.Ready(media with { Samples = samples });
            }
        }
        return outcome;
    }

    public IDisposable OnLengthKnown(Action<string, MediaInfo> listener)
    {
        var subscription = new Subscription(this);
        _listeners[subscription] = listener;
        return subscription;
    }

    public void Dispose() => _media.LengthKnown -= Announce;

    /// <summary>A track as queues show it.</summary>
    public static TrackSummary Summary(LibraryTrack track) => new(
        track.Id, track.Title, track.Artist, track.Album, track.DurationMicros, track.Cover.Url);

    private void Announce(MediaInfo media)
    {
        if (_tracksByKey.TryRemove(media.Key, out var tracks))
        {
            foreach (var trackId in tracks.Keys)
            {
                foreach (var listener in _listeners.Values)
                {
                    listener(trackId, media);
                }
            }
        }
    }

    private sealed class Subscription(LibraryTrackSource owner) : IDisposable
    {
        public void Dispose() => owner._listeners.TryRemove(this, out _);
    }
}
