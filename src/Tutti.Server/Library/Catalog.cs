namespace Tutti.Server.Library;

/// <summary>An album in a list.</summary>
/// <param name="ArtistId">Null where no artist is known.</param>
/// <param name="AddedMicros">When its newest track came, µs since the Unix epoch.</param>
/// <param name="Plays">Of all its tracks together.</param>
public sealed record AlbumEntry(
    string Id, string Title, string Artist, string? ArtistId, int? Year, string Genre, bool Compilation, int TrackCount, int DiscCount,
    long DurationMicros, string CoverHash, long AddedMicros, int Plays);

/// <summary>An artist in a list.</summary>
/// <param name="AlbumCount">Albums of their own.</param>
/// <param name="TrackCount">Tracks that name them.</param>
public sealed record ArtistEntry(string Id, string Name, int AlbumCount, int TrackCount, string CoverHash, int Plays);

/// <summary>A genre in a list.</summary>
public sealed record GenreEntry(string Id, string Name, int AlbumCount, int TrackCount);

/// <summary>A year in a list.</summary>
public sealed record YearEntry(int Year, int AlbumCount, int TrackCount);

/// <summary>A folder that holds music somewhere below it.</summary>
/// <param name="Path">Within the music folder; empty for the music folder itself.</param>
/// <param name="TrackCount">Tracks anywhere below.</param>
public sealed record FolderEntry(string Id, string? ParentId, string Name, string Path, int TrackCount);

/// <summary>Port: looking through the library. Only what can be played is seen.</summary>
public interface ICatalog
{
    Task<Page<LibraryTrack>> TracksAsync(TrackQuery query, PageRange range, CancellationToken ct);

    Task<Page<AlbumEntry>> AlbumsAsync(AlbumQuery query, PageRange range, CancellationToken ct);

    /// <summary>Several by their ids, in the order asked for; those that are not there are left out.</summary>
    Task<IReadOnlyList<AlbumEntry>> AlbumsAsync(IReadOnlyCollection<string> ids, CancellationToken ct);

    Task<AlbumEntry?> AlbumAsync(string id, CancellationToken ct);

    /// <summary>Albums on which the artist is heard without being their album artist.</summary>
    Task<IReadOnlyList<AlbumEntry>> AppearancesAsync(string artistId, CancellationToken ct);

    Task<Page<ArtistEntry>> ArtistsAsync(ArtistQuery query, PageRange range, CancellationToken ct);

    /// <inheritdoc cref="AlbumsAsync(IReadOnlyCollection{string}, CancellationToken)"/>
    Task<IReadOnlyList<ArtistEntry>> ArtistsAsync(IReadOnlyCollection<string> ids, CancellationToken ct);

    Task<ArtistEntry?> ArtistAsync(string id, CancellationToken ct);

    Task<Page<GenreEntry>> GenresAsync(PageRange range, CancellationToken ct);

    Task<GenreEntry?> GenreAsync(string id, CancellationToken ct);

    /// <summary>Newest first.</summary>
    Task<IReadOnlyList<YearEntry>> YearsAsync(CancellationToken ct);

    Task<FolderEntry?> FolderAsync(string id, CancellationToken ct);

    /// <summary>The folders directly within one, by name; the music folders themselves for null.</summary>
    Task<Page<FolderEntry>> FoldersAsync(string? parentId, PageRange range, CancellationToken ct);
}
