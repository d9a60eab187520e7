namespace Tutti.Server.Library;

/// <summary>Gathers tracks so that the store is written to in few transactions.</summary>
internal sealed class TrackBatch(ITrackStore store, int size)
{
    private readonly Lock _gate = new();
    private List<LibraryTrack> _tracks = [];

    public Task AddAsync(LibraryTrack track, CancellationToken ct)
    {
        lock (_gate)
        {
            _tracks.Add(track);
            if (_tracks.Count < size)
            {
                return Task.CompletedTask;
            }
        }
        return FlushAsync(ct);
    }

    public Task FlushAsync(CancellationToken ct)
    {
        List<LibraryTrack> full;
        lock (_gate)
        {
            (full, _tracks) = (_tracks, []);
        }
        return full.Count == 0 ? Task.CompletedTask : store.SaveAsync(full, ct);
    }
}
