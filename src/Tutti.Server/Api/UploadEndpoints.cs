using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Tutti.Protocol;
using Tutti.Protocol.Rest;
using Tutti.Server.Access.Door;
using Tutti.Server.Library;
using Tutti.Server.Library.Uploads;

namespace Tutti.Server.Api;

/// <summary>
/// Files from outside into the server's own folder, resumable: tus 1.0 (tus.io/protocols/resumable-upload), core protocol with the extensions
/// creation and termination. Any tus client will do, and so will curl.
/// </summary>
internal static class UploadEndpoints
{
    private const string Version = "1.0.0";
    private const string OffsetType = "application/offset+octet-stream";

    public static void MapUploads(this RouteGroupBuilder api)
    {
        var uploads = api.MapGroup("/uploads").Needs(Need.Account).WithTags("Uploads").Refuses(ErrorCode.AntiforgeryFailed)
            .AddEndpointFilter(static (invocation, next) =>
            {
                invocation.HttpContext.Response.Headers["Tus-Resumable"] = Version;
                return next(invocation);
            });
        uploads.MapGet("", async (UploadDesk desk, HttpContext http, CancellationToken ct) => TypedResults.Ok(UploadList.Of(await desk.StandingAsync(http.Uploader(), ct))))
            .WithSummary("My uploads that are under way, and how much room there is");
        uploads.MapPost("", CreateAsync).Needs(Need.Uploader).Produces(StatusCodes.Status201Created).Changes()
            .Refuses(ErrorCode.UploadRightNeeded, ErrorCode.InvalidField, ErrorCode.UploadTooLarge, ErrorCode.UploadQuotaFull, ErrorCode.AccountQuotaFull, ErrorCode.UploadNotMusic)
            .WithSummary("Announces a file: Upload-Length, and Upload-Metadata with its filename, and lastmodified in ms if known, in Base64; Location leads on");

        var one = uploads.MapGroup("/{id}").Refuses(ErrorCode.UploadNotFound);
        one.MapGet("", DetailAsync).Produces<UploadDetail>().WithSummary("How far an upload is, and what became of it; asked with HEAD, Upload-Offset says from where to go on");
        one.MapMethods("", [HttpMethods.Head], Head).ExcludeFromDescription();
        one.MapPatch("", AddAsync).Needs(Need.Uploader).Produces(StatusCodes.Status204NoContent).Accepts<byte[]>(OffsetType).Changes()
            .Refuses(ErrorCode.UploadRightNeeded, ErrorCode.InvalidField, ErrorCode.UnsupportedMediaType, ErrorCode.UploadOffsetWrong, ErrorCode.UploadTooLarge, ErrorCode.UploadNotMusic)
            .WithSummary("Adds bytes from Upload-Offset on; the last of them has the file decoded and taken in");
        one.MapDelete("", async Task<IResult> (string id, UploadDesk desk, HttpContext http, CancellationToken ct) =>
                await desk.CancelAsync(id, http.Uploader(), ct) ? TypedResults.NoContent() : NoUpload(id))
            .Produces(StatusCodes.Status204NoContent).Changes().WithSummary("Gives an upload up");

        uploads.MapGet("/tracks", TracksAsync).Produces<TrackPage>().Refuses(ErrorCode.InvalidField, ErrorCode.AdministratorNeeded)
            .WithSummary("The tracks that I uploaded, the newest first; of=all: everybody's, for administrators");
        uploads.MapDelete("/tracks/{trackId}", RemoveAsync).Produces(StatusCodes.Status204NoContent).Changes()
            .Refuses(ErrorCode.TrackNotFound, ErrorCode.TrackNotUploaded, ErrorCode.UploadNotOwn).WithSummary("Removes the file of a track that I uploaded; administrators may remove others' too");
    }

    private static async Task<IResult> TracksAsync(
        ICatalog catalog, MusicLibrary library, HttpContext http, CancellationToken ct, string of = "mine", int limit = 100, int offset = 0)
    {
        if (of is not ("mine" or "all"))
        {
            return Problems.Of(ErrorCode.InvalidField, "of must be mine or all.");
        }

        if (ListFields.Wrong(limit, offset) is { } problem)
        {
            return problem;
        }

        var who = http.Uploader();
        if (of == "all" && !who.Administrates)
        {
            return Problems.Of(ErrorCode.AdministratorNeeded, "What others uploaded is for administrators to see.");
        }

        var query = new TrackQuery(Uploaded: new UploadedTracks(library.UploadFolder, of == "all" ? null : who.AccountId), Order: TrackOrder.Added, Descending: true);
        var page = await catalog.TracksAsync(query, new PageRange(offset, limit), ct);
        return TypedResults.Ok(new TrackPage([.. page.Items.Select(Track.Of)], page.Total));
    }

    private static async Task<IResult> RemoveAsync(string trackId, UploadDesk desk, HttpContext http, CancellationToken ct) =>
        await desk.RemoveAsync(trackId, http.Uploader(), ct) switch
        {
            UploadRemoval.Removed => TypedResults.NoContent(),
            UploadRemoval.NotFound => Problems.Of(ErrorCode.TrackNotFound, $"There is no track {trackId}."),
            UploadRemoval.NotUploaded => Problems.Of(ErrorCode.TrackNotUploaded, "This track lies in a music folder, which is only ever read: only uploaded files can be removed here."),
            UploadRemoval.NotOwn => Problems.Of(ErrorCode.UploadNotOwn, "Somebody else uploaded this track."),
            _ => throw new InvalidOperationException("an outcome that is none"),
        };

    private static async Task<IResult> CreateAsync(HttpContext http, UploadDesk desk, CancellationToken ct)
    {
        if (Number(http, "Upload-Length") is not { } length || About(http.Request.Headers["Upload-Metadata"].ToString(), "filename") is not { } name)
        {
            return Problems.Of(ErrorCode.InvalidField, "Give Upload-Length in bytes, and Upload-Metadata with filename and its value in Base64.");
        }

        var modifiedMs = long.TryParse(
            About(http.Request.Headers["Upload-Metadata"].ToString(), "lastmodified"), NumberStyles.None, CultureInfo.InvariantCulture, out var told) ? told : (long?)null;
        var outcome = await desk.OpenAsync(http.Uploader(), name, length, modifiedMs, ct);
        return outcome is UploadOutcome.Done(var upload) ? TypedResults.Created($"/api/uploads/{upload.Id}") : Refusal(outcome, "");
    }

    private static async Task<IResult> DetailAsync(string id, UploadDesk desk, MusicLibrary library, ITrackStore tracks, HttpContext http, CancellationToken ct) =>
        desk.Find(id, http.Uploader()) is { } upload
            ? TypedResults.Ok(UploadDetail.Of(upload, upload.Path.Length > 0 ? await tracks.FindIdAsync(library.UploadFolder, upload.Path, ct) : null))
            : NoUpload(id);

    private static IResult Head(string id, UploadDesk desk, HttpContext http)
    {
        if (desk.Find(id, http.Uploader()) is not { } upload)
        {
            return NoUpload(id);
        }

        var headers = http.Response.Headers;
        headers["Upload-Offset"] = Text(upload.ReceivedBytes);
        headers["Upload-Length"] = Text(upload.SizeBytes);
        headers.CacheControl = "no-store";
        return TypedResults.Ok();
    }

    private static async Task<IResult> AddAsync(string id, HttpContext http, UploadDesk desk, CancellationToken ct)
    {
        if (http.Request.ContentType != OffsetType)
        {
            return Problems.Of(ErrorCode.UnsupportedMediaType, $"The bytes come as {OffsetType}.");
        }

        if (Number(http, "Upload-Offset") is not { } offset)
        {
            return Problems.Of(ErrorCode.InvalidField, "Give Upload-Offset, in bytes.");
        }

        // This body may be as large as a file may be; all others keep their limit.
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = desk.MaxFileBytes + 1;
        }

        var outcome = await desk.AddAsync(http.Uploader(), id, offset, http.Request.Body, ct);
        if (outcome is not UploadOutcome.Done(var upload))
        {
            return Refusal(outcome, id);
        }

        http.Response.Headers["Upload-Offset"] = Text(upload.ReceivedBytes);
        return TypedResults.NoContent();
    }

    private static ProblemHttpResult Refusal(UploadOutcome outcome, string id) => outcome switch
    {
        UploadOutcome.NotFound => NoUpload(id),
        UploadOutcome.TooLarge(var most) => Problems.Of(ErrorCode.UploadTooLarge, $"The file must have 1 to {most} bytes."),
        UploadOutcome.QuotaFull(var free) => Problems.Of(ErrorCode.UploadQuotaFull, $"All uploads together leave room for {free} bytes."),
        UploadOutcome.AccountQuotaFull(var free, var quota) => Problems.Of(ErrorCode.AccountQuotaFull, $"Your uploads may take {quota} bytes, of which {free} are free."),
        UploadOutcome.TooManyUnderWay(var most) => Problems.Of(ErrorCode.AccountQuotaFull, $"You have {most} uploads under way, as many as may be: send or give up some of them first."),
        UploadOutcome.NotMusic(var reason) => Problems.Of(ErrorCode.UploadNotMusic, $"This is not taken for music: {reason}."),
        UploadOutcome.WrongOffset(var received) => Problems.Of(ErrorCode.UploadOffsetWrong, $"The upload goes on at byte {received}, and by one sender."),
        _ => throw new InvalidOperationException("an outcome that is none"),
    };

    private static ProblemHttpResult NoUpload(string id) => Problems.Of(ErrorCode.UploadNotFound, $"There is no upload {id} under way.");

    private static Uploader Uploader(this HttpContext http)
    {
        var me = http.Me();
        return new Uploader(me.Id.Value, me.IsAdministrator);
    }

    private static long? Number(HttpContext http, string header) =>
        long.TryParse(http.Request.Headers[header].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    // "filename bXkgc29uZy5tcDM=,lastmodified MTc5NTI3ODEyMDAwMA=="
    private static string? About(string metadata, string key)
    {
        foreach (var pair in metadata.Split(',', StringSplitOptions.TrimEntries))
        {
            if (pair.Split(' ') is [var named, var value] && named == key)
            {
                try
                {
                    return Encoding.UTF8.GetString(Convert.FromBase64String(value)) is { Length: > 0 and <= 1_000 } name ? name : null;
                }
                catch (FormatException)
                {
                    return null;
                }
            }
        }

        return null;
    }
}

internal static class UploadResponses
{
    extension(UploadList)
    {
        public static UploadList Of(UploadStanding standing) => new(
            [.. standing.UnderWay.Select(upload => UploadDetail.Of(upload, null))], standing.UsedBytes, standing.QuotaBytes, standing.AccountUsedBytes,
            standing.AccountQuotaBytes, standing.MaxFileBytes);
    }

    extension(UploadDetail)
    {
        public static UploadDetail Of(Upload upload, string? trackId) => new(
            upload.Id, upload.Name, upload.SizeBytes, upload.ModifiedMs, upload.ReceivedBytes, upload.State.ToString().ToLowerInvariant(), trackId,
            upload.Reason.Length > 0 ? upload.Reason : null);
    }
}
