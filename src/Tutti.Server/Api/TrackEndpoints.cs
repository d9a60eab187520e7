using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Net.Http.Headers;
using Tutti.Protocol;
using Tutti.Protocol.Rest;
using Tutti.Server.Library;
using Tutti.Server.Sources.Embedded;

namespace Tutti.Server.Api;

/// <summary>Tracks, their files, covers and words.</summary>
internal static class TrackEndpoints
{
    private static readonly FileExtensionContentTypeProvider s_contentTypes = AudioTypes();

    public static void MapTracks(this RouteGroupBuilder api)
    {
        var tracks = api.MapGroup("/tracks").WithTags("Tracks");
        tracks.MapGet("", ListAsync).Produces<TrackPage>().Refuses(ErrorCode.InvalidField).WithSummary(
            "Tracks. q: words that must all begin a word of title, artist or album; album, artist, genre, year; folder: directly in it, within: anywhere below. "
            + "sort: artist, title, album, year, added, plays, duration, path; order: asc, desc");
        tracks.MapGet("/{id}", OneAsync).Produces<Track>().Refuses(ErrorCode.TrackNotFound).WithSummary("One track");
        tracks.MapGet("/{id}/lyrics", LyricsAsync).Produces<TrackLyrics>().Refuses(ErrorCode.TrackNotFound).WithSummary("Its words, where the file holds them");
        tracks.MapGet("/{id}/cover", CoverAsync).Produces(StatusCodes.Status200OK, contentType: "image/jpeg")
            .Refuses(ErrorCode.TrackNotFound, ErrorCode.CoverNotFound, ErrorCode.InvalidField).WithSummary("Its cover, as JPEG");
        tracks.MapGet("/{id}/file", FileAsync).Produces(StatusCodes.Status200OK, contentType: "application/octet-stream")
            .Produces(StatusCodes.Status206PartialContent, contentType: "application/octet-stream")
            .Refuses(ErrorCode.TrackNotFound, ErrorCode.TrackVanished).WithSummary("The original file; range requests are answered");
        api.MapGet("/covers/{hash}", PictureAsync).Produces(StatusCodes.Status200OK, contentType: "image/jpeg")
            .Refuses(ErrorCode.CoverNotFound, ErrorCode.InvalidField).WithTags("Tracks")
            .WithSummary("A cover by its name, which changes with the picture. size: longer side in pixels, answered with the next that is kept");
    }

    private static async Task<IResult> ListAsync(
        ICatalog catalog, CancellationToken ct, string q = "", string? album = null, string? artist = null, string? genre = null, int? year = null,
        string? folder = null, string? within = null, string? sort = null, string? order = null, int limit = 100, int offset = 0)
    {
        var usual = album is not null ? TrackOrder.Album : folder is not null || within is not null ? TrackOrder.Path : TrackOrder.Artist;
        if (ListFields.Wrong(limit, offset, sort, order, usual, out var by, out var descending) is { } problem)
        {
            return problem;
        }

        var page = await catalog.TracksAsync(
            new TrackQuery(q, album, artist, genre, year, folder, within, Order: by, Descending: descending), new PageRange(offset, limit), ct);
        return TypedResults.Ok(new TrackPage([.. page.Items.Select(Track.Of)], page.Total));
    }

    private static async Task<IResult> OneAsync(string id, MusicLibrary library, CancellationToken ct) =>
        await library.FindAsync(id, ct) is { } track ? TypedResults.Ok(Track.Of(track)) : NoTrack(id);

    private static async Task<IResult> LyricsAsync(string id, MusicLibrary library, ITrackStore tracks, CancellationToken ct) =>
        await library.FindAsync(id, ct) is null ? NoTrack(id) : TypedResults.Ok(new TrackLyrics(id, await tracks.LyricsAsync(id, ct)));

    private static async Task<IResult> CoverAsync(
        string id, MusicLibrary library, CoverPictures covers, EmbeddedTracks embedded, HttpContext http, CancellationToken ct, int? size = null)
    {
        if (SizeProblem(size) is { } problem)
        {
            return problem;
        }

        if (embedded.PictureOf(id) is { } picture)
        {
            http.MayBeKept("max-age=3600");
            return TypedResults.PhysicalFile(picture, "image/jpeg");
        }

        if (await library.FindAsync(id, ct) is not { } track)
        {
            return NoTrack(id);
        }

        return await covers.FindAsync(track.Cover.Hash, size, ct) is { } cover
            ? Picture(cover, "max-age=3600", http)
            : Problems.Of(ErrorCode.CoverNotFound, "This track has no cover.");
    }

    private static async Task<IResult> PictureAsync(string hash, CoverPictures covers, HttpContext http, CancellationToken ct, int? size = null)
    {
        if (SizeProblem(size) is { } problem)
        {
            return problem;
        }

        return await covers.FindAsync(hash, size, ct) is { } cover
            ? Picture(cover, CacheScope.Forever, http)
            : Problems.Of(ErrorCode.CoverNotFound, "No track has this cover.");
    }

    private static PhysicalFileHttpResult Picture(CoverPicture cover, string age, HttpContext http)
    {
        http.MayBeKept(age);
        return TypedResults.PhysicalFile(cover.Path, cover.ContentType, entityTag: new EntityTagHeaderValue($"\"{cover.Tag}\""));
    }

    private static ProblemHttpResult? SizeProblem(int? size) => size is < 1 or > 4096 ? Problems.Of(ErrorCode.InvalidField, "size must be 1 to 4096 pixels.") : null;

    private static async Task<IResult> FileAsync(string id, MusicLibrary library, CancellationToken ct)
    {
        if (await library.FindAsync(id, ct) is not { } track)
        {
            return NoTrack(id);
        }

        var file = new FileInfo(track.FullPath);
        if (!file.Exists)
        {
            return Problems.Of(ErrorCode.TrackVanished, $"The file of {track.Title} is not there any more.");
        }

        var contentType = s_contentTypes.TryGetContentType(track.FullPath, out var known) ? known : "application/octet-stream";
        return TypedResults.PhysicalFile(track.FullPath, contentType, lastModified: file.LastWriteTimeUtc, enableRangeProcessing: true);
    }

    private static ProblemHttpResult NoTrack(string id) => Problems.Of(ErrorCode.TrackNotFound, $"There is no track {id}.");

    private static FileExtensionContentTypeProvider AudioTypes()
    {
        var types = new FileExtensionContentTypeProvider();
        types.Mappings[".flac"] = "audio/flac";
        types.Mappings[".opus"] = "audio/ogg";
        types.Mappings[".m4b"] = "audio/mp4";
        return types;
    }
}
