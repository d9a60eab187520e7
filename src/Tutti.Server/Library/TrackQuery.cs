namespace Tutti.Server.Library;

/// <summary>A part of a long list.</summary>
/// <param name="Offset">Entries to pass over, from 0.</param>
/// <param name="Limit">Entries wanted, 1 to <see cref="MaxLimit"/>.</param>
public readonly record struct PageRange(int Offset = 0, int Limit = 100)
{
    public const int MaxLimit = 1_000;

    public static PageRange First { get; } = new(0, 100);

    public bool IsValid => Offset >= 0 && Limit is >= 1 and <= MaxLimit;
}

/// <summary>A page of a list.</summary>
/// <param name="Total">Entries on all pages.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, int Total);

/// <summary>Which tracks are wanted. Conditions that are null do not count.</summary>
/// <param name="Words">Words that must all begin a word of title, artist or album, whatever their case and accents.</param>
/// <param name="FolderId">Tracks that lie directly in it.</param>
/// <param name="WithinId">Tracks that lie anywhere below it.</param>
/// <param name="Uploaded">Tracks that were uploaded.</param>
public sealed record TrackQuery(
    string Words = "",
    string? AlbumId = null,
    string? ArtistId = null,
    string? GenreId = null,
    int? Year = null,
    string? FolderId = null,
    string? WithinId = null,
    UploadedTracks? Uploaded = null,
    TrackState State = TrackState.Playable,
    TrackOrder Order = TrackOrder.Artist,
    bool Descending = false);

/// <summary>Uploaded tracks.</summary>
/// <param name="Folder">The folder of uploads, absolute.</param>
/// <param name="AccountId">Whose; null: everybody's.</param>
public sealed record UploadedTracks(string Folder, string? AccountId);

/// <summary>The orders of a track list; equals are told apart by the list's usual order, then by id, so that pages are stable.</summary>
public enum TrackOrder
{
    /// <summary>Album artist, album, disc, number, title.</summary>
    Artist,
    Title,

    /// <summary>Album, disc, number.</summary>
    Album,
    Year,

    /// <summary>When it came into the library.</summary>
    Added,
    Plays,
    Duration,

    /// <summary>Place in the music folder.</summary>
    Path,
}

/// <summary>Which albums are wanted.</summary>
public sealed record AlbumQuery(
    string Words = "", string? ArtistId = null, string? GenreId = null, int? Year = null, AlbumOrder Order = AlbumOrder.Artist, bool Descending = false);

/// <summary>The orders of an album list.</summary>
public enum AlbumOrder
{
    /// <summary>Artist, year, title.</summary>
    Artist,
    Title,
    Year,
    Added,
    Plays,
}

/// <summary>Which artists are wanted.</summary>
/// <param name="WithAlbums">Only those who have an album of their own.</param>
public sealed record ArtistQuery(string Words = "", bool WithAlbums = false, ArtistOrder Order = ArtistOrder.Name, bool Descending = false);

/// <summary>The orders of an artist list.</summary>
public enum ArtistOrder
{
    Name,
    Albums,
    Tracks,
    Plays,
}
