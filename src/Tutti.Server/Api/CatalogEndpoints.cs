using Microsoft.AspNetCore.Http.HttpResults;
using Tutti.Protocol;
using Tutti.Protocol.Rest;
using Tutti.Server.Library;

namespace Tutti.Server.Api;

/// <summary>Looking through the library by albums, artists, genres, years and folders.</summary>
internal static class CatalogEndpoints
{
    public static void MapCatalog(this RouteGroupBuilder api)
    {
        var albums = api.MapGroup("/albums").WithTags("Albums");
        albums.MapGet("", AlbumsAsync).Produces<AlbumPage>().Refuses(ErrorCode.InvalidField)
            .WithSummary("Albums. q: words; artist, genre, year. sort: artist, title, year, added, plays; order: asc, desc");
        albums.MapGet("/{id}", AlbumAsync).Produces<AlbumDetail>().Refuses(ErrorCode.AlbumNotFound).WithSummary("One album with its tracks");

        var artists = api.MapGroup("/artists").WithTags("Artists");
        artists.MapGet("", ArtistsAsync).Produces<ArtistPage>().Refuses(ErrorCode.InvalidField)
            .WithSummary("Artists. q: words; withAlbums=true: only those with an album of their own. sort: name, albums, tracks, plays; order: asc, desc");
        artists.MapGet("/{id}", ArtistAsync).Produces<ArtistDetail>().Refuses(ErrorCode.ArtistNotFound).WithSummary("One artist with albums");

        var genres = api.MapGroup("/genres").WithTags("Genres");
        genres.MapGet("", GenresAsync).Produces<GenrePage>().Refuses(ErrorCode.InvalidField).WithSummary("Genres by name");
        genres.MapGet("/{id}", GenreAsync).Produces<Genre>().Refuses(ErrorCode.GenreNotFound).WithSummary("One genre");
        api.MapGet("/years", YearsAsync).WithTags("Genres").WithSummary("The years that there is music of, newest first");

        var folders = api.MapGroup("/folders").WithTags("Folders");
        folders.MapGet("", FoldersAsync).Produces<FolderPage>().Refuses(ErrorCode.InvalidField).WithSummary("The music folders");
        folders.MapGet("/{id}", FolderAsync).Produces<FolderDetail>().Refuses(ErrorCode.InvalidField, ErrorCode.FolderNotFound)
            .WithSummary("One folder, the way to it, and the folders in it");
    }

    private static async Task<IResult> AlbumsAsync(
        ICatalog catalog, CancellationToken ct, string q = "", string? artist = null, string? genre = null, int? year = null,
        string? sort = null, string? order = null, int limit = 100, int offset = 0)
    {
        if (ListFields.Wrong(limit, offset, sort, order, AlbumOrder.Artist, out var by, out var descending) is { } problem)
        {
            return problem;
        }

        var page = await catalog.AlbumsAsync(new AlbumQuery(q, artist, genre, year, by, descending), new PageRange(offset, limit), ct);
        return TypedResults.Ok(new AlbumPage([.. page.Items.Select(Album.Of)], page.Total));
    }

    private static async Task<IResult> AlbumAsync(string id, ICatalog catalog, CancellationToken ct)
    {
        if (await catalog.AlbumAsync(id, ct) is not { } album)
        {
            return Problems.Of(ErrorCode.AlbumNotFound, $"There is no album {id}.");
        }

        var tracks = await catalog.TracksAsync(new TrackQuery(AlbumId: id, Order: TrackOrder.Album), new PageRange(0, PageRange.MaxLimit), ct);
        return TypedResults.Ok(new AlbumDetail(Album.Of(album), [.. tracks.Items.Select(Track.Of)]));
    }

    private static async Task<IResult> ArtistsAsync(
        ICatalog catalog, CancellationToken ct, string q = "", bool withAlbums = false, string? sort = null, string? order = null, int limit = 100, int offset = 0)
    {
        if (ListFields.Wrong(limit, offset, sort, order, ArtistOrder.Name, out var by, out var descending) is { } problem)
        {
            return problem;
        }

        var page = await catalog.ArtistsAsync(new ArtistQuery(q, withAlbums, by, descending), new PageRange(offset, limit), ct);
        return TypedResults.Ok(new ArtistPage([.. page.Items.Select(Artist.Of)], page.Total));
    }

    private static async Task<IResult> ArtistAsync(string id, ICatalog catalog, CancellationToken ct)
    {
        if (await catalog.ArtistAsync(id, ct) is not { } artist)
        {
            return Problems.Of(ErrorCode.ArtistNotFound, $"There is no artist {id}.");
        }

        var albums = await catalog.AlbumsAsync(new AlbumQuery(ArtistId: id, Order: AlbumOrder.Year), new PageRange(0, PageRange.MaxLimit), ct);
        var elsewhere = await catalog.AppearancesAsync(id, ct);
        return TypedResults.Ok(new ArtistDetail(Artist.Of(artist), [.. albums.Items.Select(Album.Of)], [.. elsewhere.Select(Album.Of)]));
    }

    private static async Task<IResult> GenresAsync(ICatalog catalog, CancellationToken ct, int limit = 100, int offset = 0)
    {
        if (ListFields.Wrong(limit, offset) is { } problem)
        {
            return problem;
        }

        var page = await catalog.GenresAsync(new PageRange(offset, limit), ct);
        return TypedResults.Ok(new GenrePage([.. page.Items.Select(Genre.Of)], page.Total));
    }

    private static async Task<IResult> GenreAsync(string id, ICatalog catalog, CancellationToken ct) =>
        await catalog.GenreAsync(id, ct) is { } genre ? TypedResults.Ok(Genre.Of(genre)) : Problems.Of(ErrorCode.GenreNotFound, $"There is no genre {id}.");

    private static async Task<Ok<YearList>> YearsAsync(ICatalog catalog, CancellationToken ct)
    {
        LibraryYear[] years = [.. (await catalog.YearsAsync(ct)).Select(LibraryYear.Of)];
        return TypedResults.Ok(new YearList(years, years.Length));
    }

    private static async Task<IResult> FoldersAsync(ICatalog catalog, CancellationToken ct, int limit = 100, int offset = 0)
    {
        if (ListFields.Wrong(limit, offset) is { } problem)
        {
            return problem;
        }

        var page = await catalog.FoldersAsync(null, new PageRange(offset, limit), ct);
        return TypedResults.Ok(new FolderPage([.. page.Items.Select(Folder.Of)], page.Total));
    }

    private static async Task<IResult> FolderAsync(string id, ICatalog catalog, CancellationToken ct, int limit = 100, int offset = 0)
    {
        if (ListFields.Wrong(limit, offset) is { } problem)
        {
            return problem;
        }

        if (await catalog.FolderAsync(id, ct) is not { } folder)
        {
            return Problems.Of(ErrorCode.FolderNotFound, $"There is no folder {id}.");
        }

        var parents = new List<Folder>();
        for (var parentId = folder.ParentId; parentId is not null && await catalog.FolderAsync(parentId, ct) is { } parent; parentId = parent.ParentId)
        {
            parents.Insert(0, Folder.Of(parent));
        }

        var page = await catalog.FoldersAsync(id, new PageRange(offset, limit), ct);
        return TypedResults.Ok(new FolderDetail(Folder.Of(folder), parents, [.. page.Items.Select(Folder.Of)], page.Total));
    }
}
