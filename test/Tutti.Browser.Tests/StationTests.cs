using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Tutti.Server.Tests.Sources.Radio;
using Tutti.SoundLab.Machine;
using Tutti.SoundLab.Signals;

namespace Tutti.Browser.Tests;

/// <summary>Internet radio in real browsers, from a station of our own on loopback.</summary>
public sealed class StationTests(House house) : BrowserTest(house)
{
    /// <summary>What the station gives at once; a title that comes after it is told when all of it was heard.</summary>
    private static readonly TimeSpan s_burst = TimeSpan.FromSeconds(8);

    [Fact]
    public async Task A_pasted_station_sounds_in_two_browsers_at_once_and_says_what_it_plays()
    {
        var sound = await new TestTrack(seed: 9, s_burst).WriteFlacAsync(House.Scratch.Folder("station"), Cancellation);
        using var station = new LocalStation(await File.ReadAllBytesAsync(sound, Cancellation), "audio/flac") { Title = "Someone - First song", StatusLine = "ICY 200 OK" };
        await using var server = await House.StartServerAsync("station", Cancellation, "--Tutti:Sources:AllowPrivateAddresses=true");
        var room = await NewRoomAsync(server);
        var first = await OpenAsync($"/r/{room.Code}", server);
        var second = await OpenAsync($"/r/{room.Code}", server, phone: true);
        await Button(first, "Join").ClickAsync();
        await Button(second, "Join").ClickAsync();
        await room.OutputsOnAsync(2, Cancellation);

        var link = first.Page.GetByPlaceholder("Paste a link");
        await link.FillAsync(station.PlsUrl);
        await link.PressAsync("Enter");
        await Expect(first.Page.GetByText("Radio Local").First).ToBeVisibleAsync();
        await Button(first, "Play").ClickAsync();
        foreach (var browser in new[] { first, second })
        {
            var playing = browser.Page.GetByRole(AriaRole.Region, new() { Name = "Now playing" }).First;
            await Expect(playing.GetByRole(AriaRole.Heading)).ToHaveTextAsync("Radio Local");
            await Expect(playing.GetByText("Someone - First song")).ToBeVisibleAsync();
            await Expect(playing.GetByText("Live", new() { Exact = true })).ToBeVisibleAsync();
        }

        await Until.TrueAsync(
            "both browsers sound the station in time", Patience,
            async () => (await ErrorsMsAsync(server, room.Code)) is [{ } one, { } other] && Math.Abs(one) < 20 && Math.Abs(other) < 20, Cancellation);

        station.Title = "Someone - Second song";
        station.Drop();
        await Expect(first.Page.GetByText("Someone - Second song").First).ToBeVisibleAsync();
        await Expect(second.Page.GetByText("Someone - Second song").First).ToBeVisibleAsync();
        await Expect(first.Page.GetByText("positionMicros")).ToHaveCountAsync(0);
        Assert.InRange(station.Connections, 3, 6);
    }

    /// <summary>How far each device says that its sound is from the timeline; null while it does not sound.</summary>
    private static async Task<double?[]> ErrorsMsAsync(SoundLab.Players.TuttiServer server, string code)
    {
        var devices = (await server.Http.GetFromJsonAsync<JsonNode>($"/api/rooms/{code}/devices", Cancellation))!["devices"]!.AsArray();
        return [.. devices.Select(device => device!["report"]?["syncErrorMs"]?.GetValue<double>())];
    }
}
