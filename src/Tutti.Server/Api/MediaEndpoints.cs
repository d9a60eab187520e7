using Tutti.Protocol;
using Tutti.Server.Access.Door;
using Tutti.Server.Media;
using Tutti.Server.Sources;

namespace Tutti.Server.Api;

/// <summary>The sound itself, in segments (docs/protocol.md §8).</summary>
internal static class MediaEndpoints
{
    public static void MapMedia(this IEndpointRouteBuilder endpoints)
    {
        var media = endpoints.MapGroup("/media/{key}").Needs(Need.Visitor).ForThoseOfARoom()
            .Refuses(ErrorCode.SignInNeeded, ErrorCode.CredentialInvalid, ErrorCode.CredentialExpired, ErrorCode.CredentialRevoked)
            .Refuses(ErrorCode.SegmentNotFound, ErrorCode.TrackUnreadable, ErrorCode.TrackVanished, ErrorCode.MediaBusy)
            .WithTags("Media");
        media.MapGet("/flac/{n:int}", async (string key, int n, SoundSegments sounds, HttpContext http, CancellationToken ct) =>
                Answer(await sounds.OpenAsync(key, n, ct), "audio/flac", http))
            .Produces(StatusCodes.Status200OK, contentType: "audio/flac")
            .WithSummary("One segment of a sound as a complete FLAC stream; waits while it is being cut");
        media.MapGet("/opus/{n:int}", async (string key, int n, SoundSegments sounds, HttpContext http, CancellationToken ct) =>
                Answer(await sounds.OpenThinAsync(key, n, ct), "audio/ogg", http))
            .Produces(StatusCodes.Status200OK, contentType: "audio/ogg")
            .WithSummary("The same segment for thin links, as a complete Ogg Opus stream with 80 ms before and 20 ms after its own samples");
        media.MapGet("/peaks", async (string key, MediaService sounds, HttpContext http, CancellationToken ct) =>
                Answer(await sounds.OpenPeaksAsync(key, ct), "application/octet-stream", http))
            .Produces(StatusCodes.Status200OK, contentType: "application/octet-stream")
            .WithSummary("The outline of a sound: a byte for each fifth of a second, 255 = full scale; waits while it is being cut");
    }

    private static IResult Answer(SegmentOutcome outcome, string type, HttpContext http)
    {
        switch (outcome)
        {
            case SegmentOutcome.Found(var stream):
                http.MayBeKept(CacheScope.Forever);
                return TypedResults.Stream(stream, type);
            case SegmentOutcome.Refused(var fault):
                var code = (ErrorCode)fault.Code;
                if (code is ErrorCode.MediaBusy)
                {
                    http.Response.Headers.RetryAfter = "1";
                }

                return Problems.Of(code, fault.Message);
            default:
                throw new InvalidOperationException("an outcome that is none");
        }
    }
}
