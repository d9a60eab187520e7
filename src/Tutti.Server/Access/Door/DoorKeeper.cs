using Microsoft.Extensions.Options;
using Tutti.Protocol;
using Tutti.Server.Access.Credentials;

namespace Tutti.Server.Access.Door;

/// <summary>Stands before every endpoint that says what it needs: finds out who asks, and lets nobody in who may not.</summary>
public sealed class DoorKeeper(CredentialDesk desk, IOptions<AccessOptions> options)
{
    private const string Scheme = "Bearer ";

    /// <summary>Notes on an endpoint or group what it needs; the innermost note counts.</summary>
    internal sealed record Note(Need Need);

    /// <param name="originIsChecked">False where a proxy hides what the browser called, so that <c>Origin</c> cannot be judged here.</param>
    /// <returns>Null when the request may pass, and its caller is known from now on; else why not.</returns>
    public async ValueTask<(ErrorCode Code, string Message)?> RefusalAsync(HttpContext http, bool originIsChecked)
    {
        ArgumentNullException.ThrowIfNull(http);
        if (http.GetEndpoint()?.Metadata.GetMetadata<Note>() is not { } note)
        {
            return null;
        }

        switch (await ShownAsync(http, mayUseCookies: !originIsChecked || !RequestOrigin.IsForeign(http.Request)))
        {
            case CredentialReading.Good good:
                // What needs nobody does nothing in the caller's name.
                if (note.Need is not Need.Nobody && good.Credential.Kind is CredentialKind.Browser && !Antiforgery.IsProven(http.Request, DoorCookies.Session(http)!))
                {
                    return (ErrorCode.AntiforgeryFailed, $"A change with a cookie needs Origin, or {Antiforgery.Header} with the value of /auth/dashboard.");
                }

                http.Features.Set(new CallerFeature(good.Credential));
                break;
            case CredentialReading.Bad bad:
                return (bad.Code, bad.Message);
        }

        return DoorPolicy.Refusal(options.Value.Mode, http.Caller(), note.Need);
    }

    /// <summary>Null when nothing was shown. A cookie that is no longer good counts as nothing, and is taken away: its page is a stranger's again.</summary>
    private async ValueTask<CredentialReading?> ShownAsync(HttpContext http, bool mayUseCookies)
    {
        var authorization = http.Request.Headers.Authorization.ToString();
        if (authorization.Length > 0)
        {
            return authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
                ? await desk.ReadBearerAsync(authorization[Scheme.Length..].Trim(), http.RequestAborted)
                : CredentialReading.Bad.Invalid;
        }

        // A page on another port of this host is another site's, though browsers give it our cookies.
        if (!mayUseCookies)
        {
            return null;
        }

        if (DoorCookies.Session(http) is { } cookie)
        {
            var reading = await desk.ReadCookieAsync(cookie, http.RequestAborted);
            if (reading is CredentialReading.Good)
            {
                return reading;
            }

            DoorCookies.ClearSession(http);
        }

        return DoorCookies.Guest(http) is { } pass && await desk.ReadBearerAsync(pass, http.RequestAborted) is CredentialReading.Good { Credential.Kind: null } guest
            ? guest
            : null;
    }
}

public static class DoorConventions
{
    /// <summary>Says what an endpoint or group needs of its caller.</summary>
    public static TBuilder Needs<TBuilder>(this TBuilder builder, Need need)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new DoorKeeper.Note(need));
}
