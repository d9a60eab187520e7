using Microsoft.Playwright;
using Tutti.SoundLab.Players;

namespace Tutti.Browser.Tests;

/// <summary>Everything of the main way, without a mouse.</summary>
public sealed class KeyboardTests(House house) : BrowserTest(house)
{
    [Fact]
    public async Task A_room_is_made_joined_and_played_by_keyboard()
    {
        var browser = await OpenAsync("/");
        await TabToAsync(browser, "Create room");
        await browser.Page.Keyboard.PressAsync("Enter");
        await Expect(Button(browser, "Join")).ToBeVisibleAsync();
        await TabToAsync(browser, "Join");
        await browser.Page.Keyboard.PressAsync("Enter");
        await Expect(Button(browser, "Join")).ToBeHiddenAsync();
        await TabToAsync(browser, "Play");
        await browser.Page.Keyboard.PressAsync("Space");
        await Expect(Button(browser, "Pause")).ToBeFocusedAsync();
        await PositionPassesAsync(browser, seconds: 0.5);

        await TabToAsync(browser, "Position");
        await browser.Page.Keyboard.PressAsync("ArrowRight");
        await PositionPassesAsync(browser, seconds: 5);
    }

    [Fact]
    public async Task The_queue_is_gone_through_reordered_and_thinned_by_keyboard()
    {
        var room = await NewRoomAsync();
        var browser = await OpenAsync($"/r/{room.Code}");
        await TabToAsync(browser, "Play");
        await browser.Page.Keyboard.PressAsync("Space");
        var rows = browser.Page.GetByRole(AriaRole.List, new() { Name = "Tracks in the queue" }).GetByRole(AriaRole.Listitem);
        await Expect(rows).ToHaveCountAsync(House.Titles.Count);
        ILocator Entry(int n) => rows.Nth(n).GetByRole(AriaRole.Button).First;
        await Entry(0).FocusAsync();
        await browser.Page.Keyboard.PressAsync("End");
        await Expect(Entry(House.Titles.Count - 1)).ToBeFocusedAsync();
        var last = (await Entry(House.Titles.Count - 1).GetAttributeAsync("aria-label"))!;

        await browser.Page.Keyboard.PressAsync("Alt+ArrowUp");
        await Expect(Entry(House.Titles.Count - 2)).ToHaveAttributeAsync("aria-label", last);
        await Expect(Entry(House.Titles.Count - 2)).ToBeFocusedAsync();
        await browser.Page.Keyboard.PressAsync("Delete");
        await Expect(rows).ToHaveCountAsync(House.Titles.Count - 1);
        await Expect(browser.Page.GetByLabel(last, new() { Exact = true })).ToHaveCountAsync(0);
        await Expect(Entry(House.Titles.Count - 2)).ToBeFocusedAsync();
        await room.StopAsync(Cancellation);
    }

    /// <summary>Presses Tab until the element of that accessible name has the focus, once round the page at most.</summary>
    private static async Task TabToAsync(Chromium browser, string name)
    {
        const int OnceRound = 80;
        List<string> passed = [];
        for (var i = 0; i < OnceRound; i++)
        {
            await browser.Page.Keyboard.PressAsync("Tab");
            passed.Add(await browser.Page.EvaluateAsync<string>(
                "() => { const e = document.activeElement; return (e?.getAttribute('aria-label') ?? e?.textContent ?? '').trim(); }"));
            if (passed[^1] == name)
            {
                return;
            }
        }

        Assert.Fail($"Tab never reached “{name}”; it passed {string.Join(", ", passed.Distinct())}");
    }
}
