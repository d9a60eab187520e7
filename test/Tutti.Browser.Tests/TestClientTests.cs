using Microsoft.Playwright;
using Tutti.SoundLab.Machine;
using Tutti.SoundLab.Players;

namespace Tutti.Browser.Tests;

public sealed class TestClientTests(House house) : BrowserTest(house)
{
    [Fact]
    public async Task The_diagnostic_page_shows_the_clock_and_every_message()
    {
        var browser = await OpenAsync("/test-client");
        foreach (var figure in (string[])["Round trip", "Offset", "Sync error", "Buffer"])
        {
            await Expect(browser.Page.GetByText(figure, new() { Exact = true }).First).ToBeVisibleAsync();
        }

        await Expect(browser.Page.GetByText("snapshot", new() { Exact = true }).First).ToBeVisibleAsync();
        await browser.Page.GetByRole(AriaRole.Searchbox, new() { Name = "Filter the log" }).FillAsync("probeReply");
        await Expect(browser.Page.GetByText("probeReply", new() { Exact = true }).First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_diagnostic_page_joins_plays_and_measures_its_own_sync_error()
    {
        var browser = await OpenAsync("/test-client");
        await Button(browser, "Join").ClickAsync();
        await Button(browser, "Play track").ClickAsync();
        await Expect(Button(browser, "Pause")).ToBeVisibleAsync();
        var home = RoomApi.Of(House.Server.Http, "HOME");
        await Until.TrueAsync(
            "the room hears the device's sync error", Patience,
            async () => (await home.DevicesAsync(Cancellation))["devices"]!.AsArray().Any(device => device!["report"]?["syncErrorMs"] is not null),
            Cancellation);
        await home.StopAsync(Cancellation);
    }
}
