using System.Text.Json.Nodes;
using Tutti.SoundLab.Machine;

namespace Tutti.Browser.Tests;

public sealed class ReconnectTests(House house) : BrowserTest(house)
{
    [Fact]
    public async Task A_killed_server_comes_back_with_everything_and_the_music_goes_on()
    {
        await using var server = await House.StartServerAsync("killed", Cancellation);
        var room = await NewRoomAsync(server);
        var browser = await OpenAsync($"/r/{room.Code}", server);
        await Button(browser, "Join").ClickAsync();
        await Button(browser, "Play").ClickAsync();
        await PositionPassesAsync(browser, seconds: 1);
        var first = (string?)(await room.StateAsync(Cancellation))["itemId"];
        await Button(browser, "Next").ClickAsync();
        await Until.TrueAsync(
            "the next item plays", Patience,
            async () => await room.StateAsync(Cancellation) is var state && (string?)state["itemId"] != first && (double?)state["position"] > 1,
            Cancellation);
        var before = Kept(await room.StateAsync(Cancellation));

        await server.KillAsync(Cancellation);
        var positionThen = await PositionAsync(browser);
        await server.StartAsync(Cancellation);

        await room.OutputsOnAsync(1, Cancellation);
        Assert.Equal(before, Kept(await room.StateAsync(Cancellation)));
        await Expect(Button(browser, "Pause")).ToBeVisibleAsync();
        await Until.TrueAsync(
            $"the music goes on from {positionThen:0.0} s", Patience, async () => await PositionAsync(browser) > positionThen + 1, Cancellation);
    }

    /// <summary>The part of the state that a restart must not change.</summary>
    private static string Kept(JsonNode state)
    {
        var queue = state["queue"]!.AsArray().Select(item => (string?)item!["track"]!["id"]);
        return $"{state["status"]} {state["itemId"]} {string.Join(' ', queue)}";
    }
}
