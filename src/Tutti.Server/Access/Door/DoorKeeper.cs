using System.Collections.Immutable;
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

        var shown = await ShownAsync(http, mayUseCookies: !originIsChecked || !RequestOrigin.IsForeign(http.Request));
        switch (shown.Reading)
        {
            case CredentialReading.Good good:
                // What needs nobody does nothing in the caller's name.
                if (note.Need is not Need.Nobody && shown.Cookie is { } cookie && !Antiforgery.IsProven(http.Request, cookie))
                {
                    return (ErrorCode.AntiforgeryFailed, $"A change with a cookie needs Origin, or {Antiforgery.Header} with the value of /auth/dashboard.");
                }

                http.Features.Set(new CallerFeature(good.Credential, shown.Guests));
                break;
            case CredentialReading.Bad bad:
                return (bad.Code, bad.Message);
        }

        return DoorPolicy.Refusal(options.Value.Mode, http.Caller(), note.Need);
    }

    /// <summary>What a request shows. A cookie that is no longer good counts as nothing, and is taken away: its page is a stranger's again.</summary>
    private async ValueTask<Shown> ShownAsync(HttpContext http, bool mayUseCookies)
    {
        var authorization = http.Request.Headers.Authorization.ToString();
        if (authorization.Length > 0)
        {
            var bearer = authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
                ? await desk.ReadBearerAsync(authorization[Scheme.Length..].Trim(), http.RequestAborted)
                : CredentialReading.Bad.Invalid;
            return new Shown(bearer, null, bearer is CredentialReading.Good { Credential: { Caller: Caller.Guest } only } ? [only] : []);
        }

        // A page on another port of this host is another site's, though browsers give it our cookies.
        if (!mayUseCookies)
        {
            return Shown.Nothing;
        }

        if (DoorCookies.Session(http) is { } cookie)
        {
            var reading = await desk.ReadCookieAsync(cookie, http.RequestAborted);
            if (reading is CredentialReading.Good)
            {
                return new Shown(reading, cookie, []);
            }

            DoorCookies.ClearSession(http);
        }

        ImmutableArray<Credential> guests = [.. await GuestsAsync(http)];
        return guests is [var first, ..]
            ? new Shown(new CredentialReading.Good(CallerOfRequest.Among(guests, RoomOf(http)) ?? first), DoorCookies.GuestValue(http), guests)
            : Shown.Nothing;
    }

    private async ValueTask<List<Credential>> GuestsAsync(HttpContext http)
    {
        var guests = new List<Credential>();
        foreach (var pass in DoorCookies.Guests(http))
        {
            if (await desk.ReadBearerAsync(pass, http.RequestAborted) is CredentialReading.Good { Credential: { Caller: Caller.Guest } guest })
            {
                guests.Add(guest);
            }
        }

        return guests;
    }

    private static string? RoomOf(HttpContext http) => (http.GetRouteValue("code") ?? http.GetRouteValue("room")) as string;

    /// <param name="Reading">Null when nothing was shown.</param>
    /// <param name="Cookie">The cookie that it is from; null: from none.</param>
    /// <param name="Guests">Whose guests' passes it holds, the newest first.</param>
    private readonly record struct Shown(CredentialReading? Reading, string? Cookie, ImmutableArray<Credential> Guests)
    {
        public static Shown Nothing { get; } = new(null, null, []);
    }
}

public static class DoorConventions
{
    /// <summary>Says what an endpoint or group needs of its caller.</summary>
    public static TBuilder Needs<TBuilder>(this TBuilder builder, Need need)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new DoorKeeper.Note(need));
}
