using Microsoft.Extensions.Options;
using Tutti.Protocol;
using Tutti.Protocol.Rest;
using Tutti.Server.Access;
using Tutti.Server.Access.Accounts;
using Tutti.Server.Access.Credentials;
using Tutti.Server.Access.Door;
using Tutti.Server.Access.Guessing;
using Tutti.Server.Rooms;

namespace Tutti.Server.Api;

/// <summary>Accounts: set-up, sign-up, sign-in and out, and what an account sees and changes of itself.</summary>
internal static class AuthEndpoints
{
    public static void MapAuth(this IEndpointRouteBuilder endpoints)
    {
        var auth = endpoints.MapGroup("/auth").Needs(Need.Nobody).WithTags("Accounts");
        auth.MapGet("", (HttpContext http, SetUpCode setUp, IOptions<AccessOptions> options) => TypedResults.Ok(new AuthState(
                options.Value.Mode.ToString().ToLowerInvariant(), setUp.Code is not null, options.Value.Mode is AccessMode.Open ? "open" : "link",
                CallerDetail.Of(http.Caller()), [.. http.Guests().Select(static guest => ((Caller.Guest)guest.Caller).RoomCode)])))
            .WithSummary("Who asks, and how one gets in here");

        var enter = auth.MapGroup("").Changes().TakesJson();
        enter.MapPost("/setup", SetUpAsync).Produces<SignedIn>(StatusCodes.Status201Created)
            .Refuses(ErrorCode.SetUpRefused, ErrorCode.NameTaken, ErrorCode.PasswordUnfit)
            .WithSummary("Makes the administrator with the one-time code that the server printed, and signs in");
        enter.MapPost("/signup", SignUpAsync).Produces<SignedIn>(StatusCodes.Status201Created)
            .Refuses(ErrorCode.SignUpClosed, ErrorCode.NameTaken, ErrorCode.PasswordUnfit).WithSummary("Makes an account and signs in");
        enter.MapPost("/login", SignInAsync).Produces<SignedIn>().Refuses(ErrorCode.WrongCredentials, ErrorCode.LockedOut)
            .WithSummary("Signs in: with a cookie, or with session: bearer for a token");

        var mine = auth.MapGroup("").Needs(Need.Account)
            .Refuses(ErrorCode.SignInNeeded, ErrorCode.CredentialInvalid, ErrorCode.CredentialExpired, ErrorCode.CredentialRevoked);
        mine.MapGet("/dashboard", DashboardAsync).Produces<Dashboard>().WithSummary("Who am I, my devices, my rooms, my sign-ins and my tokens");
        var changes = mine.MapGroup("").Changes().Refuses(ErrorCode.AntiforgeryFailed);
        changes.MapPost("/logout", SignOutAsync).Produces(StatusCodes.Status204NoContent).WithSummary("Ends this sign-in and the sockets that live by it");
        var bySignIn = changes.MapGroup("").BySignIn();
        bySignIn.MapPost("/password", ChangePasswordAsync).TakesJson().Produces(StatusCodes.Status204NoContent)
            .Refuses(ErrorCode.WrongCredentials, ErrorCode.LockedOut, ErrorCode.PasswordUnfit).WithSummary("Changes the password and ends every other sign-in");
        bySignIn.MapDelete("/account", DeleteAsync).TakesJson().Produces(StatusCodes.Status204NoContent).Accepts<DeleteAccountRequest>("application/json")
            .Refuses(ErrorCode.WrongCredentials, ErrorCode.LockedOut, ErrorCode.LastAdministrator).WithSummary("Deletes the account: all sign-ins and tokens end, devices and the personal room are forgotten, rooms pass on or close");
        mine.MapCredentials(changes, bySignIn);
        auth.MapSignUpLinks();
        auth.MapAccountCare();
    }

    private static async Task<IResult> SetUpAsync(SetUpRequest body, AccountDesk desk, Entry entry, HttpContext http, CancellationToken ct) =>
        entry.FormProblem(body.Session) ?? entry.SignUpProblem(http) ?? await entry.InAsync(http, await desk.SetUpAsync(body.Code, body.Name, body.Password), body.Session, isNew: true, ct);

    private static async Task<IResult> SignUpAsync(
        SignUpRequest body, AccountDesk desk, Entry entry, IOptions<AccessOptions> options, HttpContext http, CancellationToken ct)
    {
        if (options.Value.Mode is AccessMode.Accounts && body.Link is null)
        {
            return Problems.Of(ErrorCode.SignUpClosed, "Accounts are made here with a sign-up link from the administrator.");
        }

        return entry.FormProblem(body.Session) ?? entry.SignUpProblem(http)
            ?? await entry.InAsync(http, await desk.SignUpAsync(body.Name, body.Password, body.Link, ct), body.Session, isNew: true, ct);
    }

    private static async Task<IResult> SignInAsync(SignInRequest body, AccountDesk desk, Entry entry, DoorCookies cookies, HttpContext http, CancellationToken ct) =>
        entry.FormProblem(body.Session)
        ?? await entry.InAsync(http, await desk.SignInAsync(body.Name, body.Password, http.Address(), cookies.KnownBrowser(http), ct), body.Session, isNew: false, ct);

    private static async Task<IResult> DashboardAsync(IAccountStore accounts, CredentialDesk desk, Belongings belongings, HttpContext http, CancellationToken ct)
    {
        var me = http.Me();
        if (await accounts.FindAsync(me.Id, ct) is not { } account)
        {
            return Problems.Of(ErrorCode.CredentialRevoked, "This account is gone.");
        }

        var current = http.Credential()!.Id;
        var held = (await desk.ListAsync(me.Id, ct)).ToLookup(static credential => credential.Kind is CredentialKind.Token, credential => CredentialDetail.Of(credential, current));
        var antiforgery = http.Credential()!.Kind is CredentialKind.Browser ? Antiforgery.ValueFor(DoorCookies.Session(http)!) : null;
        var person = (Actor.Person)me.AsActor();
        return TypedResults.Ok(new Dashboard(
            AccountDetail.Of(account), antiforgery, [.. held[false]], [.. held[true]], await belongings.DevicesAsync(person), await belongings.RoomsAsync(person, ct)));
    }

    private static async Task<IResult> SignOutAsync(CredentialDesk desk, HttpContext http, CancellationToken ct)
    {
        await desk.RevokeAsync(http.Me().Id, http.Credential()!.Id, ct);
        DoorCookies.ClearSession(http);
        return TypedResults.NoContent();
    }

    private static async Task<IResult> ChangePasswordAsync(ChangePasswordRequest body, AccountDesk desk, HttpContext http, CancellationToken ct) =>
        await desk.ChangePasswordAsync(http.Me().Id, body.Password, body.NewPassword, http.Credential()!.Id, http.Address(), ct) switch
        {
            AccountOutcome.Refused refused => Entry.Problem(http, refused),
            _ => TypedResults.NoContent(),
        };

    private static async Task<IResult> DeleteAsync(
        [Microsoft.AspNetCore.Mvc.FromBody] DeleteAccountRequest body, AccountDesk desk, AccountEnd end, HttpContext http, CancellationToken ct)
    {
        if (await desk.DeleteAsync(http.Me().Id, body.Password, http.Credential()!.Id, http.Address(), ct) is AccountOutcome.Refused refused)
        {
            return Entry.Problem(http, refused);
        }

        await end.ClearAsync(http.Me());
        DoorCookies.ClearSession(http);
        return TypedResults.NoContent();
    }
}
