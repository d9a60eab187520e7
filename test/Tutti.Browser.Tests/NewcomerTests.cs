using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Tutti.Browser.Tests;

public sealed partial class NewcomerTests(House house) : BrowserTest(house)
{
    [Fact]
    public async Task From_the_front_page_to_music_in_three_presses()
    {
        var browser = await OpenAsync("/");
        await Button(browser, "Create room").ClickAsync();
        await Expect(browser.Page).ToHaveURLAsync(RoomAddress());
        foreach (var title in House.Titles)
        {
            await Expect(browser.Page.GetByText(title).First).ToBeVisibleAsync();
        }

        await Button(browser, "Join").ClickAsync();
        await Expect(Button(browser, "Join")).ToBeHiddenAsync();
        await Button(browser, "Play").ClickAsync();
        await Expect(Button(browser, "Pause")).ToBeVisibleAsync();
        await PositionPassesAsync(browser, seconds: 1);
    }

    [Fact]
    public async Task A_second_browser_follows_and_can_pause()
    {
        var room = await NewRoomAsync();
        var first = await OpenAsync($"/r/{room.Code}");
        var second = await OpenAsync($"/r/{room.Code}");
        await Button(first, "Join").ClickAsync();
        await Button(second, "Join").ClickAsync();
        await room.OutputsOnAsync(2, Cancellation);
        await Button(first, "Play").ClickAsync();
        await Expect(Button(second, "Pause")).ToBeVisibleAsync();
        await PositionPassesAsync(second, seconds: 1);
        Assert.InRange(await PositionAsync(first) - await PositionAsync(second), -1, 1);

        await Button(second, "Pause").ClickAsync();
        await Expect(Button(first, "Play")).ToBeVisibleAsync();
        await Expect(Button(second, "Play")).ToBeVisibleAsync();
        Assert.Equal(await PositionAsync(first), await PositionAsync(second), tolerance: 0.1);
    }

    [Fact]
    public async Task Next_and_previous_lead_through_the_queue()
    {
        var room = await NewRoomAsync();
        var browser = await OpenAsync($"/r/{room.Code}");
        await Button(browser, "Join").ClickAsync();
        await Button(browser, "Play").ClickAsync();
        await Expect(Button(browser, "Pause")).ToBeVisibleAsync();
        var playing = browser.Page.GetByRole(AriaRole.Region, new() { Name = "Now playing" }).First.GetByRole(AriaRole.Heading);
        var begun = await playing.TextContentAsync() ?? "";
        await Button(browser, "Next").ClickAsync();
        await Expect(playing).Not.ToHaveTextAsync(begun);
        await Button(browser, "Previous").ClickAsync();
        await Expect(playing).ToHaveTextAsync(begun);
    }

    [GeneratedRegex("/r/[A-Z2-9]{6}$")]
    private static partial Regex RoomAddress();
}
