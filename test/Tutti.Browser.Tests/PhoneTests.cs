namespace Tutti.Browser.Tests;

public sealed class PhoneTests(House house) : BrowserTest(house)
{
    // WCAG 2.2, target size (enhanced): 44 CSS pixels; one less for rounding.
    private const double Finger = 43;

    [Fact]
    public async Task A_phone_joins_and_plays_by_touch()
    {
        var room = await NewRoomAsync();
        var phone = await OpenAsync($"/r/{room.Code}", phone: true);
        var sideways = await phone.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - innerWidth");
        Assert.True(sideways <= 0, $"the page is {sideways} pixels wider than the phone");
        foreach (var name in (string[])["Join", "Play"])
        {
            await Expect(Button(phone, name).First).ToBeInViewportAsync();
            var box = await Button(phone, name).First.BoundingBoxAsync();
            Assert.True(box is { Width: >= (float)Finger, Height: >= (float)Finger }, $"“{name}” is too small for a finger: {box?.Width} × {box?.Height}");
        }

        await Button(phone, "Join").TapAsync();
        await room.OutputsOnAsync(1, Cancellation);
        await Button(phone, "Play").First.TapAsync();
        await Expect(Button(phone, "Pause").First).ToBeVisibleAsync();
        await PositionPassesAsync(phone, seconds: 0.5);
    }
}
