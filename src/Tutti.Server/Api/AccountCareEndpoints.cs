using Microsoft.AspNetCore.Http.HttpResults;
using Tutti.Protocol;
using Tutti.Protocol.Rest;
using Tutti.Server.Access;
using Tutti.Server.Access.Accounts;
using Tutti.Server.Access.Door;

namespace Tutti.Server.Api;

/// <summary>What the administrator does for others' accounts, and the link that comes of it.</summary>
internal static class AccountCareEndpoints
{
    public static void MapAccountCare(this RouteGroupBuilder auth)
    {
        var accounts = auth.MapGroup("/accounts").Needs(Need.Administrator)
            .Refuses(ErrorCode.SignInNeeded, ErrorCode.AdministratorNeeded, ErrorCode.CredentialInvalid, ErrorCode.CredentialExpired, ErrorCode.CredentialRevoked);
        accounts.MapGet("", async (IAccountStore store, CancellationToken ct) =>
            {
                AccountLine[] list = [.. (await store.ListAsync(ct)).Select(static one => AccountLine.Of(one.Account, one.UsedAt))];
                return TypedResults.Ok(new AccountList(list, list.Length));
            })
            .WithSummary("Who has an account here, by name");
        accounts.MapPost("/{id}/reset-link", OfferAsync).Produces<ResetLinkCreated>(StatusCodes.Status201Created).Changes()
            .Refuses(ErrorCode.AntiforgeryFailed, ErrorCode.AccountNotFound)
            .WithSummary("Makes a link that lets one person give their account a new password, shown this once");
        accounts.MapPatch("/{id}", ChangeAsync).Produces(StatusCodes.Status204NoContent).TakesJson().Changes()
            .Refuses(ErrorCode.AntiforgeryFailed, ErrorCode.AccountNotFound).WithSummary("Gives an account the right to upload, or takes it back");
        auth.MapPost("/reset", ResetAsync).Produces<SignedIn>().TakesJson().Changes()
            .Refuses(ErrorCode.ResetLinkRefused, ErrorCode.PasswordUnfit, ErrorCode.InvalidField)
            .WithSummary("Sets a new password by such a link, ends every sign-in and token of the account, and signs in");
    }

    private static async Task<IResult> ChangeAsync(string id, AccountRightsRequest body, IAccountStore store, CancellationToken ct) =>
        await store.SetMayUploadAsync(new AccountId(id), body.MayUpload, ct) ? TypedResults.NoContent() : NoAccount();

    private static async Task<IResult> OfferAsync(string id, PasswordResets resets, HttpContext http, CancellationToken ct)
    {
        if (await resets.OfferAsync(new AccountId(id), ct) is not var (account, secret, expiresAt))
        {
            return NoAccount();
        }

        http.Response.Headers.CacheControl = "no-store";
        // Behind the #: it reaches no server's log.
        return TypedResults.Created("/auth/accounts", new ResetLinkCreated(account.Name, secret, $"/reset#{secret}", expiresAt.Value));
    }

    private static async Task<IResult> ResetAsync(ResetPasswordRequest body, PasswordResets resets, Entry entry, HttpContext http, CancellationToken ct) =>
        entry.FormProblem(body.Session) ?? entry.SignUpProblem(http)
        ?? await entry.InAsync(http, await resets.UseAsync(body.Link, body.Password, ct), body.Session, isNew: false, ct);

    private static ProblemHttpResult NoAccount() => Problems.Of(ErrorCode.AccountNotFound, "There is no account with this id.");
}
