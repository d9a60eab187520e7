using Microsoft.Playwright;
using Tutti.SoundLab.Players;

namespace Tutti.Browser.Tests;

/// <summary>The devices of one account: they find each other by signing in, and sound goes from one to the other by a tap.</summary>
public sealed class MyDevicesTests(House house) : BrowserTest(house)
{
    private const string Password = "correct horse battery";

    [Fact]
    public async Task A_second_device_follows_the_first_and_takes_the_sound_over()
    {
        var phone = await SignedInAsync("signup", phone: true);
        var laptop = await SignedInAsync("login", phone: false);
        await Button(phone, "Join").TapAsync();
        await Button(laptop, "Join").ClickAsync();
        await Expect(laptop.Page.GetByText("2 devices with sound")).ToBeVisibleAsync();
        await Button(phone, "Play").First.TapAsync();
        await Expect(Button(laptop, "Pause")).ToBeVisibleAsync();
        await PositionPassesAsync(laptop, seconds: 0.5);
        Assert.InRange(await PositionAsync(phone) - await PositionAsync(laptop), -1, 1);

        await phone.Page.GetByRole(AriaRole.Navigation).GetByRole(AriaRole.Button, new() { Name = "Devices" }).TapAsync();
        await Button(phone, "Only here").TapAsync();
        await Expect(Here(laptop)).ToContainTextAsync("Silent");
        await phone.Page.GetByRole(AriaRole.Button, new() { Name = "Hand over to" }).TapAsync();
        await Expect(Here(phone)).ToContainTextAsync("Silent");
        await Expect(Here(laptop)).ToContainTextAsync("In time");
        await Expect(Button(laptop, "Pause")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_account_page_sets_a_device_that_is_elsewhere()
    {
        var speaker = await SignedInAsync("signup", phone: false, name: "Remo");
        var desk = await SignedInAsync("login", phone: false, name: "Remo");
        await desk.Page.GotoAsync(new Uri(new Uri(desk.Page.Url), "/account").AbsoluteUri);
        var devices = desk.Page.GetByRole(AriaRole.List, new() { Name = "My devices" }).GetByRole(AriaRole.Listitem);
        // The desk itself has left the room for this page.
        await Expect(devices.Filter(new() { HasText = "Away" })).ToHaveCountAsync(1);
        var there = devices.Filter(new() { HasText = "No sound yet · My devices" });
        await there.GetByRole(AriaRole.Button, new() { Name = "Settings of" }).ClickAsync();
        await there.GetByRole(AriaRole.Button, new() { Name = "Rename" }).ClickAsync();
        await there.GetByLabel("Name of this device").FillAsync("Kitchen");
        await Button(desk, "Save").ClickAsync();
        await Expect(speaker.Page.GetByText("Kitchen")).ToBeVisibleAsync();

        var away = devices.Filter(new() { HasText = "Away" });
        await away.GetByRole(AriaRole.Button, new() { Name = "Settings of" }).ClickAsync();
        await Button(desk, "Forget this device").ClickAsync();
        await Expect(away).ToHaveCountAsync(0);
        await Expect(speaker.Page.GetByRole(AriaRole.List, new() { Name = "Devices in this room" }).GetByRole(AriaRole.Listitem)).ToHaveCountAsync(1);
    }

    /// <summary>A browser in which somebody is signed in, where the front door leads them.</summary>
    private async Task<Chromium> SignedInAsync(string how, bool phone, string name = "Mira")
    {
        var browser = await OpenAsync("/signin", phone: phone);
        await CallAsync(browser, "POST", $"/auth/{how}", new { name, password = Password });
        await browser.Page.GotoAsync(new Uri(new Uri(browser.Page.Url), "/").AbsoluteUri);
        await Expect(browser.Page.GetByRole(AriaRole.Heading, new() { Name = "My devices", Exact = true })).ToBeVisibleAsync();
        await Expect(Button(browser, "Join")).ToBeVisibleAsync();
        return browser;
    }

    /// <summary>This device's own line in the list of devices.</summary>
    private static ILocator Here(Chromium browser) =>
        browser.Page.GetByRole(AriaRole.List, new() { Name = "Devices in this room" }).GetByRole(AriaRole.Listitem).First;
}
