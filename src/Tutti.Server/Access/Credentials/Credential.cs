using Tutti.Protocol;

namespace Tutti.Server.Access.Credentials;

/// <summary>A credential that was shown and is good.</summary>
/// <param name="Id">Of its row, or <c>guest …</c> for a guest's pass.</param>
/// <param name="ExpiresAt">When it ends if nothing prolongs it; null: never.</param>
public sealed record Credential(string Id, CredentialKind? Kind, Caller Caller, UtcMicros? ExpiresAt);

/// <summary>What became of something that was shown at the door. Closed.</summary>
public abstract record CredentialReading
{
    private CredentialReading()
    {
    }

    public sealed record Good(Credential Credential) : CredentialReading;

    /// <param name="Code"><see cref="ErrorCode.CredentialInvalid"/>, <see cref="ErrorCode.CredentialExpired"/> or
    /// <see cref="ErrorCode.CredentialRevoked"/>.</param>
    public sealed record Bad(ErrorCode Code, string Message) : CredentialReading
    {
        public static Bad Invalid { get; } = new(ErrorCode.CredentialInvalid, "This credential is not one of this server's, or was revoked.");

        public static Bad Expired { get; } = new(ErrorCode.CredentialExpired, "This credential has expired; sign in again.");

        public static Bad Revoked { get; } = new(ErrorCode.CredentialRevoked, "This credential was revoked; sign in again.");
    }
}
