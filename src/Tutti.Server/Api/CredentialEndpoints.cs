using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Tutti.Protocol;
using Tutti.Protocol.Rest;
using Tutti.Server.Access;
using Tutti.Server.Access.Accounts;
using Tutti.Server.Access.Credentials;
using Tutti.Server.Access.Door;

namespace Tutti.Server.Api;

/// <summary>Sessions, personal access tokens and sign-up links: listed, made, ended.</summary>
internal static class CredentialEndpoints
{
    private const int NameMaxLength = 64;
    private const int MaxDays = 3_650;

    public static void MapCredentials(this RouteGroupBuilder mine, RouteGroupBuilder changes, RouteGroupBuilder bySignIn)
    {
        mine.MapGet("/sessions", (CredentialDesk desk, HttpContext http, CancellationToken ct) => ListAsync(desk, http, tokens: false, ct))
            .Produces<CredentialList>().WithSummary("Where I am signed in");
        mine.MapGet("/tokens", (CredentialDesk desk, HttpContext http, CancellationToken ct) => ListAsync(desk, http, tokens: true, ct))
            .Produces<CredentialList>().WithSummary("My personal access tokens");
        changes.MapDelete("/sessions/{id}", RevokeAsync).Produces(StatusCodes.Status204NoContent).Refuses(ErrorCode.CredentialNotFound)
            .WithSummary("Ends a sign-in; sockets that live by it are closed");
        bySignIn.MapPost("/tokens", CreateAsync).TakesJson().Produces<TokenCreated>(StatusCodes.Status201Created).Refuses(ErrorCode.TooManyTokens)
            .WithSummary("Makes a personal access token, shown this once");
        changes.MapDelete("/tokens/{id}", RevokeAsync).Produces(StatusCodes.Status204NoContent).Refuses(ErrorCode.CredentialNotFound)
            .WithSummary("Revokes a personal access token; sockets that live by it are closed");
    }

    public static void MapSignUpLinks(this RouteGroupBuilder auth)
    {
        var links = auth.MapGroup("/signup-links").Needs(Need.Administrator)
            .Refuses(ErrorCode.SignInNeeded, ErrorCode.AdministratorNeeded, ErrorCode.CredentialInvalid, ErrorCode.CredentialExpired, ErrorCode.CredentialRevoked);
        links.MapGet("", async (IAccountStore accounts, TimeProvider time, CancellationToken ct) =>
            {
                SignUpLinkDetail[] list = [.. (await accounts.SignUpLinksAsync(UtcMicros.Now(time), ct))
                    .Select(static link => new SignUpLinkDetail(link.Id, link.CreatedAt.Value, link.ExpiresAt.Value))];
                return TypedResults.Ok(new SignUpLinkList(list, list.Length));
            })
            .WithSummary("Sign-up links that nobody has used yet");
        var changes = links.MapGroup("").Changes().Refuses(ErrorCode.AntiforgeryFailed);
        changes.MapPost("", async (IAccountStore accounts, TimeProvider time, IOptions<AccessOptions> options, CancellationToken ct) =>
            {
                var (link, secret) = SignUpLink.New(UtcMicros.Now(time), TimeSpan.FromHours(options.Value.SignUpLinkHours));
                await accounts.AddSignUpLinkAsync(link, ct);
                // Behind the #: it reaches no server's log.
                return TypedResults.Created("/auth/signup-links", new SignUpLinkCreated(link.Id, secret, $"/signup#{secret}", link.ExpiresAt.Value));
            })
            .WithSummary("Makes a link that lets one person sign up, shown this once");
        changes.MapDelete("/{id}", async Task<IResult> (string id, IAccountStore accounts, CancellationToken ct) =>
                await accounts.DeleteSignUpLinkAsync(id, ct) ? TypedResults.NoContent() : NotFound())
            .Produces(StatusCodes.Status204NoContent).Refuses(ErrorCode.CredentialNotFound).WithSummary("Takes a sign-up link back");
    }

    private static async Task<IResult> ListAsync(CredentialDesk desk, HttpContext http, bool tokens, CancellationToken ct)
    {
        var current = http.Credential()!.Id;
        CredentialDetail[] list = [.. (await desk.ListAsync(http.Me().Id, ct)).Where(credential => credential.Kind is CredentialKind.Token == tokens)
            .Select(credential => CredentialDetail.Of(credential, current))];
        return TypedResults.Ok(new CredentialList(list, list.Length));
    }

    private static async Task<IResult> CreateAsync(CreateTokenRequest body, CredentialDesk desk, HttpContext http, CancellationToken ct)
    {
        var name = body.Name.Trim();
        if (name is { Length: 0 or > NameMaxLength } || name.Any(char.IsControl))
        {
            return Problems.Of(ErrorCode.InvalidField, $"name must have 1 to {NameMaxLength} characters, none of them a control character.");
        }

        if (body.Days is < 1 or > MaxDays)
        {
            return Problems.Of(ErrorCode.InvalidField, $"days must be 1 to {MaxDays}, or left out.");
        }

        if (await desk.AddTokenAsync(http.Me().Id, name, body.Days is { } days ? TimeSpan.FromDays(days) : null, ct) is not var (record, token))
        {
            return Problems.Of(ErrorCode.TooManyTokens, $"An account has at most {CredentialDesk.MaxTokens} tokens; revoke one first.");
        }

        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Created($"/auth/tokens/{record.Id}", new TokenCreated(token, CredentialDetail.Of(record, null)));
    }

    private static async Task<IResult> RevokeAsync(string id, CredentialDesk desk, HttpContext http, CancellationToken ct) =>
        await desk.RevokeAsync(http.Me().Id, id, ct) ? TypedResults.NoContent() : NotFound();

    private static ProblemHttpResult NotFound() => Problems.Of(ErrorCode.CredentialNotFound, "There is none with this id.");
}
