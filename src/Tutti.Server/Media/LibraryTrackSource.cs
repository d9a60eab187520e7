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
    private readonly AwaitedLevels _levels;
    private readonly SoundNews _news;
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<string, bool>> _tracksByKey = new();

    public LibraryTrackSource(MusicLibrary library, MediaService media, AwaitedLevels levels, SoundNews news)
    {
        (_library, _media, _levels, _news) = (library, media, levels, news);
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
        if (outcome is MediaOutcome.Ready ready)
        {
            outcome = ready with { Gain = await _levels.GainAsync(track, ready.Media, ct) };
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

    public void Dispose() => _media.LengthKnown -= Announce;

    /// <summary>A track as queues show it.</summary>
    public static TrackSummary Summary(LibraryTrack track) => new(
        track.Id, track.Title, track.Artist, track.Album, track.DurationMicros, track.Cover.Url)
    {
        DiscNumber = track.Tags.DiscNumber ?? 0, TrackNumber = track.Tags.TrackNumber ?? 0,
    };

    private void Announce(MediaInfo media)
    {
        if (_tracksByKey.TryRemove(media.Key, out var tracks))
        {
            foreach (var trackId in tracks.Keys)
            {
                _news.Tell(trackId, media);
            }
        }
    }
}
