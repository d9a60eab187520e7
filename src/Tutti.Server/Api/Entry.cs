using System.Globalization;
using Tutti.Protocol;
using Tutti.Protocol.Rest;
using Tutti.Server.Access;
using Tutti.Server.Access.Accounts;
using Tutti.Server.Access.Credentials;
using Tutti.Server.Access.Door;
using Tutti.Server.Access.Guessing;

namespace Tutti.Server.Api;

/// <summary>The last step of signing in, up or setting up: gives the credential, as cookie or as token.</summary>
public sealed class Entry(CredentialDesk desk, DoorCookies cookies, SignUpLimit signUps)
{
    public static IResult Problem(HttpContext http, AccountOutcome.Refused refused)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(refused);
        if (refused.RetryAfter is { } wait)
        {
            http.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }

        return Problems.Of(refused.Code, refused.Message);
    }

    public IResult? FormProblem(string session) => session is SessionForms.Cookie or SessionForms.Bearer
        ? null
        : Problems.Of(ErrorCode.InvalidField, $"session must be {SessionForms.Cookie} or {SessionForms.Bearer}.");

    /// <summary>Null when this address may make one more account, or try one more link.</summary>
    public IResult? SignUpProblem(HttpContext http)
    {
        var wait = signUps.Begin(http.Address());
        return wait > TimeSpan.Zero
            ? Problem(http, new AccountOutcome.Refused(ErrorCode.TooManyRequests, "Too many tries from this address; try again later.", wait))
            : null;
    }

    public async Task<IResult> InAsync(HttpContext http, AccountOutcome outcome, string session, bool isNew, CancellationToken ct)
    {
        switch (outcome)
        {
            case AccountOutcome.Done(var account):
                if ((session == SessionForms.Bearer ? await BearerAsync(account, http, ct) : await CookieAsync(account, http, ct)) is not { } answer)
                {
                    return Problems.Of(ErrorCode.WrongCredentials, "The password was changed this very moment.");
                }

                http.Response.Headers.CacheControl = "no-store";
                return isNew ? TypedResults.Created("/auth/dashboard", answer) : TypedResults.Ok(answer);
            case AccountOutcome.Refused refused:
                return Problem(http, refused);
            default:
                throw new InvalidOperationException("an outcome that is none");
        }
    }

    private async Task<SignedIn?> BearerAsync(AccountRecord account, HttpContext http, CancellationToken ct) =>
        await desk.AddBearerAsync(account, Agent(http), ct) is var (record, token)
            ? new SignedIn(AccountDetail.Of(account), record.Id, token, null, record.ExpiresAt?.Value)
            : null;

    private async Task<SignedIn?> CookieAsync(AccountRecord account, HttpContext http, CancellationToken ct)
    {
        // Never the session that was there before: whoever planted that one would be signed in too.
        if (await desk.AddBrowserAsync(account, Agent(http), ct) is not var (record, cookie))
        {
            return null;
        }

        DoorCookies.SetSession(http, cookie);
        cookies.Remember(http, account.Id);
        return new SignedIn(AccountDetail.Of(account), record.Id, null, Antiforgery.ValueFor(cookie), record.ExpiresAt?.Value);
    }

    private static string Agent(HttpContext http) => BrowserName.Of(http.Request.Headers.UserAgent.ToString());
}

internal static class AccountOfRequest
{
    /// <summary>The account that asks; for endpoints that need one.</summary>
    public static Caller.Account Me(this HttpContext http) => (Caller.Account)http.Caller();

    public static ClientAddress Address(this HttpContext http) => ClientAddress.Of(http.Connection.RemoteIpAddress);
}
