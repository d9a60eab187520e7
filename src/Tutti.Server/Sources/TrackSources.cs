using System.Collections.Concurrent;
using Tutti.Protocol;
using Tutti.Server.Media;
using Tutti.Server.Media.Levels;
using Tutti.Server.Rooms;
using Tutti.Server.Sources.Embedded;
using Tutti.Server.Sources.Radio;

namespace Tutti.Server.Sources;

/// <summary>All that rooms can play: the library's tracks, those from links, and those that services play themselves.</summary>
public sealed class TrackSources : ITrackSource, IDisposable
{
    private readonly LibraryTrackSource _library;
    private readonly LinkTracks _links;
    private readonly MediaService _media;
    private readonly LevelDesk _levels;
    private readonly RadioStations _radio;
    private readonly EmbeddedTracks _embedded;
    private readonly ConcurrentDictionary<string, string> _linksByKey = new();
    private readonly ConcurrentDictionary<string, (string TrackId, LevelledFile File, MediaInfo Media)> _unmeasured = new();
    private readonly ConcurrentDictionary<object, Action<string, MediaInfo, SoundGain?>> _listeners = new();

    public TrackSources(LibraryTrackSource library, LinkTracks links, MediaService media, LevelDesk levels, RadioStations radio, EmbeddedTracks embedded)
    {
        (_library, _links, _media, _levels, _radio, _embedded) = (library, links, media, levels, radio, embedded);
        _media.LengthKnown += Announce;
        _levels.Measured += AnnounceLevel;
        _embedded.Changed += Announce;
    }

    public ValueTask<TrackSummary?> FindAsync(string trackId, CancellationToken ct) => EmbeddedTrack.IsId(trackId) ? new(_embedded.Find(trackId)?.Summary())
        : !LinkTracks.IsLink(trackId)
        ? _library.FindAsync(trackId, ct)
        : new(_links.Find(trackId) is { } track ? new TrackSummary(track.Id, track.Title, track.Artist, track.Album, track.DurationMicros, null, track.Live) : null);

    public async Task<MediaOutcome> PrepareAsync(string trackId, CancellationToken ct)
    {
        if (EmbeddedTrack.IsId(trackId))
        {
            return PrepareEmbedded(trackId);
        }
        if (!LinkTracks.IsLink(trackId))
        {
            return await _library.PrepareAsync(trackId, ct);
        }
        if (_links.Find(trackId) is not { } track)
        {
            return new MediaOutcome.Failed(FaultInfo.Of(ErrorCode.TrackNotFound, "this link was never added"));
        }
        if (track.Live)
        {
            var live = await _radio.PrepareAsync(track, ct);
            return live is MediaOutcome.Ready begun ? begun with { Gain = _levels.Provisional() } : live;
        }
        try
        {
            var path = await _links.FileAsync(track, ct);
            var outcome = await _media.PrepareAsync(path, track.Channels, ct);
            if (outcome is not MediaOutcome.Ready { Media: var media } ready)
            {
                return outcome;
            }
            _linksByKey[media.Key] = trackId;
            return ready with { Media = media with { Samples = media.Samples ?? _media.CutSamples(media) }, Gain = await GainAsync(track, path, media, ct) };
        }
        catch (LinkException error)
        {
            return new MediaOutcome.Failed(FaultInfo.Of(error.Code, error.Message));
        }
    }

    public IDisposable OnSoundKnown(Action<string, MediaInfo, SoundGain?> listener)
    {
        var subscription = new Subscription(this, _library.OnSoundKnown(listener));
        _listeners[subscription] = listener;
        return subscription;
    }

    public IDisposable OnDescribed(Action<TrackSummary> listener)
    {
        void Tell(EmbeddedTrack track) => listener(track.Summary());
        _embedded.Changed += Tell;
        return new EndOf(() => _embedded.Changed -= Tell);
    }

    // Notes are files: whoever asked is a socket's reader, which must not wait for a disk.
    public void Learn(string trackId, LoadedFacts facts) => Task.Run(() => _embedded.Learn(trackId, facts));

    public IDisposable OnStationNews(Action<StationNews> listener)
    {
        _radio.News += listener;
        return new EndOf(() => _radio.News -= listener);
    }

    public void Dispose()
    {
        _media.LengthKnown -= Announce;
        _levels.Measured -= AnnounceLevel;
        _embedded.Changed -= Announce;
    }

    private async Task<SoundGain> GainAsync(LinkTrack track, string path, MediaInfo media, CancellationToken ct)
    {
        var kept = new FileInfo(path);
        var file = new LevelledFile(path, kept.Length, (kept.LastWriteTimeUtc - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond);
        if (await _levels.GainAsync(file, ct) is { } gain)
        {
            return gain;
        }
        _unmeasured[path] = (track.Id, file, media);
        _levels.Want(new UnmeasuredSound(file, track.Channels));
        return _levels.Provisional();
    }

    private MediaOutcome PrepareEmbedded(string trackId) => _embedded.Find(trackId) is not { } track
        ? new MediaOutcome.Failed(FaultInfo.Of(ErrorCode.TrackNotFound, "this link was never added"))
        : _embedded.Refusal(track) is { } off ? new MediaOutcome.Failed(off) : new MediaOutcome.Ready(track.Media());

    private void Announce(EmbeddedTrack track)
    {
        if (track.DurationMicros is not null)
        {
            Tell(track.Id, track.Media(), null);
        }
    }

    private void Announce(MediaInfo media)
    {
        if (_linksByKey.TryGetValue(media.Key, out var trackId))
        {
            Tell(trackId, media, null);
        }
    }

    private async void AnnounceLevel(string path)
    {
        if (!_unmeasured.TryRemove(path, out var waiting))
        {
            return;
        }
        try
        {
            if (await _levels.GainAsync(waiting.File, CancellationToken.None) is { } gain)
            {
                Tell(waiting.TrackId, waiting.Media, gain);
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

    private sealed class EndOf(Action end) : IDisposable
    {
        public void Dispose() => end();
    }

    private sealed class Subscription(TrackSources owner, IDisposable library) : IDisposable
    {
        public void Dispose()
        {
            library.Dispose();
            owner._listeners.TryRemove(this, out _);
        }
    }
}
