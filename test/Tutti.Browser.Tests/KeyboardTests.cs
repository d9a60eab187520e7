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
