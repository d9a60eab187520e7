using Tutti.Protocol;
using Tutti.Server.Access.Door;
using Tutti.Server.Media;

namespace Tutti.Server.Api;

/// <summary>The sound itself, in segments (docs/protocol.md §8).</summary>
internal static class MediaEndpoints
{
    public static void MapMedia(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/media/{key}/flac/{n:int}", SegmentAsync).Needs(Need.Visitor)
            .Produces(StatusCodes.Status200OK, contentType: "audio/flac")
            .Refuses(ErrorCode.SignInNeeded, ErrorCode.CredentialInvalid, ErrorCode.CredentialExpired, ErrorCode.CredentialRevoked)
            .Refuses(ErrorCode.SegmentNotFound, ErrorCode.TrackUnreadable, ErrorCode.TrackVanished, ErrorCode.MediaBusy)
            .WithTags("Media").WithSummary("One segment of a sound as a complete FLAC stream; waits while it is being cut");

    private static async Task<IResult> SegmentAsync(string key, int n, MediaService media, HttpContext http, CancellationToken ct)
    {
        switch (await media.OpenSegmentAsync(key, n, ct))
        {
            case SegmentOutcome.Found(var stream):
                http.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
                return TypedResults.Stream(stream, "audio/flac");
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
