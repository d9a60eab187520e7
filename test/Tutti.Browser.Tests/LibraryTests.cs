using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Tutti.SoundLab.Players;
using Tutti.SoundLab.Signals;

namespace Tutti.Browser.Tests;

/// <summary>The library as people use it: albums, selecting, playlists, uploads.</summary>
public sealed partial class LibraryTests(House house) : BrowserTest(house)
{
    [Fact]
    public async Task An_album_is_opened_and_played_and_Back_leads_out_of_it_without_leaving_the_room()
    {
        var room = await NewRoomAsync();
        var browser = await OpenAsync($"/r/{room.Code}");
        await browser.Page.EvaluateAsync("() => { globalThis.samePage = true; }");
        await Library(browser).GetByRole(AriaRole.Link, new() { NameRegex = AlbumTile() }).First.ClickAsync();
        await Expect(Library(browser).GetByRole(AriaRole.Heading, new() { Name = "Noise" })).ToBeVisibleAsync();
        await Expect(Rows(browser, "Tracks of Noise")).ToHaveCountAsync(House.Titles.Count);
        await Button(browser, "Play all").ClickAsync();
        await Expect(Queue(browser)).ToHaveCountAsync(House.Titles.Count);

        await browser.Page.GoBackAsync();
        await Expect(Library(browser).GetByRole(AriaRole.Heading, new() { Name = "Recently added" })).ToBeVisibleAsync();
        Assert.True(await browser.Page.EvaluateAsync<bool>("() => globalThis.samePage === true"), "Back loaded the page again");
    }

    [Fact]
    public async Task Selected_tracks_go_to_the_queue_and_a_dragged_one_to_its_place()
    {
        var room = await NewRoomAsync();
        var browser = await OpenAsync($"/r/{room.Code}#/tracks");
        var rows = Rows(browser, "Tracks");
        await rows.Nth(0).GetByText("Lab noise").ClickAsync();
        await rows.Nth(2).GetByText("Lab noise").ClickAsync(new() { Modifiers = [KeyboardModifier.Shift] });
        await Expect(browser.Page.GetByRole(AriaRole.Row, new() { Selected = true })).ToHaveCountAsync(3);
        await Button(browser, "Add selected to queue").ClickAsync();
        await Expect(Queue(browser)).ToHaveCountAsync(3);

        await rows.Nth(2).GetByText("Lab noise").ClickAsync();
        var title = await rows.Nth(2).GetByText("Lab noise").TextContentAsync();
        await rows.Nth(2).GetByRole(AriaRole.Gridcell).DragToAsync(
            browser.Page.GetByRole(AriaRole.List, new() { Name = "Tracks in the queue" }), new() { TargetPosition = new() { X = 60, Y = 4 } });
        await Expect(Queue(browser)).ToHaveCountAsync(4);
        await Expect(Queue(browser).First).ToContainTextAsync(title ?? "");
    }

    [Fact]
    public async Task A_playlist_is_made_filled_reordered_and_exported()
    {
        var room = await NewRoomAsync();
        var browser = await OpenAsync($"/r/{room.Code}#/playlists");
        await Button(browser, "New playlist").ClickAsync();
        await browser.Page.GetByLabel("Name", new() { Exact = true }).FillAsync("Sunday");
        await Button(browser, "Make it").ClickAsync();
        await Expect(Library(browser).GetByRole(AriaRole.Heading, new() { Name = "Sunday" })).ToBeVisibleAsync();
        var address = browser.Page.Url;

        await Library(browser).GetByRole(AriaRole.Link, new() { Name = "Tracks", Exact = true }).ClickAsync();
        await Rows(browser, "Tracks").First.GetByRole(AriaRole.Gridcell).FocusAsync();
        await browser.Page.Keyboard.PressAsync("Control+a");
        await Button(browser, "Add selected to a playlist").ClickAsync();
        await browser.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { NameRegex = Sunday() }).ClickAsync();
        await Expect(browser.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);

        await browser.Page.GotoAsync(address);
        var rows = Rows(browser, "Tracks of Sunday");
        await Expect(rows).ToHaveCountAsync(House.Titles.Count);
        var first = await rows.Nth(0).GetByText("Lab noise").TextContentAsync() ?? "";
        await rows.Nth(0).GetByRole(AriaRole.Gridcell).FocusAsync();
        await browser.Page.Keyboard.PressAsync("Alt+ArrowDown");
        await Expect(rows.Nth(1)).ToContainTextAsync(first);

        // What is selected goes, and what comes into its place is not selected in its stead.
        await browser.Page.Keyboard.PressAsync("Home");
        await browser.Page.Keyboard.PressAsync("Space");
        await Expect(browser.Page.GetByRole(AriaRole.Row, new() { Selected = true })).ToHaveCountAsync(1);

        var file = await browser.Page.RunAndWaitForDownloadAsync(
            () => Library(browser).GetByRole(AriaRole.Link, new() { Name = "Export as M3U" }).ClickAsync());
        var text = await File.ReadAllTextAsync(await file.PathAsync(), Cancellation);
        Assert.StartsWith("#EXTM3U", text, StringComparison.Ordinal);
        Assert.True(text.IndexOf(first, StringComparison.Ordinal) > text.IndexOf("Lab noise", StringComparison.Ordinal), $"“{first}” is not the second in {text}");

        await rows.Nth(0).GetByRole(AriaRole.Gridcell).PressAsync("Delete");
        await Expect(rows).ToHaveCountAsync(House.Titles.Count - 1);
        await Expect(rows.Nth(0)).ToContainTextAsync(first);
        await Expect(browser.Page.GetByRole(AriaRole.Row, new() { Selected = true })).ToHaveCountAsync(0);
        await Expect(rows.Nth(0).GetByRole(AriaRole.Gridcell)).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Keys_go_through_thousands_of_tracks_and_the_focus_stays_with_them()
    {
        const int Made = 5_000;
        var room = await NewRoomAsync();
        var browser = await OpenAsync("/");
        await browser.Page.RouteAsync(TrackPages(), route =>
        {
            var query = System.Web.HttpUtility.ParseQueryString(new Uri(route.Request.Url).Query);
            var first = int.Parse(query["offset"]!, CultureInfo.InvariantCulture);
            var count = Math.Min(int.Parse(query["limit"]!, CultureInfo.InvariantCulture), Made - first);
            var tracks = Enumerable.Range(first, count).Select(n => new
            {
                id = $"{n:x32}", title = $"Made {n}", artist = "", album = "", durationSeconds = 60, coverUrl = (string?)null, playable = true,
                albumId = (string?)null, albumArtist = "", artists = Array.Empty<string>(), discNumber = (int?)null, trackNumber = (int?)null, year = (int?)null,
            });
            return route.FulfillAsync(new() { Json = new { tracks, total = Made } });
        });
        await browser.OpenAsync(House.Server.Port, $"/r/{room.Code}#/tracks");
        ILocator Cell(int n) => browser.Page.GetByRole(AriaRole.Gridcell, new() { Name = $"Made {n}", Exact = true });
        await Cell(0).FocusAsync();
        await browser.Page.Keyboard.PressAsync("End");
        await Expect(Cell(Made - 1)).ToBeFocusedAsync();
        await browser.Page.Keyboard.PressAsync("PageUp");
        await Expect(Cell(Made - 11)).ToBeFocusedAsync();

        // Far out of view it is still where the keys go on.
        await Cell(Made - 11).HoverAsync();
        await browser.Page.Mouse.WheelAsync(0, -100_000);
        await Expect(Cell(Made - 11)).Not.ToBeInViewportAsync();
        await Expect(Cell(Made - 11)).ToBeFocusedAsync();
        await browser.Page.Keyboard.PressAsync("Shift+ArrowUp");
        await Expect(Cell(Made - 12)).ToBeFocusedAsync();
        await Expect(Cell(Made - 12)).ToBeInViewportAsync();
        await Expect(browser.Page.GetByRole(AriaRole.Row, new() { Selected = true })).ToHaveCountAsync(2);
    }

    [Fact]
    public async Task An_upload_comes_into_the_library_and_what_is_no_music_is_refused_by_number()
    {
        await using var server = await House.StartServerAsync("uploads", Cancellation);
        var browser = await OpenAsync("/", server);
        await BecomeAdministratorAsync(browser, server);
        var folder = House.Scratch.Folder("new-music");
        var music = await new TestTrack(91, TimeSpan.FromSeconds(2)).WriteFlacAsync(folder, Cancellation);
        var prose = Path.Combine(folder, "prose.mp3");
        await File.WriteAllTextAsync(prose, "no music at all", Cancellation);

        await browser.OpenAsync(server.Port, "/r/HOME");
        await Library(browser).GetByRole(AriaRole.Link, new() { Name = "Upload", Exact = true }).ClickAsync();
        await browser.Page.GetByLabel("Music files").SetInputFilesAsync([music, prose]);
        await Expect(browser.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("(5114)");
        await Expect(Button(browser, $"Play {Path.GetFileName(music)}")).ToBeVisibleAsync();
        await Library(browser).GetByRole(AriaRole.Link, new() { Name = "Tracks", Exact = true }).ClickAsync();
        await Expect(Rows(browser, "Tracks").GetByText("Lab noise 91")).ToBeVisibleAsync();

        await Library(browser).GetByRole(AriaRole.Link, new() { Name = "Upload", Exact = true }).ClickAsync();
        await Expect(browser.Page.GetByRole(AriaRole.Progressbar, new() { Name = "Room that your uploads take" })).ToBeVisibleAsync();
        await Button(browser, "Remove Lab noise 91 from the server").ClickAsync();
        await Button(browser, "Delete the file").ClickAsync();
        await Expect(browser.Page.GetByText("Lab noise 91 is removed.")).ToBeVisibleAsync();
        await Library(browser).GetByRole(AriaRole.Link, new() { Name = "Tracks", Exact = true }).ClickAsync();
        await Expect(Rows(browser, "Tracks").GetByText("Lab noise 91")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task What_cannot_be_read_is_shown_with_its_reason_and_is_looked_at_again()
    {
        await using var server = await House.StartServerAsync("unreadable", Cancellation);
        var browser = await OpenAsync("/", server);
        await BecomeAdministratorAsync(browser, server);
        var broken = Path.Combine(House.MusicFolder, "broken.mp3");
        await File.WriteAllTextAsync(broken, "no music at all", Cancellation);
        try
        {
            await browser.OpenAsync(server.Port, "/r/HOME#/folders");
            await Button(browser, "Look for changes").ClickAsync();
            await browser.Page.GetByRole(AriaRole.Link, new() { Name = "1 cannot be read" }).ClickAsync();
            await Expect(browser.Page.GetByRole(AriaRole.List, new() { Name = "Files that cannot be read" })).ToContainTextAsync("broken.mp3");
        }
        finally
        {
            File.Delete(broken);
        }
    }

    private static ILocator Library(Chromium browser) => browser.Page.GetByRole(AriaRole.Region, new() { Name = "Library" });

    private static ILocator Rows(Chromium browser, string list) =>
        browser.Page.GetByRole(AriaRole.Grid, new() { Name = list, Exact = true }).GetByRole(AriaRole.Row);

    private static ILocator Queue(Chromium browser) =>
        browser.Page.GetByRole(AriaRole.List, new() { Name = "Tracks in the queue" }).GetByRole(AriaRole.Listitem);

    private static async Task BecomeAdministratorAsync(Chromium browser, TuttiServer server)
    {
        var code = SetUpCodeOf(server);
        await browser.Page.EvaluateAsync(
            "body => fetch('/auth/setup', { method: 'POST', headers: { 'content-type': 'application/json' }, body }).then(answer => { if (!answer.ok) throw new Error(answer.status); })",
            $$"""{"code":"{{code}}","name":"Ann","password":"correct horse battery"}""");
    }

    [GeneratedRegex("^Noise Sound lab")]
    private static partial Regex AlbumTile();

    [GeneratedRegex(@"/api/tracks\?")]
    private static partial Regex TrackPages();

    [GeneratedRegex("^Sunday")]
    private static partial Regex Sunday();
}
