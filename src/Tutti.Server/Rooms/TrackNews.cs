using Tutti.Protocol;

namespace Tutti.Server.Rooms;

/// <summary>
/// Between one room and the source of its tracks: what becomes known of a track in the queue goes into the mailbox, from whatever thread it comes, and what
/// a device here has learnt of one goes back.
/// </summary>
internal sealed class TrackNews : IDisposable
{
    private readonly ITrackSource _tracks;
    private readonly Func<RoomModel> _model;
    private readonly Action<RoomInput> _post;
    private readonly IDisposable[] _listening;

    /// <param name="model">The room's newest model.</param>
    public TrackNews(ITrackSource tracks, Func<RoomModel> model, Action<RoomInput> post)
    {
        (_tracks, _model, _post) = (tracks, model, post);
        _listening =
        [
            tracks.OnSoundKnown((trackId, media, gain) => Hear(trackId, new RoomInput.MediaKnown(trackId, media, gain))),
            tracks.OnStationNews(news => Hear(news.TrackId, Of(news))),
            tracks.OnDescribed(track => Hear(track.Id, new RoomInput.TrackDescribed(track))),
        ];
    }

    /// <summary>Believed of a device that sounds, about what is in the queue.</summary>
    public void Learn(string deviceId, DeviceMessage.Loaded loaded)
    {
        var model = _model();
        if (model.FindDevice(deviceId) is { Sounds: true } && model.State.Find(loaded.ItemId) is { Track: { Embedded: not null, Id: var trackId } })
        {
            _tracks.Learn(trackId, loaded.Facts);
        }
    }

    public void Dispose() => Array.ForEach(_listening, static listening => listening.Dispose());

    private void Hear(string trackId, RoomInput input)
    {
        if (_model().State.Queue.Any(item => item.Track.Id == trackId))
        {
            _post(input);
        }
    }

    private static RoomInput Of(StationNews news) => news switch
    {
        StationNews.Titled titled => new RoomInput.StreamTitled(titled.TrackId, titled.Title),
        StationNews.Lost lost => new RoomInput.MediaFailed(lost.TrackId, lost.Fault),
        _ => throw new ArgumentException($"Not news: {news.GetType().Name}", nameof(news)),
    };
}
