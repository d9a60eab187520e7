using Microsoft.Playwright;

namespace Tutti.Browser.Tests;

/// <summary>What a room has played, on its page.</summary>
public sealed class HistoryTests(House house) : BrowserTest(house)
{
    [Fact]
    public async Task What_was_played_is_listed_as_it_begins_and_can_be_queued_again()
    {
        var room = await NewRoomAsync();
        var browser = await OpenAsync($"/r/{room.Code}");
        await Button(browser, "Played before").ClickAsync();
        var dialog = browser.Page.GetByRole(AriaRole.Dialog, new() { Name = "Played before" });
        await Expect(dialog).ToContainTextAsync("Nothing has been played in this room yet.");
        var (first, second) = (House.Titles[0], House.Titles[1]);
        foreach (var (title, count) in new[] { (first, 1), (second, 2) })
        {
            await room.PlayAsync(await room.TrackIdAsync(title, Cancellation), Cancellation);
            await Expect(dialog.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(count);
            await Expect(dialog.GetByRole(AriaRole.Listitem).First).ToContainTextAsync(title);
        }

        await Expect(dialog.GetByRole(AriaRole.Region, new() { Name = "Today" })).ToBeVisibleAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = $"Add to queue: {first}" }).ClickAsync();
        await Expect(dialog.GetByRole(AriaRole.Button, new() { Name = $"Added to queue: {first}" })).ToBeVisibleAsync();
        await browser.Page.Keyboard.PressAsync("Escape");
        await Expect(dialog).ToBeHiddenAsync();
        await Expect(Button(browser, "Played before")).ToBeFocusedAsync();
        var queued = browser.Page.GetByRole(AriaRole.List, new() { Name = "Tracks in the queue" }).GetByRole(AriaRole.Listitem);
        await Expect(queued.Last).ToContainTextAsync(first);
        await room.StopAsync(Cancellation);
    }
}
