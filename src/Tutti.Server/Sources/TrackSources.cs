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
    private readonly SoundNews _news;
    private readonly LevelDesk _levels;
    private readonly AwaitedLevels _awaited;
    private readonly RadioStations _radio;
    private readonly EmbeddedTracks _embedded;
    private readonly ConcurrentDictionary<string, string> _linksByKey = new();

    public TrackSources(
        LibraryTrackSource library, LinkTracks links, MediaService media, SoundNews news, LevelDesk levels, AwaitedLevels awaited, RadioStations radio, EmbeddedTracks embedded)
    {
        (_library, _links, _media, _news, _levels, _awaited, _radio, _embedded) = (library, links, media, news, levels, awaited, radio, embedded);
        _media.LengthKnown += Announce;
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
        _news.Known += listener;
        return new EndOf(() => _news.Known -= listener);
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
        _embedded.Changed -= Announce;
    }

    private Task<SoundGain> GainAsync(LinkTrack track, string path, MediaInfo media, CancellationToken ct)
    {
        var kept = new FileInfo(path);
        var file = new LevelledFile(path, kept.Length, (kept.LastWriteTimeUtc - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond);
        return _awaited.GainAsync(track.Id, new UnmeasuredSound(file, track.Channels), media, ct);
    }

    private MediaOutcome PrepareEmbedded(string trackId) => _embedded.Find(trackId) is not { } track
        ? new MediaOutcome.Failed(FaultInfo.Of(ErrorCode.TrackNotFound, "this link was never added"))
        : _embedded.Refusal(track) is { } off ? new MediaOutcome.Failed(off) : new MediaOutcome.Ready(track.Media());

    private void Announce(EmbeddedTrack track)
    {
        if (track.DurationMicros is not null)
        {
            _news.Tell(track.Id, track.Media());
        }
    }

    private void Announce(MediaInfo media)
    {
        if (_linksByKey.TryGetValue(media.Key, out var trackId))
        {
            _news.Tell(trackId, media);
        }
    }

    private sealed class EndOf(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
