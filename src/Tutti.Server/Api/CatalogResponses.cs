using Tutti.Server.Library;

namespace Tutti.Server.Api;

/// <param name="Total">Albums that match, on all pages.</param>
public sealed record AlbumList(IReadOnlyList<Album> Albums, int Total);

/// <summary>An album.</summary>
/// <param name="ArtistId">Leads to <c>/api/artists/{id}</c>; null where no artist is known.</param>
/// <param name="Genre">The one that most tracks have; empty without any.</param>
/// <param name="Compilation">Whether it is one of several artists.</param>
/// <param name="CoverUrl">Path on this server; null without a cover. <c>?size=</c> asks for a smaller one.</param>
/// <param name="AddedMicros">When its newest track came into the library, µs since the Unix epoch.</param>
/// <param name="Plays">Of all its tracks together.</param>
public sealed record Album(
    string Id, string Title, string Artist, string? ArtistId, int? Year, string Genre, bool Compilation, int TrackCount, int DiscCount,
    double DurationSeconds, string? CoverUrl, long AddedMicros, int Plays)
{
    public static Album Of(AlbumEntry album) => new(
        album.Id, album.Title, album.Artist, album.ArtistId, album.Year, album.Genre, album.Compilation, album.TrackCount, album.DiscCount,
        Fields.Seconds(album.DurationMicros), TrackCover.UrlOf(album.CoverHash), album.AddedMicros, album.Plays);
}

/// <summary>An album with its tracks, by disc and number.</summary>
/// <param name="Tracks">The first 1,000; <c>/api/tracks?album=</c> has them in pages.</param>
public sealed record AlbumDetail(Album Album, IReadOnlyList<Track> Tracks);

/// <param name="Total">Artists that match, on all pages.</param>
public sealed record ArtistList(IReadOnlyList<Artist> Artists, int Total);

/// <summary>An artist.</summary>
/// <param name="AlbumCount">Albums of their own.</param>
/// <param name="TrackCount">Tracks that name them.</param>
/// <param name="CoverUrl">The cover of one of their albums; null without any.</param>
public sealed record Artist(string Id, string Name, int AlbumCount, int TrackCount, string? CoverUrl, int Plays)
{
    public static Artist Of(ArtistEntry artist) =>
        new(artist.Id, artist.Name, artist.AlbumCount, artist.TrackCount, TrackCover.UrlOf(artist.CoverHash), artist.Plays);
}

/// <summary>An artist with albums, oldest first; tracks are at <c>/api/tracks?artist=</c>.</summary>
/// <param name="Albums">Their own, at most 1,000.</param>
/// <param name="AppearsOn">Albums of others on which they are heard, at most 1,000.</param>
public sealed record ArtistDetail(Artist Artist, IReadOnlyList<Album> Albums, IReadOnlyList<Album> AppearsOn);

/// <param name="Total">Genres on all pages.</param>
public sealed record GenreList(IReadOnlyList<Genre> Genres, int Total);

/// <summary>A genre; its music is at <c>/api/albums?genre=</c> and <c>/api/tracks?genre=</c>.</summary>
public sealed record Genre(string Id, string Name, int AlbumCount, int TrackCount)
{
    public static Genre Of(GenreEntry genre) => new(genre.Id, genre.Name, genre.AlbumCount, genre.TrackCount);
}

/// <summary>The years that the library has music of, newest first.</summary>
public sealed record YearList(IReadOnlyList<YearEntry> Years, int Total);

/// <param name="Total">Folders on all pages.</param>
public sealed record FolderList(IReadOnlyList<Folder> Folders, int Total);

/// <summary>A folder with music somewhere below it; what lies directly in it is at <c>/api/tracks?folder=</c>.</summary>
/// <param name="ParentId">Null for a music folder itself.</param>
/// <param name="Path">Within the music folder; empty for the music folder itself.</param>
/// <param name="TrackCount">Tracks anywhere below.</param>
public sealed record Folder(string Id, string? ParentId, string Name, string Path, int TrackCount)
{
    public static Folder Of(FolderEntry folder) => new(folder.Id, folder.ParentId, folder.Name, folder.Path, folder.TrackCount);
}

/// <summary>A folder, the way to it, and a page of what folders are in it.</summary>
/// <param name="Parents">From the music folder down to the folder's parent.</param>
public sealed record FolderDetail(Folder Folder, IReadOnlyList<Folder> Parents, IReadOnlyList<Folder> Folders, int Total);
