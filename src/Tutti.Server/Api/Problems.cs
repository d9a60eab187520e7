using Microsoft.AspNetCore.Http.HttpResults;
using Tutti.Protocol;
using Tutti.Protocol.Rest;

namespace Tutti.Server.Api;

/// <summary>Refusals over REST: RFC 9457 problem details with the protocol's stable <c>code</c> and <c>name</c> (docs/protocol.md §9).</summary>
public static class Problems
{
    /// <param name="detail">What was wrong this time, in words for people.</param>
    public static ProblemHttpResult Of(ErrorCode code, string detail) => TypedResults.Problem(
        detail,
        statusCode: StatusOf(code),
        title: code.Name(),
        type: $"urn:tutti:error:{(int)code}",
        extensions: [new("code", (int)code), new("name", code.Name())]);

    /// <summary>The HTTP status that goes with an error.</summary>
    public static int StatusOf(ErrorCode code) => code switch
    {
        ErrorCode.OriginRefused or ErrorCode.PlaylistNotAllowed or ErrorCode.UploadNotOwn => StatusCodes.Status403Forbidden,
        ErrorCode.RoomNotFound or ErrorCode.ItemNotFound or ErrorCode.TrackNotFound or ErrorCode.SegmentNotFound or ErrorCode.RouteNotFound or ErrorCode.DeviceNotFound
            or ErrorCode.CoverNotFound or ErrorCode.AlbumNotFound or ErrorCode.ArtistNotFound or ErrorCode.GenreNotFound or ErrorCode.FolderNotFound
            or ErrorCode.PlaylistNotFound or ErrorCode.UploadNotFound
            => StatusCodes.Status404NotFound,
        ErrorCode.MethodNotAllowed => StatusCodes.Status405MethodNotAllowed,
        ErrorCode.PlaylistChanged or ErrorCode.UploadOffsetWrong or ErrorCode.TrackNotUploaded or ErrorCode.NothingToPlay or ErrorCode.NotPlaying or ErrorCode.NotPaused or ErrorCode.NothingNext or ErrorCode.QueueFull or ErrorCode.RoomFull
            or ErrorCode.DeviceOutputOff or ErrorCode.ServiceOff
            => StatusCodes.Status409Conflict,
        ErrorCode.TrackVanished => StatusCodes.Status410Gone,
        ErrorCode.BodyTooLarge or ErrorCode.UploadTooLarge or ErrorCode.UploadQuotaFull or ErrorCode.AccountQuotaFull => StatusCodes.Status413PayloadTooLarge,
        ErrorCode.UnsupportedMediaType => StatusCodes.Status415UnsupportedMediaType,
        ErrorCode.TrackUnreadable or ErrorCode.LinkUnreachable or ErrorCode.LinkTooLarge or ErrorCode.LinkSilent or ErrorCode.StationLost or ErrorCode.LinkNotTrack or ErrorCode.NotPlayable or ErrorCode.UploadNotMusic => StatusCodes.Status422UnprocessableEntity,
        ErrorCode.HostRefused => StatusCodes.Status421MisdirectedRequest,
        ErrorCode.SocketExpected => StatusCodes.Status426UpgradeRequired,
        ErrorCode.TooManyRequests => StatusCodes.Status429TooManyRequests,
        ErrorCode.Internal => StatusCodes.Status500InternalServerError,
        ErrorCode.TooManyRooms or ErrorCode.RoomBusy or ErrorCode.MediaBusy or ErrorCode.ShuttingDown => StatusCodes.Status503ServiceUnavailable,

        // Access.
        ErrorCode.SignInNeeded or ErrorCode.WrongCredentials or ErrorCode.CredentialInvalid or ErrorCode.CredentialExpired or ErrorCode.CredentialRevoked
            => StatusCodes.Status401Unauthorized,
        ErrorCode.AdministratorNeeded or ErrorCode.GuestElsewhere or ErrorCode.AntiforgeryFailed or ErrorCode.SignUpClosed or ErrorCode.SetUpRefused
            or ErrorCode.ResetLinkRefused or ErrorCode.UploadRightNeeded or ErrorCode.TokenNotEnough
            => StatusCodes.Status403Forbidden,
        ErrorCode.CredentialNotFound or ErrorCode.AccountNotFound => StatusCodes.Status404NotFound,
        ErrorCode.NameTaken or ErrorCode.TooManyTokens or ErrorCode.LastAdministrator => StatusCodes.Status409Conflict,
        ErrorCode.LockedOut => StatusCodes.Status429TooManyRequests,
        _ => OfPeople(code) ?? StatusCodes.Status400BadRequest,
    };

    private static int? OfPeople(ErrorCode code) => code switch
    {
        ErrorCode.NotAllowed or ErrorCode.HostOnly or ErrorCode.JoinNeeded or ErrorCode.RoomLocked or ErrorCode.Banned or ErrorCode.InviteNeeded
            or ErrorCode.PasswordNeeded or ErrorCode.PasswordWrong or ErrorCode.InviteInvalid => StatusCodes.Status403Forbidden,
        ErrorCode.MemberNotFound => StatusCodes.Status404NotFound,
        ErrorCode.NoMembers or ErrorCode.TooManyMembers or ErrorCode.TooManyInvites or ErrorCode.DeviceTaken => StatusCodes.Status409Conflict,
        ErrorCode.RoomClosed or ErrorCode.InviteExpired or ErrorCode.InviteUsedUp => StatusCodes.Status410Gone,
        ErrorCode.PasswordPatience => StatusCodes.Status429TooManyRequests,
        _ => null,
    };
}
