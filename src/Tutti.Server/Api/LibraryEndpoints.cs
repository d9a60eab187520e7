using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Net.Http.Headers;
using Tutti.Protocol;
using Tutti.Server.Library;

namespace Tutti.Server.Api;

/// <summary>Tracks, their covers and files, and the scan that finds them.</summary>
internal static class LibraryEndpoints
{
    private static readonly FileExtensionContentTypeProvider s_contentTypes = AudioTypes();

    public static void MapLibrary(this RouteGroupBuilder api)
    {
        var tracks = api.MapGroup("/tracks").WithTags("Tracks");
        tracks.MapGet("", ListAsync).Produces<TrackList>().Refuses(ErrorCode.InvalidField)
            .WithSummary("Tracks by artist, album and number; q: words that must all occur in title, artist or album");
        tracks.MapGet("/{id}", OneAsync).Produces<Track>().Refuses(ErrorCode.TrackNotFound).WithSummary("One track");
        tracks.MapGet("/{id}/cover", CoverAsync).Produces(StatusCodes.Status200OK, contentType: "image/jpeg")
            .Refuses(ErrorCode.TrackNotFound, ErrorCode.CoverNotFound).WithSummary("Its cover, as JPEG");
        tracks.MapGet("/{id}/file", FileAsync).Produces(StatusCodes.Status200OK, contentType: "application/octet-stream")
            .Produces(StatusCodes.Status206PartialContent, contentType: "application/octet-stream")
            .Refuses(ErrorCode.TrackNotFound, ErrorCode.TrackVanished).WithSummary("The original file; range requests are answered");

        var library = api.MapGroup("/library").WithTags("Library");
        library.MapGet("/scan", (MusicLibrary music) => TypedResults.Ok(ScanState.Of(music))).WithSummary("How far the scan is, or how the last one ended");
        library.MapPost("/scan", (MusicLibrary music) =>
            {
                music.Rescan();
                return TypedResults.Accepted("/api/library/scan", ScanState.Of(music));
            })
            .Changes().WithSummary("Scans the music folder again");
        library.MapGet("/unreadable", UnreadableAsync).Produces<UnreadableList>().Refuses(ErrorCode.InvalidField)
            .WithSummary("Files that cannot be read, and why");
    }

    private static async Task<IResult> ListAsync(MusicLibrary library, CancellationToken ct, string q = "", int limit = 100, int offset = 0)
    {
        if (PageProblem(limit, offset) is { } problem)
        {
            return problem;
        }

        var page = await library.ListAsync(new TrackQuery(q, offset, limit), ct);
        return TypedResults.Ok(new TrackList([.. page.Tracks.Select(Track.Of)], page.Total));
    }

    private static async Task<IResult> UnreadableAsync(MusicLibrary library, CancellationToken ct, int limit = 100, int offset = 0)
    {
        if (PageProblem(limit, offset) is { } problem)
        {
            return problem;
        }

        var page = await library.ListAsync(new TrackQuery("", offset, limit, TrackState.Unreadable), ct);
        return TypedResults.Ok(new UnreadableList([.. page.Tracks.Select(static track => new UnreadableFile(track.Id, track.Path, track.Reason))], page.Total));
    }

    private static async Task<IResult> OneAsync(string id, MusicLibrary library, CancellationToken ct) =>
        await library.FindAsync(id, ct) is { } track ? TypedResults.Ok(Track.Of(track)) : NoTrack(id);

    private static async Task<IResult> CoverAsync(string id, MusicLibrary library, CoverPictures covers, HttpContext http, CancellationToken ct)
    {
        if (await covers.FindAsync(id, ct) is { } cover)
        {
            http.Response.Headers.CacheControl = "public, max-age=3600";
            return TypedResults.PhysicalFile(cover.Path, cover.ContentType, entityTag: new EntityTagHeaderValue($"\"{cover.Tag}\""));
        }

        return await library.FindAsync(id, ct) is null ? NoTrack(id) : Problems.Of(ErrorCode.CoverNotFound, "This track has no cover.");
    }

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

    private static ProblemHttpResult? PageProblem(int limit, int offset) => limit is < 1 or > TrackQuery.MaxLimit || offset < 0
        ? Problems.Of(ErrorCode.InvalidField, $"limit must be 1 to {TrackQuery.MaxLimit}, and offset 0 or more.")
        : null;

    private static FileExtensionContentTypeProvider AudioTypes()
    {
        var types = new FileExtensionContentTypeProvider();
        types.Mappings[".flac"] = "audio/flac";
        types.Mappings[".opus"] = "audio/ogg";
        types.Mappings[".m4b"] = "audio/mp4";
        return types;
    }
}
