namespace Tutti.Server.Library;

/// <summary>Port: where the library is kept.</summary>
public interface ITrackStore
{
    /// <summary>One track of a folder by its id, whatever its state; null when there is none.</summary>
    Task<LibraryTrack?> FindAsync(string folder, string id, CancellationToken ct);

    /// <summary>A part of the list in its lasting order.</summary>
    Task<TrackPage> ListAsync(string folder, TrackQuery query, CancellationToken ct);

    /// <summary>Every track of a folder, whatever its state.</summary>
    Task<IReadOnlyList<LibraryTrack>> AllAsync(string folder, CancellationToken ct);

    /// <summary>Adds tracks, or replaces those with the same id, all or none.</summary>
    Task SaveAsync(IReadOnlyCollection<LibraryTrack> tracks, CancellationToken ct);
}
