using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Tutti.Browser.Tests.Services;
using Tutti.SoundLab.Machine;
using Tutti.SoundLab.Players;

namespace Tutti.Browser.Tests;

/// <summary>
/// Videos in the queue, played by each device's own embedded player, which a stand-in with the same API plays here. What it really does is known
/// to the test: two pages are measured against each other and against what they say of themselves.
/// </summary>
public sealed class EmbeddedTests(House house, EmbeddedTests.Stage stage) : BrowserTest(house), IClassFixture<EmbeddedTests.Stage>
{
    /// <summary>A player that can be trimmed is left alone below 20 ms, one that can only jump below 70; readings come up to 40 ms late.</summary>
    private const double RatedToleranceMs = 60, JumpingToleranceMs = 110;

    /// <summary>A server for which the stand-in is YouTube, once for all tests here.</summary>
    public sealed class Stage(House house) : IAsyncLifetime
    {
        public StandIn Services { get; } = new();

        public TuttiServer Server { get; private set; } = null!;

        public async ValueTask InitializeAsync() =>
            Server = await house.StartServerAsync("embedded", TestContext.Current.CancellationToken, Services.Settings);

        public async ValueTask DisposeAsync()
        {
            await Server.DisposeAsync();
            Services.Dispose();
        }
    }

    [Fact]
    public async Task Two_pages_follow_play_pause_seek_and_the_way_back_to_a_file()
    {
        var room = await NewRoomAsync(Server);
        var one = await OpenAsync($"/r/{room.Code}", Server);
        var two = await OpenAsync($"/r/{room.Code}", Server);
        await Button(one, "Join").ClickAsync();
        await Button(two, "Join").ClickAsync();
        await room.OutputsOnAsync(2, Cancellation);

        await PasteAsync(one, "https://youtu.be/longvideoXX?t=10");
        await Expect(one.Page.GetByText("As the service says").First).ToBeVisibleAsync();
        await AddTrackAsync(room, House.Titles[0]);
        await Button(one, "Play").First.ClickAsync();
        await TruthAsync(one, truth => truth is { State: 1, Muted: false });
        await TruthAsync(two, truth => truth is { State: 1, Muted: false });
        await InTimeAsync(room, RatedToleranceMs, one, two);

        // Shown as what it is: by that player's own word.
        await Expect(one.Page.GetByText("by YouTube’s player").First).ToBeVisibleAsync();
        var said = await ReportsAsync(room);
        Assert.All(said, static report => Assert.Equal("youtube", (string?)report["embedded"]));
        var apart = await ApartAsync(room, one, two, TimeSpan.FromSeconds(6));
        TestContext.Current.TestOutputHelper?.WriteLine($"apart: {Quantile(apart.Each, 0.5):F1} ms median, {Quantile(apart.Each, 0.95):F1} ms 95 %; from the timeline {apart.FromTimeline:F1} ms median");
        Assert.InRange(Quantile(apart.Each, 0.5), 0, 60);

        await Button(two, "Pause").First.ClickAsync();
        await TruthAsync(one, static truth => truth.State == 2);
        await TruthAsync(two, static truth => truth.State == 2);
        await room.SeekAsync(40, Cancellation);
        await Button(two, "Play").First.ClickAsync();
        // A link's t= is where the track begins: 40 s are 50 of the video.
        await TruthAsync(one, static truth => truth.State == 1 && truth.Seconds is > 50 and < 65);
        await TruthAsync(two, static truth => truth.State == 1 && truth.Seconds is > 50 and < 65);
        await InTimeAsync(room, RatedToleranceMs, one, two);

        await room.VolumeAsync(50, Cancellation);
        await TruthAsync(one, static truth => truth.Volume == 25);

        await Button(one, "Next").First.ClickAsync();
        await TruthAsync(one, static truth => truth.State == 2);
        await Expect(one.Page.GetByText(House.Titles[0]).First).ToBeVisibleAsync();
        await Until.TrueAsync("both devices sound the file in time", Patience, async () =>
            (await ReportsAsync(room)).All(static report => report["embedded"] is null && (double?)report["syncErrorMs"] is > -20 and < 20), Cancellation);
        await Button(one, "Previous").First.ClickAsync();
        await TruthAsync(two, static truth => truth.State == 1);
    }

    [Fact]
    public async Task A_video_ends_by_the_length_that_a_device_found_and_the_file_after_it_sounds()
    {
        var room = await NewRoomAsync(Server);
        var one = await OpenAsync($"/r/{room.Code}", Server);
        await Button(one, "Join").ClickAsync();
        await room.OutputsOnAsync(1, Cancellation);
        await PasteAsync(one, "https://www.youtube.com/watch?v=shortvideoX");
        await Expect(one.Page.GetByText("As the service says").First).ToBeVisibleAsync();
        await AddTrackAsync(room, House.Titles[1]);
        await Button(one, "Play").First.ClickAsync();
        await TruthAsync(one, static truth => truth is { State: 1, Muted: false });
        Assert.Equal(8, (double)(await room.StateAsync(Cancellation))["durationSeconds"]!);
        await Until.TrueAsync("the file follows", Patience, async () =>
            (string?)(await room.StateAsync(Cancellation))["track"]!["title"] == House.Titles[1], Cancellation);
        await Until.TrueAsync("it sounds", Patience, async () => (await ReportsAsync(room)).All(static report => report["syncErrorMs"] is not null && report["embedded"] is null), Cancellation);
    }

    [Fact]
    public async Task What_may_not_be_embedded_is_said_and_passed_over_and_words_come_from_the_device()
    {
        var room = await NewRoomAsync(Server);
        var one = await OpenAsync($"/r/{room.Code}", Server, phone: true);
        await Button(one, "Join").TapAsync();
        await room.OutputsOnAsync(1, Cancellation);
        await AddLinkAsync(room, "https://www.youtube.com/watch?v=not-embedXX");
        await AddLinkAsync(room, "https://www.youtube.com/watch?v=undescribed");
        // Play with an empty queue would begin with the library.
        await Expect(one.Page.GetByText("YouTube undescribed").First).ToBeAttachedAsync();
        await Button(one, "Play").First.TapAsync();
        await Expect(one.Page.GetByText("is passed over: its owner lets it be played on YouTube only").First).ToBeVisibleAsync();
        await TruthAsync(one, static truth => truth is { State: 1, Muted: false, Id: "undescribed" });
        await Expect(one.Page.GetByText("Stand-in undescribed").First).ToBeVisibleAsync();
        Assert.Equal(5209, (int)(await room.StateAsync(Cancellation))["queue"]![0]!["fault"]!["code"]!);

        // Seen wherever one is on the page, and never smaller than the services' terms allow.
        foreach (var tab in new[] { "Queue", "Player" })
        {
            await one.Page.GetByRole(AriaRole.Navigation).GetByRole(AriaRole.Button, new() { Name = tab }).TapAsync();
            await Expect(Frame(one)).ToBeVisibleAsync();
            var box = (await Frame(one).BoundingBoxAsync())!;
            Assert.True(box.Width >= 200 && box.Height >= 200 && box.X >= 0 && box.X + box.Width <= 390 && box.Y >= 0 && box.Y + box.Height <= 844, $"{tab}: {box.X} {box.Y} {box.Width} {box.Height}");
        }
    }

    [Fact]
    public async Task A_page_that_is_isolated_shows_the_player_all_the_same_and_nothing_is_asked_for_before()
    {
        var room = await NewRoomAsync(Server);
        var one = await OpenAsync($"/r/{room.Code}", Server);
        await one.Page.GotoAsync($"http://127.0.0.1:{Server.Port}/r/{room.Code}");
        Assert.True(await one.Page.EvaluateAsync<bool>("() => crossOriginIsolated"));
        stage.Services.Asked.Clear();
        await AddLinkAsync(room, "https://youtu.be/adsfirstXXX");
        await Expect(one.Page.GetByText("As the service says").First).ToBeVisibleAsync();
        Assert.Equal(["/oembed"], stage.Services.Asked);
        await Button(one, "Join").ClickAsync();
        await room.OutputsOnAsync(1, Cancellation);
        await Button(one, "Play").First.ClickAsync();
        await TruthAsync(one, static truth => truth is { State: 1, Id: "adsfirstXXX" });
        await InTimeAsync(room, RatedToleranceMs, one);
    }

    [Fact]
    public async Task People_sign_in_to_spotify_where_it_is_to_sound_and_two_devices_follow_the_room()
    {
        var room = await NewRoomAsync(Server);
        var one = await OpenSecureAsync(room);
        var two = await OpenSecureAsync(room);
        await Button(one, "Join").ClickAsync();
        await Button(two, "Join").ClickAsync();
        await room.OutputsOnAsync(2, Cancellation);
        await AddLinkAsync(room, "https://open.spotify.com/intl-de/track/4cOdK2wGLETKBW3PvgPWqT?si=x");
        await Expect(one.Page.GetByText("As the service says").First).ToBeVisibleAsync();
        await Button(one, "Play").First.ClickAsync();
        // Nobody can play it, so it is passed over: played again it is tried again.
        await Expect(one.Page.GetByText("is passed over: somebody has to sign in to Spotify").First).ToBeVisibleAsync();
        await SignInAsync(one);
        await SignInAsync(two);
        await Button(one, "Play").First.ClickAsync();
        await TruthAsync(one, static truth => truth.State == 1);
        await TruthAsync(two, static truth => truth.State == 1);
        await InTimeAsync(room, JumpingToleranceMs, one, two);
        await Expect(two.Page.GetByText("by Spotify’s player").First).ToBeVisibleAsync();
        var apart = await ApartAsync(room, one, two, TimeSpan.FromSeconds(6));
        TestContext.Current.TestOutputHelper?.WriteLine($"Spotify apart: {Quantile(apart.Each, 0.5):F1} ms median, {Quantile(apart.Each, 0.95):F1} ms 95 %; from the timeline {apart.FromTimeline:F1} ms median");
        Assert.InRange(Quantile(apart.Each, 0.5), 0, 150);

        await Button(two, "Pause").First.ClickAsync();
        await TruthAsync(one, static truth => truth.State == 2);
        await TruthAsync(two, static truth => truth.State == 2);
        await room.SeekAsync(60, Cancellation);
        await Button(one, "Play").First.ClickAsync();
        await TruthAsync(one, static truth => truth.State == 1 && truth.Seconds is > 59 and < 75);
        await TruthAsync(two, static truth => truth.State == 1 && truth.Seconds is > 59 and < 75);
    }

    [Fact]
    public async Task Without_premium_it_is_said_and_over_plain_http_too()
    {
        var room = await NewRoomAsync(Server);
        var one = await OpenSecureAsync(room);
        await one.Page.EvaluateAsync("""() => localStorage.setItem("tutti.spotify", JSON.stringify({ access: "free", refresh: "good", expiresAtMs: Date.now() + 1e7 }))""");
        await Button(one, "Join").ClickAsync();
        await room.OutputsOnAsync(1, Cancellation);
        await AddLinkAsync(room, "spotify:track:4cOdK2wGLETKBW3PvgPWqT");
        await Expect(one.Page.GetByText("As the service says").First).ToBeVisibleAsync();
        await Button(one, "Play").First.ClickAsync();
        await Expect(one.Page.GetByText("is passed over: Spotify plays for Premium accounts only").First).ToBeVisibleAsync();

        var plain = await OpenAsync($"/r/{room.Code}", Server);
        await Button(plain, "Join").ClickAsync();
        await room.OutputsOnAsync(2, Cancellation);
        await Button(plain, "Play").First.ClickAsync();
        await Expect(plain.Page.GetByText("Spotify plays over https only").First).ToBeVisibleAsync();
    }

    /// <summary>A page in a secure context, as over https.</summary>
    private async Task<Chromium> OpenSecureAsync(RoomApi room)
    {
        var browser = await OpenAsync($"/r/{room.Code}", Server);
        await browser.Page.GotoAsync($"http://127.0.0.1:{Server.Port}/r/{room.Code}");
        return browser;
    }

    private static async Task SignInAsync(Chromium browser)
    {
        var card = browser.Page.FrameLocator("iframe[title='Spotify’s player']");
        var signIn = await browser.Page.Context.RunAndWaitForPageAsync(() =>
            card.GetByRole(AriaRole.Link, new() { Name = "Sign in with Spotify" }).ClickAsync());
        await Until.TrueAsync("the sign-in has come back and closed its page", Patience, () => new(signIn.IsClosed), Cancellation);
        Assert.True(await browser.Page.EvaluateAsync<bool>("""() => JSON.parse(localStorage.getItem("tutti.spotify")).access.startsWith("good-")"""));
        // What the sign-in was asked for is got ready at once.
        await Expect(card.GetByText("Played by Spotify")).ToBeAttachedAsync();
    }

    private TuttiServer Server => stage.Server;

    private static ILocator Frame(Chromium browser) => browser.Page.GetByTitle("YouTube’s player");

    private static async Task PasteAsync(Chromium browser, string link)
    {
        await browser.Page.GetByLabel("Link to YouTube, Spotify, a sound file or a station").FillAsync(link);
        await Button(browser, "Add").ClickAsync();
    }

    private async Task AddLinkAsync(RoomApi room, string link) => await QueueAsync(room, new JsonObject { ["url"] = link });

    private async Task AddTrackAsync(RoomApi room, string title) =>
        await QueueAsync(room, new JsonObject { ["trackIds"] = new JsonArray(await room.TrackIdAsync(title, Cancellation)) });

    private async Task QueueAsync(RoomApi room, JsonObject body)
    {
        using var answer = await Server.Http.PostAsync($"api/rooms/{room.Code}/queue", JsonContent.Create(body), Cancellation);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Cancellation));
    }

    /// <summary>What a page's player really does; null while there is none.</summary>
    private static async Task<Truth?> LookAsync(Chromium browser)
    {
        var frame = browser.Page.Frames.FirstOrDefault(static frame => frame.Url.Contains("/embed/youtube", StringComparison.Ordinal) || frame.Url.EndsWith("/embed/spotify", StringComparison.Ordinal));
        return frame is null ? null : (await frame.EvaluateAsync<JsonElement>("() => globalThis.__truth?.() ?? null")) is { ValueKind: JsonValueKind.Object } truth
            ? truth.Deserialize<Truth>(JsonSerializerOptions.Web) : null;
    }

    private static Task TruthAsync(Chromium browser, Predicate<Truth> holds) => Until.TrueAsync(
        "the player does what the room says", Patience, async () => await LookAsync(browser) is { } truth && holds(truth), Cancellation);

    private static async Task<JsonNode[]> ReportsAsync(RoomApi room) =>
        [.. (await room.DevicesAsync(Cancellation))["devices"]!.AsArray().Select(static device => device!["report"]!).Where(static report => report is not null)];

    /// <summary>Waits until all devices say that they are on the timeline to 60 ms, and they are.</summary>
    /// <param name="toleranceMs">How far off its player is left alone, with what a reading may be wrong by.</param>
    private static Task InTimeAsync(RoomApi room, double toleranceMs, params Chromium[] browsers) => Until.TrueAsync(
        "the players are in time, and say so", TimeSpan.FromSeconds(25),
        async () =>
        {
            var reports = await ReportsAsync(room);
            if (reports.Length < browsers.Length || !reports.All(report => Math.Abs((double?)report["syncErrorMs"] ?? double.PositiveInfinity) < toleranceMs))
            {
                return false;
            }

            foreach (var browser in browsers)
            {
                if (await LookAsync(browser) is not { State: 1 } truth || Math.Abs(FromTimeline(truth, await room.StateAsync(Cancellation))) > toleranceMs + 20)
                {
                    return false;
                }
            }

            return true;
        },
        Cancellation);

    /// <summary>How far a player is ahead of the room's timeline, ms. Server time counts from the same epoch as the browsers' wall clock.</summary>
    private static double FromTimeline(Truth truth, JsonNode state)
    {
        var timeline = state["timeline"]!;
        var start = (double?)state["track"]!["embedded"]!["startMicros"] ?? 0;
        var due = ((double)timeline["positionMicros"]! + (truth.AtMs * 1000) - (double)timeline["atMicros"]! + start) / 1000;
        return (truth.Seconds * 1000) - due;
    }

    private static async Task<(List<double> Each, double FromTimeline)> ApartAsync(RoomApi room, Chromium one, Chromium two, TimeSpan length)
    {
        List<double> each = [], from = [];
        var state = await room.StateAsync(Cancellation);
        var end = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(end) < length)
        {
            if (await LookAsync(one) is { State: 1 } a && await LookAsync(two) is { State: 1 } b)
            {
                each.Add(Math.Abs((a.Seconds * 1000) - a.AtMs - ((b.Seconds * 1000) - b.AtMs)));
                from.Add(Math.Abs(FromTimeline(a, state)));
            }

            await Until.PassedAsync(TimeSpan.FromMilliseconds(100), Cancellation);
        }

        return (each, Quantile(from, 0.5));
    }

    private static double Quantile(List<double> values, double share) => values.Order().ElementAt(Math.Min(values.Count - 1, (int)(share * values.Count)));

    /// <param name="AtMs">Wall clock of the reading.</param>
    private sealed record Truth(int State, double Seconds, double AtMs, bool Muted, int Volume, string? Id);
}
