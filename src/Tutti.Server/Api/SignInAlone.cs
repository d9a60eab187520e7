using Tutti.Protocol;
using Tutti.Server.Access;
using Tutti.Server.Access.Credentials;

namespace Tutti.Server.Api;

/// <summary>
/// What a personal access token does not do for: one that has leaked makes no others that outlive it, and is no place to try passwords from, of which each
/// credential has its own few.
/// </summary>
internal static class SignInAlone
{
    public static RouteGroupBuilder BySignIn(this RouteGroupBuilder group) => (RouteGroupBuilder)group
        .AddEndpointFilter(static async (invocation, next) => invocation.HttpContext.Credential() is { Kind: CredentialKind.Token }
            ? Problems.Of(ErrorCode.TokenNotEnough, "A personal access token does not do for this: sign in with the password.")
            : await next(invocation))
        .Refuses(ErrorCode.TokenNotEnough);
}
