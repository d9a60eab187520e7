using Tutti.Protocol.Rest;
using Tutti.Server.Library;

namespace Tutti.Server.Api;

/// <summary>Albums, artists, genres, years and folders, as REST tells them.</summary>
internal static class CatalogResponses
{
    extension(Album)
    {
        public static Album Of(AlbumEntry album) => new(
            album.Id, album.Title, album.Artist, album.ArtistId, album.Year, album.Genre, album.Compilation, album.TrackCount, album.DiscCount,
            Fields.Seconds(album.DurationMicros), TrackCover.UrlOf(album.CoverHash), album.AddedMicros, album.Plays);
    }

    extension(Artist)
    {
        public static Artist Of(ArtistEntry artist) =>
            new(artist.Id, artist.Name, artist.AlbumCount, artist.TrackCount, TrackCover.UrlOf(artist.CoverHash), artist.Plays);
    }

    extension(Genre)
    {
        public static Genre Of(GenreEntry genre) => new(genre.Id, genre.Name, genre.AlbumCount, genre.TrackCount);
    }

    extension(LibraryYear)
    {
        public static LibraryYear Of(YearEntry year) => new(year.Year, year.AlbumCount, year.TrackCount);
    }

    extension(Folder)
    {
        public static Folder Of(FolderEntry folder) => new(folder.Id, folder.ParentId, folder.Name, folder.Path, folder.TrackCount);
    }
}
