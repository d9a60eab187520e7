using Microsoft.Extensions.Options;
using Tutti.Server.Library;
using Tutti.Server.Rooms;

namespace Tutti.Server.Media.Levels;

/// <summary>Knows the gain of each sound as far as it was measured or tagged.</summary>
public sealed class LevelDesk(ILevelStore store, ICatalog catalog, IOptions<MediaOptions> options)
{
    private volatile TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when a track is about to be played, measured or not.</summary>
    internal Task Asked => _asked.Task;

    /// <summary>The gain that makes a track as loud as the others; null while that is not known.</summary>
    public async Task<SoundGain?> GainAsync(LibraryTrack track, CancellationToken ct)
    {
        _asked.TrySetResult();
        var own = SoundLevel.OfTrack(track.Tags.Gain) ?? (await FindAsync([track], ct)).GetValueOrDefault(track.FullPath);
        if (own is null)
        {
            return null;
        }
        var target = options.Value.LevelLufs;
        var album = SoundLevel.OfAlbum(track.Tags.Gain) ?? await AlbumAsync(track, ct) ?? own;
        return new SoundGain(Levelling.GainDb(own, target), Levelling.GainDb(album, target));
    }

    /// <summary>The same for a file that is in no library, and so of no album.</summary>
    public async Task<SoundGain?> GainAsync(LevelledFile file, CancellationToken ct)
    {
        _asked.TrySetResult();
        if (!(await store.FindAsync([file], ct)).TryGetValue(file.Path, out var level))
        {
            return null;
        }
        var gainDb = Levelling.GainDb(level, options.Value.LevelLufs);
        return new SoundGain(gainDb, gainDb);
    }

    /// <summary>What is used for a sound until it is measured.</summary>
    public SoundGain Provisional() => new(Levelling.GainDb(Levelling.Usual, options.Value.LevelLufs), Levelling.GainDb(Levelling.Usual, options.Value.LevelLufs));

    /// <summary>Whether a track was asked for since this was last called.</summary>
    internal bool WasAsked()
    {
        if (!_asked.Task.IsCompleted)
        {
            return false;
        }
        _asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return true;
    }

    /// <summary>Those of these tracks whose level is not known from tags or measuring.</summary>
    internal async Task<IReadOnlyList<UnmeasuredSound>> UnknownAsync(IReadOnlyList<LibraryTrack> tracks, CancellationToken ct)
    {
        var untagged = tracks.Where(track => SoundLevel.OfTrack(track.Tags.Gain) is null).ToList();
        var known = await FindAsync(untagged, ct);
        return [.. untagged.Where(track => !known.ContainsKey(track.FullPath)).Select(UnmeasuredSound.Of)];
    }

    internal async Task<bool> IsKnownAsync(LevelledFile file, CancellationToken ct) => (await store.FindAsync([file], ct)).Count > 0;

    internal Task SaveAsync(LevelledFile file, SoundLevel level, CancellationToken ct) => store.SaveAsync(file, level, ct);

    private async Task<SoundLevel?> AlbumAsync(LibraryTrack track, CancellationToken ct)
    {
        if (track.AlbumId is not { } albumId)
        {
            return null;
        }
        var tracks = (await catalog.TracksAsync(new TrackQuery(AlbumId: albumId), new PageRange(0, PageRange.MaxLimit), ct)).Items;
        var known = await FindAsync(tracks, ct);
        return tracks.Count > 0 && tracks.All(one => known.ContainsKey(one.FullPath))
            ? SoundLevel.OfAll([.. tracks.Select(one => (known[one.FullPath], one.DurationMicros))])
            : null;
    }

    private Task<IReadOnlyDictionary<string, SoundLevel>> FindAsync(IReadOnlyList<LibraryTrack> tracks, CancellationToken ct) =>
        store.FindAsync([.. tracks.Select(static track => UnmeasuredSound.Of(track).File)], ct);
}
