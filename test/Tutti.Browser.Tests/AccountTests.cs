using Microsoft.Playwright;
using Tutti.SoundLab.Players;

namespace Tutti.Browser.Tests;

/// <summary>Set-up, sign-up and sign-in, as people do it.</summary>
public sealed class AccountTests(House house) : BrowserTest(house)
{
    private const string Password = "correct horse battery";

    [Fact]
    public async Task Somebody_makes_an_account_on_a_phone_and_signs_in_on_a_laptop()
    {
        var phone = await OpenAsync("/", phone: true);
        await Link(phone, "Sign in").TapAsync();
        await Link(phone, "Make one").TapAsync();
        await FillAsync(phone, "Zoë", "short");
        await Button(phone, "Make account").TapAsync();
        await FillAsync(phone, "Zoë", "password123");
        await Button(phone, "Make account").TapAsync();
        await Expect(phone.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("take another");
        var sideways = await phone.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - innerWidth");
        Assert.True(sideways <= 0, $"the page is {sideways} pixels wider than the phone");
        await FillAsync(phone, "Zoë", Password);
        await Button(phone, "Make account").TapAsync();
        await Expect(Link(phone, "Zoë")).ToBeVisibleAsync();

        var laptop = await OpenAsync("/signin?next=/account");
        await FillAsync(laptop, "zoë", "not the one");
        await laptop.Page.Keyboard.PressAsync("Enter");
        await Expect(laptop.Page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("Name or password is wrong.");
        await FillAsync(laptop, "zoë", Password);
        await laptop.Page.Keyboard.PressAsync("Enter");
        await Expect(laptop.Page.GetByRole(AriaRole.Heading, new() { Name = "Zoë" })).ToBeVisibleAsync();
        var sessions = laptop.Page.GetByRole(AriaRole.List, new() { Name = "Where you are signed in" }).GetByRole(AriaRole.Listitem);
        await Expect(sessions).ToHaveCountAsync(2);

        // The phone is lost: it is signed out from here, and knows it.
        await sessions.GetByRole(AriaRole.Button).ClickAsync();
        await Expect(sessions).ToHaveCountAsync(1);
        await phone.Page.ReloadAsync();
        await Expect(Button(phone, "Sign in")).ToBeVisibleAsync();

        await Button(laptop, "Sign out").ClickAsync();
        await Expect(Link(laptop, "Sign in")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_set_up_link_makes_the_administrator_who_makes_tokens_and_links()
    {
        await using var server = await House.StartServerAsync("set-up", Cancellation);
        var code = SetUpCodeOf(server);
        var browser = await OpenAsync($"/setup#{code}", server);
        await FillAsync(browser, "Ann", Password);
        await Button(browser, "Become administrator").ClickAsync();
        await Expect(browser.Page.GetByText("Administrator of this server")).ToBeVisibleAsync();

        await browser.Page.GetByLabel("What the new token is for").FillAsync("doorbell");
        await Button(browser, "New token").ClickAsync();
        var token = await browser.Page.GetByLabel("The new token", new() { Exact = true }).InputValueAsync();
        Assert.StartsWith("tutti_", token);
        using var scan = new HttpRequestMessage(HttpMethod.Post, "api/library/scan") { Headers = { Authorization = new("Bearer", token) } };
        Assert.Equal(System.Net.HttpStatusCode.Accepted, (await server.Http.SendAsync(scan, Cancellation)).StatusCode);
        await Button(browser, "Revoke doorbell").ClickAsync();
        await Expect(Button(browser, "Revoke doorbell")).ToBeHiddenAsync();

        await Button(browser, "New sign-up link").ClickAsync();
        var link = new Uri(await browser.Page.GetByLabel("The new sign-up link", new() { Exact = true }).InputValueAsync());
        var friend = await OpenAsync(link.PathAndQuery + link.Fragment, server);
        await FillAsync(friend, "Bob", Password);
        await Button(friend, "Make account").ClickAsync();
        await Expect(Link(friend, "Bob")).ToBeVisibleAsync();

        var late = await OpenAsync($"/setup#{code}", server);
        await Expect(late.Page.GetByRole(AriaRole.Heading, new() { Name = "This server has its administrator" })).ToBeVisibleAsync();
    }

    private static async Task FillAsync(Chromium browser, string name, string password)
    {
        await browser.Page.GetByLabel("Name", new() { Exact = true }).FillAsync(name);
        await browser.Page.GetByLabel("Password", new() { Exact = true }).FillAsync(password);
    }
}
