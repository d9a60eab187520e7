namespace Tutti.Protocol.Rest;

/// <summary>An album.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Title">Its title.</param>
/// <param name="Artist">Whose it is; may be empty.</param>
/// <param name="ArtistId">Of the artist; null where none is known.</param>
/// <param name="Year">Year of release.</param>
/// <param name="Genre">The one that most tracks have; empty without any.</param>
/// <param name="Compilation">Whether it is one of several artists.</param>
/// <param name="TrackCount">Tracks on it.</param>
/// <param name="DiscCount">Discs of it.</param>
/// <param name="DurationSeconds">Length of all of it, s.</param>
/// <param name="CoverUrl">Path on the server; null without a cover.</param>
/// <param name="AddedMicros">When its newest track came into the library, µs since the Unix epoch.</param>
/// <param name="Plays">Of all its tracks together.</param>
public sealed record Album(
    string Id,
    string Title,
    string Artist,
    string? ArtistId,
    int? Year,
    string Genre,
    bool Compilation,
    int TrackCount,
    int DiscCount,
    double DurationSeconds,
    string? CoverUrl,
    long AddedMicros,
    int Plays);

/// <summary>Some of the albums that match.</summary>
/// <param name="Albums">This page.</param>
/// <param name="Total">On all pages.</param>
public sealed record AlbumPage(IReadOnlyList<Album> Albums, int Total);

/// <summary>An album with its tracks.</summary>
/// <param name="Album">The album.</param>
/// <param name="Tracks">By disc and number; at most the first 1,000.</param>
public sealed record AlbumDetail(Album Album, IReadOnlyList<Track> Tracks);

/// <summary>An artist.</summary>
/// <param name="Id">Their id.</param>
/// <param name="Name">As it is shown.</param>
/// <param name="AlbumCount">Albums of their own.</param>
/// <param name="TrackCount">Tracks that name them.</param>
/// <param name="CoverUrl">The cover of one of their albums; null without any.</param>
/// <param name="Plays">Of all their tracks together.</param>
public sealed record Artist(string Id, string Name, int AlbumCount, int TrackCount, string? CoverUrl, int Plays);

/// <summary>Some of the artists that match.</summary>
/// <param name="Artists">This page.</param>
/// <param name="Total">On all pages.</param>
public sealed record ArtistPage(IReadOnlyList<Artist> Artists, int Total);

/// <summary>An artist with albums.</summary>
/// <param name="Artist">The artist.</param>
/// <param name="Albums">Their own, oldest first.</param>
/// <param name="AppearsOn">Albums of others on which they are heard.</param>
public sealed record ArtistDetail(Artist Artist, IReadOnlyList<Album> Albums, IReadOnlyList<Album> AppearsOn);

/// <summary>A genre.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">As it is shown.</param>
/// <param name="AlbumCount">Albums of it.</param>
/// <param name="TrackCount">Tracks of it.</param>
public sealed record Genre(string Id, string Name, int AlbumCount, int TrackCount);

/// <summary>Some of the genres, by name.</summary>
/// <param name="Genres">This page.</param>
/// <param name="Total">On all pages.</param>
public sealed record GenrePage(IReadOnlyList<Genre> Genres, int Total);

/// <summary>A year that there is music of.</summary>
/// <param name="Year">The year.</param>
/// <param name="AlbumCount">Albums of it.</param>
/// <param name="TrackCount">Tracks of it.</param>
public sealed record LibraryYear(int Year, int AlbumCount, int TrackCount);

/// <summary>The years that there is music of, newest first.</summary>
/// <param name="Years">The years.</param>
/// <param name="Total">How many.</param>
public sealed record YearList(IReadOnlyList<LibraryYear> Years, int Total);

/// <summary>A folder with music somewhere below it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="ParentId">Null for a music folder itself.</param>
/// <param name="Name">As it is shown.</param>
/// <param name="Path">Within the music folder; empty for the music folder itself.</param>
/// <param name="TrackCount">Tracks anywhere below.</param>
public sealed record Folder(string Id, string? ParentId, string Name, string Path, int TrackCount);

/// <summary>The music folders.</summary>
/// <param name="Folders">This page.</param>
/// <param name="Total">On all pages.</param>
public sealed record FolderPage(IReadOnlyList<Folder> Folders, int Total);

/// <summary>A folder, the way to it, and what folders are in it.</summary>
/// <param name="Folder">The folder.</param>
/// <param name="Parents">From the music folder down to its parent.</param>
/// <param name="Folders">Those in it, this page.</param>
/// <param name="Total">Those in it, on all pages.</param>
public sealed record FolderDetail(Folder Folder, IReadOnlyList<Folder> Parents, IReadOnlyList<Folder> Folders, int Total);

/// <summary>What was found, the best of each kind first.</summary>
/// <param name="Query">As it was asked.</param>
/// <param name="Meant">What was looked for instead, because nothing begins as it was typed; null when it was looked for as typed.</param>
/// <param name="Tracks">Tracks.</param>
/// <param name="Albums">Albums.</param>
/// <param name="Artists">Artists.</param>
public sealed record SearchResult(string Query, string? Meant, IReadOnlyList<Track> Tracks, IReadOnlyList<Album> Albums, IReadOnlyList<Artist> Artists);
