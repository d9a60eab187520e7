namespace Tutti.Server.Library;

/// <summary>Port: where tracks are kept.</summary>
public interface ITrackStore
{
    /// <summary>One track by its id, whatever its state; null when there is none.</summary>
    Task<LibraryTrack?> FindAsync(string id, CancellationToken ct);

    /// <summary>Several at once, in the order asked for; those that are not there are left out.</summary>
    Task<IReadOnlyList<LibraryTrack>> FindAsync(IReadOnlyCollection<string> ids, CancellationToken ct);

    /// <summary>A few tracks that can be played and have this cover.</summary>
    Task<IReadOnlyList<LibraryTrack>> WithCoverAsync(string hash, CancellationToken ct);

    /// <summary>The id of the track at a place; null when there is none yet.</summary>
    Task<string?> FindIdAsync(string folder, string path, CancellationToken ct);

    /// <summary>The lyrics of a track; empty when it has none.</summary>
    Task<string> LyricsAsync(string id, CancellationToken ct);
}

/// <summary>Port: what a scan reads and writes. Several scans never run at once.</summary>
public interface IScanStore
{
    /// <summary>Every file that was ever seen, in short.</summary>
    Task<IReadOnlyList<KnownFile>> KnownAsync(CancellationToken ct);

    /// <summary>Whole tracks, to mend what changed about them without opening their files.</summary>
    Task<IReadOnlyList<LibraryTrack>> LoadAsync(IReadOnlyCollection<string> ids, CancellationToken ct);

    /// <summary>Adds tracks, or replaces those with the same id, with all that is found by them; all or none. Gives what must be grouped anew.</summary>
    Task<Touched> SaveAsync(IReadOnlyCollection<LibraryTrack> tracks, CancellationToken ct);

    /// <summary>Makes albums, artists and genres anew from their tracks; those without any are gone.</summary>
    Task GroupAsync(Touched touched, Action<int> done, CancellationToken ct);

    /// <summary>Makes the tree of folders anew.</summary>
    Task FoldersAsync(IReadOnlyList<MusicFolder> folders, CancellationToken ct);

    /// <summary>The pictures that lie in folders, as last seen.</summary>
    Task<IReadOnlyList<FolderPicture>> PicturesAsync(CancellationToken ct);

    /// <summary>Keeps the pictures of folders, or that one has none, and gives them to their tracks without one of their own.</summary>
    Task<Touched> SavePicturesAsync(IReadOnlyCollection<FolderPicture> pictures, CancellationToken ct);

    /// <summary>Every picture that some track has.</summary>
    Task<IReadOnlySet<string>> CoverHashesAsync(CancellationToken ct);
}

/// <summary>What a scan must know of a file to tell whether it has changed or moved.</summary>
/// <param name="Reading">The <see cref="Tags.TagReading.Version"/> that read it.</param>
/// <param name="Fingerprint">See <see cref="Scanning.MoveMatch.Fingerprint"/>.</param>
public sealed record KnownFile(
    string Id, string Folder, string Path, long SizeBytes, long ModifiedMicros, TrackState State, int Reading, long DurationMicros, long AddedMicros,
    string RecordingId, string Fingerprint);

/// <summary>What changed with some tracks, by id.</summary>
public sealed class Touched
{
    public HashSet<string> Albums { get; } = new(StringComparer.Ordinal);

    public HashSet<string> Artists { get; } = new(StringComparer.Ordinal);

    public HashSet<string> Genres { get; } = new(StringComparer.Ordinal);

    public int Count => Albums.Count + Artists.Count + Genres.Count;

    public void Add(Touched other)
    {
        Albums.UnionWith(other.Albums);
        Artists.UnionWith(other.Artists);
        Genres.UnionWith(other.Genres);
    }
}

/// <summary>A picture beside music.</summary>
/// <param name="Folder">The music folder, absolute.</param>
/// <param name="Directory">Within it.</param>
/// <param name="File">The picture's name, for a disc's folder perhaps with <c>../</c> before it; empty when there is none any more.</param>
public sealed record FolderPicture(string Folder, string Directory, string File, long SizeBytes, long ModifiedMicros, string Hash);

/// <summary>A folder with music; only ever read.</summary>
/// <param name="Root">Absolute.</param>
/// <param name="Name">For people.</param>
/// <param name="Own">Made by this program when there is something to put into it; that it is not there yet is no fault.</param>
public sealed record MusicFolder(string Root, string Name, bool Own = false);
