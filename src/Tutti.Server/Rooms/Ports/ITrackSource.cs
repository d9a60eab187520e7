using Tutti.Protocol;

namespace Tutti.Server.Rooms;

/// <summary>Port: what rooms need of library and media.</summary>
public interface ITrackSource
{
    /// <summary>A track by its id; null when there is none. Rooms wait for it inside their mailbox: answer from memory or an index.</summary>
    ValueTask<TrackSummary?> FindAsync(string trackId, CancellationToken ct);

    /// <summary>
    /// Gets a track's sound going. Returns as soon as the key is known and the first segment is being cut, not when all is cut; failing is
    /// an outcome, not an exception. May be called again for the same track; later calls are cheap.
    /// </summary>
    Task<MediaOutcome> PrepareAsync(string trackId, CancellationToken ct);

    /// <summary>
    /// Tells the listener the exact sample count each time the decoder has come to a track's end, and the gain when it was measured. The
    /// listener returns at once and is called from any thread. Disposing the result ends it.
    /// </summary>
    IDisposable OnSoundKnown(Action<string, MediaInfo, SoundGain?> listener);

    /// <summary>Tells the listener when a track is called otherwise. It returns at once and is called from any thread.</summary>
    IDisposable OnDescribed(Action<TrackSummary> listener);

    /// <summary>Takes what a device's player says of an embedded track. Returns at once; what is new of it is told to the listeners.</summary>
    void Learn(string trackId, LoadedFacts facts);

    /// <summary>Tells the listener what becomes of stations that are read. It returns at once and is called from any thread.</summary>
    IDisposable OnStationNews(Action<StationNews> listener);
}
