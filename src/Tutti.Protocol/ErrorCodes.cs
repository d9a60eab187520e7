using System.Collections.Frozen;
using System.Text.Json;

namespace Tutti.Protocol;

/// <summary>What the protocol says about each <see cref="ErrorCode"/> beside its number.</summary>
public static class ErrorCodes
{
    private static readonly FrozenDictionary<ErrorCode, string> s_names =
        Enum.GetValues<ErrorCode>().ToFrozenDictionary(code => code, code => JsonNamingPolicy.CamelCase.ConvertName(code.ToString()));

    /// <summary>The stable wire name, such as <c>trackNotFound</c>.</summary>
    public static string Name(this ErrorCode code) => s_names[code];

    /// <summary>True when a socket is closed after this error.</summary>
    public static bool IsFatal(this ErrorCode code) => code.CloseStatus() is not null;

    /// <summary>The WebSocket close status that follows a fatal error (RFC 6455 §7.4, and 4000 for our own); null when not fatal.</summary>
    public static int? CloseStatus(this ErrorCode code) => code switch
    {
        ErrorCode.FrameTooLarge => 1009,
        ErrorCode.BinaryFrame => 1003,
        ErrorCode.ShuttingDown => 1001,
        ErrorCode.HelloExpected or ErrorCode.UnsupportedProtocol or ErrorCode.TooManyMessages or ErrorCode.HelloTimeout
            or ErrorCode.RoomNotFound or ErrorCode.RoomFull
            or ErrorCode.SignInNeeded or ErrorCode.CredentialInvalid or ErrorCode.CredentialExpired or ErrorCode.CredentialRevoked
            or ErrorCode.GuestElsewhere
            or ErrorCode.JoinNeeded or ErrorCode.RoomLocked or ErrorCode.Banned or ErrorCode.Kicked or ErrorCode.InviteNeeded or ErrorCode.PasswordNeeded
            or ErrorCode.RoomClosed or ErrorCode.TooManyMembers or ErrorCode.DeviceTaken => 4000,
        _ => null,
    };
}
