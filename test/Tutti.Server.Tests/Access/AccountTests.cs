using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Tutti.Protocol;
using Tutti.Server.Access.Accounts;
using Tutti.Server.Tests.Hosting;

namespace Tutti.Server.Tests.Access;

/// <summary>Accounts over REST: made, signed in and out, changed, deleted; what lets anybody in, listed and ended.</summary>
public sealed class AccountTests(OpenHouse house) : IClassFixture<OpenHouse>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private RunningServer Server => house.Server;

    [Fact]
    public async Task The_set_up_code_works_once()
    {
        Assert.Null(Server.Services.GetRequiredService<SetUpCode>().Code);
        Assert.False((await (await Server.GetAsync("/auth")).JsonAsync())["setUp"]!.GetValue<bool>());
        await (await Server.PostAsync("/auth/setup", new { code = "ABCDEFGHJKMNPQRSTUVW", name = "Mallory", password = House.Password }))
            .RefusedAsync(ErrorCode.SetUpRefused, HttpStatusCode.Forbidden);
        Assert.True((await MeAsync(house.Ann.Http))["administrator"]!.GetValue<bool>());
    }

    [Fact]
    public async Task Signing_up_signs_in_and_the_dashboard_says_who_i_am()
    {
        using var browser = Server.NewClient();
        var answer = await browser.PostAsJsonAsync("/auth/signup", new { name = "Zoë", password = House.Password }, Ct);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.True(answer.Headers.CacheControl?.NoStore);
        var me = await MeAsync(browser);
        Assert.Equal(("Zoë", false), (me["name"]!.ToString(), me["administrator"]!.GetValue<bool>()));
        var dashboard = await DashboardAsync(browser);
        Assert.True(Assert.Single(dashboard["sessions"]!.AsArray())!["current"]!.GetValue<bool>());
        Assert.Empty(dashboard["tokens"]!.AsArray());
        var state = await (await browser.GetAsync("/auth", Ct)).JsonAsync();
        Assert.Equal(("account", "Zoë", "open"), (state["caller"]!["kind"]!.ToString(), state["caller"]!["name"]!.ToString(), state["mode"]!.ToString()));
    }

    [Fact]
    public async Task The_session_cookie_is_out_of_reach_for_scripts_and_other_sites()
    {
        using var plain = new HttpClient(new HttpClientHandler { UseCookies = false }) { BaseAddress = Server.Url };
        var answer = await plain.PostAsJsonAsync("/auth/login", new { name = "Ann", password = House.Password }, Ct);
        var cookies = answer.Headers.GetValues("Set-Cookie").ToArray();
        Assert.Equal(2, cookies.Length);
        Assert.All(cookies, cookie =>
        {
            Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("path=/", cookie, StringComparison.OrdinalIgnoreCase);
            // Plain HTTP in a network of one's own still signs in.
            Assert.DoesNotContain("secure", cookie, StringComparison.OrdinalIgnoreCase);
        });
    }

    [Fact]
    public async Task A_name_is_given_once_whatever_its_case()
    {
        var bob = await house.SomebodyAsync();
        await (await Server.PostAsync("/auth/signup", new { name = bob.Name.ToUpperInvariant(), password = House.Password }))
            .RefusedAsync(ErrorCode.NameTaken, HttpStatusCode.Conflict);
    }

    [Theory]
    [InlineData("x", House.Password, ErrorCode.InvalidField)]
    [InlineData("<script>", House.Password, ErrorCode.InvalidField)]
    [InlineData("Good Name", "short", ErrorCode.PasswordUnfit)]
    [InlineData("Good Name", "password123", ErrorCode.PasswordUnfit)]
    public async Task Names_and_passwords_that_will_not_do_are_refused(string name, string password, ErrorCode code) =>
        await (await Server.PostAsync("/auth/signup", new { name, password })).RefusedAsync(code, HttpStatusCode.BadRequest);

    [Fact]
    public async Task A_session_is_a_cookie_or_a_bearer_and_nothing_else() =>
        await (await Server.PostAsync("/auth/login", new { name = "Ann", password = House.Password, session = "forever" }))
            .RefusedAsync(ErrorCode.InvalidField, HttpStatusCode.BadRequest);

    [Fact]
    public async Task A_wrong_password_and_a_name_that_is_not_there_get_the_same_answer()
    {
        var wrong = await Server.PostAsync("/auth/login", new { name = (await house.SomebodyAsync()).Name, password = "not the one" });
        var unknown = await Server.PostAsync("/auth/login", new { name = "Nobody Here", password = "not the one" });
        await wrong.RefusedAsync(ErrorCode.WrongCredentials, HttpStatusCode.Unauthorized);
        await unknown.RefusedAsync(ErrorCode.WrongCredentials, HttpStatusCode.Unauthorized);
        Assert.Equal(await wrong.Content.ReadAsStringAsync(Ct), await unknown.Content.ReadAsStringAsync(Ct));
        Assert.Equal(Names(wrong), Names(unknown));

        static IEnumerable<string> Names(HttpResponseMessage answer) => answer.Headers.Select(header => header.Key).Order();
    }

    [Fact]
    public async Task A_bearer_works_until_it_is_signed_out()
    {
        var bob = await house.SomebodyAsync();
        Assert.Equal(bob.Name, (await MeAsync(bob.Http))["name"]!.ToString());
        Assert.Equal(HttpStatusCode.NoContent, (await bob.Http.PostAsync("/auth/logout", null, Ct)).StatusCode);
        await (await bob.Http.GetAsync("/auth/dashboard", Ct)).RefusedAsync(ErrorCode.CredentialRevoked, HttpStatusCode.Unauthorized);
        await (await bob.Http.GetAsync("/api/rooms", Ct)).RefusedAsync(ErrorCode.CredentialRevoked, HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_browser_that_signs_out_is_a_stranger_again()
    {
        var bob = await house.SomebodyAsync();
        using var browser = await house.BrowserAsync(bob.Name);
        Assert.Equal(HttpStatusCode.NoContent, (await browser.PostAsync("/auth/logout", null, Ct)).StatusCode);
        await (await browser.GetAsync("/auth/dashboard", Ct)).RefusedAsync(ErrorCode.SignInNeeded, HttpStatusCode.Unauthorized);
        Assert.True((await browser.GetAsync("/api/rooms", Ct)).IsSuccessStatusCode, "open access stays open");
    }

    [Fact]
    public async Task A_change_with_a_cookie_needs_origin_or_the_antiforgery_value()
    {
        var bob = await house.SomebodyAsync();
        using var bare = Server.NewClient();
        var signedIn = await (await bare.PostAsJsonAsync("/auth/login", new { name = bob.Name, password = House.Password }, Ct)).JsonAsync();
        await (await bare.PostAsJsonAsync("/auth/tokens", new { name = "t" }, Ct)).RefusedAsync(ErrorCode.AntiforgeryFailed, HttpStatusCode.Forbidden);
        await (await bare.PostAsync("/api/rooms", null, Ct)).RefusedAsync(ErrorCode.AntiforgeryFailed, HttpStatusCode.Forbidden);
        bare.DefaultRequestHeaders.Add("X-Tutti-Antiforgery", signedIn["antiforgery"]!.ToString());
        Assert.Equal(HttpStatusCode.Created, (await bare.PostAsJsonAsync("/auth/tokens", new { name = "t" }, Ct)).StatusCode);
        Assert.Equal(signedIn["antiforgery"]!.ToString(), (await DashboardAsync(bare))["antiforgery"]!.ToString());
        bare.DefaultRequestHeaders.Remove("X-Tutti-Antiforgery");
        bare.DefaultRequestHeaders.Add("X-Tutti-Antiforgery", new string('0', 64));
        await (await bare.PostAsJsonAsync("/auth/tokens", new { name = "t" }, Ct)).RefusedAsync(ErrorCode.AntiforgeryFailed, HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Another_site_s_page_can_neither_sign_in_nor_out()
    {
        var bob = await house.SomebodyAsync();
        using var browser = await house.BrowserAsync(bob.Name);
        browser.DefaultRequestHeaders.Remove("Origin");
        browser.DefaultRequestHeaders.Add("Origin", "https://evil.example");
        await (await browser.PostAsync("/auth/logout", null, Ct)).RefusedAsync(ErrorCode.OriginRefused, HttpStatusCode.Forbidden);
        await (await browser.PostAsJsonAsync("/auth/login", new { name = bob.Name, password = House.Password }, Ct)).RefusedAsync(ErrorCode.OriginRefused, HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_personal_access_token_is_shown_once_and_works_until_it_is_revoked()
    {
        var bob = await house.SomebodyAsync();
        var made = await (await bob.Http.PostAsJsonAsync("/auth/tokens", new { name = "kitchen script", days = 30 }, Ct)).JsonAsync();
        using var script = Server.NewClient(("Authorization", $"Bearer {made["token"]}"));
        Assert.Equal(bob.Name, (await MeAsync(script))["name"]!.ToString());
        var listed = Assert.Single((await (await script.GetAsync("/auth/tokens", Ct)).JsonAsync())["items"]!.AsArray())!;
        Assert.Equal(("kitchen script", "token", true), (listed["name"]!.ToString(), listed["kind"]!.ToString(), listed["current"]!.GetValue<bool>()));
        Assert.DoesNotContain(made["token"]!.ToString()[^43..], listed.ToJsonString());
        Assert.Equal(HttpStatusCode.NoContent, (await bob.Http.DeleteAsync($"/auth/tokens/{listed["id"]}", Ct)).StatusCode);
        await (await script.GetAsync("/auth/dashboard", Ct)).RefusedAsync(ErrorCode.CredentialInvalid, HttpStatusCode.Unauthorized);
        await (await bob.Http.DeleteAsync($"/auth/tokens/{listed["id"]}", Ct)).RefusedAsync(ErrorCode.CredentialNotFound, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_personal_access_token_makes_no_other_and_touches_neither_password_nor_account()
    {
        var bob = await house.SomebodyAsync();
        var made = await (await bob.Http.PostAsJsonAsync("/auth/tokens", new { name = "script", days = 1 }, Ct)).JsonAsync();
        using var script = Server.NewClient(("Authorization", $"Bearer {made["token"]}"));
        await (await script.PostAsJsonAsync("/auth/tokens", new { name = "for ever" }, Ct)).RefusedAsync(ErrorCode.TokenNotEnough, HttpStatusCode.Forbidden);
        await (await script.PostAsJsonAsync("/auth/password", new { password = House.Password, newPassword = "another long one" }, Ct))
            .RefusedAsync(ErrorCode.TokenNotEnough, HttpStatusCode.Forbidden);
        await (await DeleteAsync(script, House.Password)).RefusedAsync(ErrorCode.TokenNotEnough, HttpStatusCode.Forbidden);
        await MeAsync(bob.Http);
    }

    [Theory]
    [InlineData("""{"name":""}""")]
    [InlineData("""{"name":"t","days":0}""")]
    [InlineData("""{"name":"a\u0000b"}""")]
    public async Task A_token_that_cannot_be_is_refused(string body) =>
        await (await house.Ann.Http.PostAsync("/auth/tokens", new StringContent(body, System.Text.Encoding.UTF8, "application/json"), Ct))
            .RefusedAsync(ErrorCode.InvalidField, HttpStatusCode.BadRequest);

    [Fact]
    public async Task Nobody_ends_another_s_sign_in()
    {
        var (bob, eve) = (await house.SomebodyAsync(), await house.SomebodyAsync());
        await (await eve.Http.DeleteAsync($"/auth/sessions/{bob.Session}", Ct)).RefusedAsync(ErrorCode.CredentialNotFound, HttpStatusCode.NotFound);
        await MeAsync(bob.Http);
    }

    [Fact]
    public async Task A_new_password_ends_every_other_sign_in()
    {
        var bob = await house.SomebodyAsync();
        using var browser = await house.BrowserAsync(bob.Name);
        await (await browser.PostAsJsonAsync("/auth/password", new { password = "not the one", newPassword = "another long one" }, Ct))
            .RefusedAsync(ErrorCode.WrongCredentials, HttpStatusCode.Unauthorized);
        await (await browser.PostAsJsonAsync("/auth/password", new { password = House.Password, newPassword = "short" }, Ct))
            .RefusedAsync(ErrorCode.PasswordUnfit, HttpStatusCode.BadRequest);
        Assert.Equal(HttpStatusCode.NoContent,
            (await browser.PostAsJsonAsync("/auth/password", new { password = House.Password, newPassword = "another long one" }, Ct)).StatusCode);
        await MeAsync(browser);
        await (await bob.Http.GetAsync("/auth/dashboard", Ct)).RefusedAsync(ErrorCode.CredentialRevoked, HttpStatusCode.Unauthorized);
        await (await Server.PostAsync("/auth/login", new { name = bob.Name, password = House.Password })).RefusedAsync(ErrorCode.WrongCredentials, HttpStatusCode.Unauthorized);
        await (await Server.NewClient().PostAsJsonAsync("/auth/login", new { name = bob.Name, password = "another long one" }, Ct)).JsonAsync();
    }

    [Fact]
    public async Task An_account_is_deleted_with_its_password_and_nothing_of_it_lets_in()
    {
        var bob = await house.SomebodyAsync();
        await (await DeleteAsync(bob.Http, "not the one")).RefusedAsync(ErrorCode.WrongCredentials, HttpStatusCode.Unauthorized);
        Assert.Equal(HttpStatusCode.NoContent, (await DeleteAsync(bob.Http, House.Password)).StatusCode);
        await (await bob.Http.GetAsync("/auth/dashboard", Ct)).RefusedAsync(ErrorCode.CredentialRevoked, HttpStatusCode.Unauthorized);
        await (await Server.PostAsync("/auth/login", new { name = bob.Name, password = House.Password })).RefusedAsync(ErrorCode.WrongCredentials, HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task The_only_administrator_stays_while_there_are_others()
    {
        await house.SomebodyAsync();
        await (await DeleteAsync(house.Ann.Http, House.Password)).RefusedAsync(ErrorCode.LastAdministrator, HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task The_library_is_the_administrator_s()
    {
        await (await Server.NewClient().PostAsync("/api/library/scan", null, Ct)).RefusedAsync(ErrorCode.SignInNeeded, HttpStatusCode.Unauthorized);
        await (await (await house.SomebodyAsync()).Http.PostAsync("/api/library/scan", null, Ct)).RefusedAsync(ErrorCode.AdministratorNeeded, HttpStatusCode.Forbidden);
        Assert.Equal(HttpStatusCode.Accepted, (await house.Ann.Http.PostAsync("/api/library/scan", null, Ct)).StatusCode);
    }

    [Fact]
    public async Task Sign_up_links_are_the_administrator_s_to_make_and_take_back()
    {
        await (await (await house.SomebodyAsync()).Http.PostAsync("/auth/signup-links", null, Ct)).RefusedAsync(ErrorCode.AdministratorNeeded, HttpStatusCode.Forbidden);
        var made = await (await house.Ann.Http.PostAsync("/auth/signup-links", null, Ct)).JsonAsync();
        Assert.EndsWith($"/signup#{made["link"]}", made["url"]!.ToString());
        var listed = (await (await house.Ann.Http.GetAsync("/auth/signup-links", Ct)).JsonAsync())["links"]!.AsArray();
        Assert.Contains(listed, link => link!["id"]!.ToString() == made["id"]!.ToString());
        Assert.Equal(HttpStatusCode.NoContent, (await house.Ann.Http.DeleteAsync($"/auth/signup-links/{made["id"]}", Ct)).StatusCode);
        await (await Server.PostAsync("/auth/signup", new { name = "Late Bird", password = House.Password, link = made["link"]!.ToString() }))
            .RefusedAsync(ErrorCode.SignUpClosed, HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_guest_s_pass_is_no_account()
    {
        using var guest = Server.NewClient(("Authorization", $"Bearer {house.Pass("HOME")}"));
        Assert.Equal("guest", (await (await guest.GetAsync("/auth", Ct)).JsonAsync())["caller"]!["kind"]!.ToString());
        await (await guest.GetAsync("/auth/dashboard", Ct)).RefusedAsync(ErrorCode.SignInNeeded, HttpStatusCode.Unauthorized);
    }

    internal static Task<HttpResponseMessage> DeleteAsync(HttpClient client, string password) =>
        client.SendAsync(new HttpRequestMessage(HttpMethod.Delete, "/auth/account") { Content = JsonContent.Create(new { password }) }, Ct);

    private static async Task<JsonObject> DashboardAsync(HttpClient client) => await (await client.GetAsync("/auth/dashboard", Ct)).JsonAsync();

    private static async Task<JsonNode> MeAsync(HttpClient client) => (await DashboardAsync(client))["account"]!;
}
