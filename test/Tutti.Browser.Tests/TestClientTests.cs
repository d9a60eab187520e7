namespace Tutti.Browser.Tests;

public sealed class TestClientTests(House house) : BrowserTest(house)
{
    [Fact]
    public async Task The_diagnostic_page_shows_the_clock_and_every_message()
    {
        var browser = await OpenAsync("/test-client");
        foreach (var figure in (string[])["RTT", "Offset", "Sync error", "Buffer"])
        {
            await Expect(browser.Page.GetByText(figure).First).ToBeVisibleAsync();
        }

        await Expect(browser.Page.GetByText("snapshot").First).ToBeVisibleAsync();
        await Expect(browser.Page.GetByText("probeReply").First).ToBeVisibleAsync();
    }
}
