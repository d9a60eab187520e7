using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Playwright;
using Tutti.SoundLab.Players;

namespace Tutti.LibraryBench;

/// <summary>
/// Measures the library's page over a large library in a real Chromium: how soon it is painted and its first rows stand, how evenly it scrolls, and
/// how soon a search shows what it found. Needs the built page and server (<c>./run.sh --build-only</c>) and Chromium.
/// </summary>
internal static class PageBench
{
    private const int Rounds = 5;
    private const int Searches = 20;

    // A frame is 16.7 ms; how long each took while the list was moved by three screens a frame, or thrown somewhere else.
    private const string Scroll = """
        async ({ pixels, frames, far }) => {
          const list = document.querySelector('[role=grid]').parentElement;
          list.scrollTop = 0;
          const took = [];
          let before = await new Promise(requestAnimationFrame);
          for (let n = 0; n < frames; n++) {
            list.scrollTop = far ? (list.scrollHeight * ((n * 0.618034) % 1)) : list.scrollTop + pixels;
            const now = await new Promise(requestAnimationFrame);
            took.push(now - before);
            before = now;
          }
          const settled = performance.now();
          while (!document.querySelector('[role=grid] .track-title')) await new Promise(requestAnimationFrame);
          return { took, filledMs: performance.now() - settled };
        }
        """;

    private const string Search = """
        async words => {
          const field = document.querySelector('input[type=search]');
          const begun = performance.now();
          field.value = words;
          field.dispatchEvent(new Event('input', { bubbles: true }));
          const found = () => document.querySelector('[role=grid][aria-label="Tracks found"] .track-title');
          while (!found()) await new Promise(requestAnimationFrame);
          const ms = performance.now() - begun;
          history.back();
          while (found()) await new Promise(requestAnimationFrame);
          return ms;
        }
        """;

    public static async Task RunAsync(string work, string data, int count)
    {
        await using var server = await TuttiServer.StartAsync(
            ServerFiles.InRepositoryOf(AppContext.BaseDirectory), "/music", data, Path.Combine(work, "server.log"), default);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.StartAsync(
            playwright, new BrowserSeat(Path.Combine(work, "browser"), new Dictionary<string, string>(), Viewport: (1280, 900)));
        var page = browser.Page;
        List<double> painted = [], rows = [], search = [];
        for (var round = 0; round < Rounds; round++)
        {
            // The first visit, with nothing cached, and further ones.
            await page.GotoAsync("about:blank");
            await browser.OpenAsync(server.Port, "/r/HOME");
            await page.Locator("[role=grid] .track-title").First.WaitForAsync();
            rows.Add(await page.EvaluateAsync<double>("() => performance.now()"));
            painted.Add(await page.EvaluateAsync<double>("() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? performance.now()"));
        }
        Show($"{count} tracks: first paint of the room page", painted);
        Show("first rows of the library", rows);

        Show("frame while scrolling 1,800 px a frame", Took(await ScrollAsync(page, far: false)));
        var far = await ScrollAsync(page, far: true);
        Show("frame while thrown through the whole list", Took(far));
        Console.WriteLine($"rows there after the last throw: {far.GetProperty("filledMs").GetDouble():0} ms");
        for (var n = 0; n < Searches; n++)
        {
            var answer = await server.Http.GetFromJsonAsync<JsonElement>($"api/tracks?limit=1&offset={(long)count * n / Searches}");
            var title = answer.GetProperty("tracks")[0].GetProperty("title").GetString()!;
            search.Add(await page.EvaluateAsync<double>(Search, title[..Math.Min(3, title.Length)]));
        }
        Show("from the last key of a search to its rows, 120 ms of them waiting for the next key", search);
        var nodes = await page.EvaluateAsync<int>("() => document.querySelectorAll('*').length");
        Console.WriteLine($"elements in the page: {nodes}");
    }

    private static async Task<JsonElement> ScrollAsync(IPage page, bool far) =>
        await page.EvaluateAsync<JsonElement>(Scroll, new { pixels = 1_800, frames = 300, far });

    private static List<double> Took(JsonElement answer) => [.. answer.GetProperty("took").EnumerateArray().Select(frame => frame.GetDouble())];

    private static void Show(string what, List<double> ms)
    {
        var sorted = ms.Order().ToList();
        Console.WriteLine($"{what}: median {sorted[sorted.Count / 2]:0} ms, p95 {sorted[Math.Min(sorted.Count - 1, sorted.Count * 95 / 100)]:0} ms, worst {sorted[^1]:0} ms of {ms.Count}");
    }
}
