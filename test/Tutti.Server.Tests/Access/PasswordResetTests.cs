using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Tutti.Protocol;
using Tutti.Server.Tests.Hosting;

namespace Tutti.Server.Tests.Access;

/// <summary>A new password by a link from the administrator, and the list of accounts that it is made from.</summary>
public sealed class PasswordResetTests(ClosedHouse house) : IClassFixture<ClosedHouse>
{
    private const string Next = "six green bottles";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_administrator_sees_who_has_an_account_and_nobody_else_does()
    {
        var bob = await house.SomebodyAsync();
        var accounts = (await (await house.Ann.Http.GetAsync("/auth/accounts", Ct)).JsonAsync())["accounts"]!.AsArray();
        Assert.True(Of(accounts, "Ann")["administrator"]!.GetValue<bool>());
        Assert.False(Of(accounts, bob.Name)["administrator"]!.GetValue<bool>());
        Assert.NotNull(Of(accounts, bob.Name)["usedMicros"]);
        Assert.DoesNotContain("hash", accounts.ToJsonString(), StringComparison.OrdinalIgnoreCase);
        await (await bob.Http.GetAsync("/auth/accounts", Ct)).RefusedAsync(ErrorCode.AdministratorNeeded, HttpStatusCode.Forbidden);
        await (await house.Server.Http.GetAsync("/auth/accounts", Ct)).RefusedAsync(ErrorCode.SignInNeeded, HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_link_sets_a_password_once_and_ends_all_that_was_signed_in()
    {
        var bob = await house.SomebodyAsync();
        var script = (await (await bob.Http.PostAsJsonAsync("/auth/tokens", new { name = "script" }, Ct)).JsonAsync())["token"]!.ToString();
        var link = await LinkAsync(bob);
        await (await ResetAsync(link, "short")).RefusedAsync(ErrorCode.PasswordUnfit, HttpStatusCode.BadRequest);
        var signedIn = await (await ResetAsync(link, Next)).JsonAsync();

        Assert.Equal(bob.Name, signedIn["account"]!["name"]!.ToString());
        using var fresh = house.Server.NewClient(("Authorization", $"Bearer {signedIn["token"]}"));
        Assert.Single((await (await fresh.GetAsync("/auth/dashboard", Ct)).JsonAsync())["sessions"]!.AsArray());
        await (await bob.Http.GetAsync("/auth/dashboard", Ct)).RefusedAsync(ErrorCode.CredentialRevoked, HttpStatusCode.Unauthorized);
        using var scripted = house.Server.NewClient(("Authorization", $"Bearer {script}"));
        await (await scripted.GetAsync("/auth/dashboard", Ct)).RefusedAsync(ErrorCode.CredentialInvalid, HttpStatusCode.Unauthorized);
        await (await SignInAsync(bob, House.Password)).RefusedAsync(ErrorCode.WrongCredentials, HttpStatusCode.Unauthorized);
        Assert.Equal(HttpStatusCode.OK, (await SignInAsync(bob, Next)).StatusCode);
        await (await ResetAsync(link, "seven green bottles")).RefusedAsync(ErrorCode.ResetLinkRefused, HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_new_link_takes_the_place_of_the_last()
    {
        var bob = await house.SomebodyAsync();
        var (first, second) = (await LinkAsync(bob), await LinkAsync(bob));
        await (await ResetAsync(first, Next)).RefusedAsync(ErrorCode.ResetLinkRefused, HttpStatusCode.Forbidden);
        Assert.Equal(HttpStatusCode.OK, (await ResetAsync(second, Next)).StatusCode);
    }

    [Fact]
    public async Task Nobody_else_makes_links_and_there_is_none_for_nobody()
    {
        var (bob, eve) = (await house.SomebodyAsync(), await house.SomebodyAsync());
        var path = $"/auth/accounts/{await IdAsync(bob)}/reset-link";
        await (await eve.Http.PostAsync(path, null, Ct)).RefusedAsync(ErrorCode.AdministratorNeeded, HttpStatusCode.Forbidden);
        await (await house.Ann.Http.PostAsync("/auth/accounts/nobody/reset-link", null, Ct)).RefusedAsync(ErrorCode.AccountNotFound, HttpStatusCode.NotFound);
    }

    private static JsonNode Of(JsonArray accounts, string name) => accounts.Single(account => account!["name"]!.ToString() == name)!;

    private async Task<string> IdAsync(Person person) =>
        Of((await (await house.Ann.Http.GetAsync("/auth/accounts", Ct)).JsonAsync())["accounts"]!.AsArray(), person.Name)["id"]!.ToString();

    private async Task<string> LinkAsync(Person person)
    {
        var made = await (await house.Ann.Http.PostAsync($"/auth/accounts/{await IdAsync(person)}/reset-link", null, Ct)).JsonAsync();
        Assert.Equal((person.Name, $"/reset#{made["link"]}"), (made["account"]!.ToString(), made["url"]!.ToString()));
        return made["link"]!.ToString();
    }

    private Task<HttpResponseMessage> ResetAsync(string link, string password) =>
        house.Server.Http.PostAsJsonAsync("/auth/reset", new { link, password, session = "bearer" }, Ct);

    private Task<HttpResponseMessage> SignInAsync(Person person, string password) =>
        house.Server.Http.PostAsJsonAsync("/auth/login", new { name = person.Name, password, session = "bearer" }, Ct);
}
