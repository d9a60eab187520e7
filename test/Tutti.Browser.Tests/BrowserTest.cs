using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Tutti.SoundLab.Machine;
using Tutti.SoundLab.Players;

namespace Tutti.Browser.Tests;

/// <summary>A test with browsers. When it fails, what they showed and said is kept in a folder that the output names.</summary>
public abstract partial class BrowserTest(House house) : IAsyncLifetime
{
    /// <summary>Longest wait for anything that a page must show or do.</summary>
    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private static int s_opened;
    private readonly List<(Chromium Browser, List<string> Said)> _browsers = [];

    protected House House => house;

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public virtual ValueTask InitializeAsync()
    {
        SetDefaultExpectTimeout((float)Patience.TotalMilliseconds);
        return ValueTask.CompletedTask;
    }

    /// <summary>A browser of its own, as another person's, at a path of the server.</summary>
    protected async Task<Chromium> OpenAsync(string path, TuttiServer? server = null, bool phone = false)
    {
        var number = Interlocked.Increment(ref s_opened);
        var browser = await house.StartBrowserAsync($"browser{number}", _browsers.Count % 2, phone);
        List<string> said = [];
        browser.Page.Console += (_, message) => said.Add($"{message.Type}: {message.Text}");
        browser.Page.PageError += (_, error) => said.Add($"exception: {error}");
        browser.Page.SetDefaultTimeout((float)Patience.TotalMilliseconds);
        _browsers.Add((browser, said));
        await browser.OpenAsync((server ?? house.Server).Port, path);
        return browser;
    }

    /// <summary>A new room.</summary>
    protected Task<RoomApi> NewRoomAsync(TuttiServer? server = null) => RoomApi.CreateAsync((server ?? house.Server).Http, Cancellation);

    protected static ILocator Button(Chromium browser, string name) =>
        browser.Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    protected static ILocator Link(Chromium browser, string name) => browser.Page.GetByRole(AriaRole.Link, new() { Name = name, Exact = true });

    /// <summary>The code of the set-up link that a server without an administrator has printed.</summary>
    protected static string SetUpCodeOf(TuttiServer server)
    {
        var code = SetUpCode().Match(server.Log).Groups["code"].Value;
        Assert.NotEmpty(code);
        return code;
    }

    /// <summary>What this browser's session lets it do over REST: as its page would, with its cookies.</summary>
    /// <returns>The answer; it MUST be a success.</returns>
    protected static async Task<JsonElement> CallAsync(Chromium browser, string method, string path, object? body = null)
    {
        var answer = await browser.Page.EvaluateAsync<JsonElement>(
            """
            async ([method, path, body]) => {
              const init = body === null ? { method } : { method, headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
              const answer = await fetch(path, init);
              return { ok: answer.ok, status: answer.status, body: answer.status === 204 ? null : await answer.json() };
            }
            """,
            new[] { method, path, body });
        Assert.True(answer.GetProperty("ok").GetBoolean(), $"{method} {path}: {answer}");
        return answer.GetProperty("body");
    }

    /// <summary>Place in the track that the page shows, s.</summary>
    protected static async Task<double> PositionAsync(Chromium browser) =>
        await browser.Page.GetByLabel("Position", new() { Exact = true }).EvaluateAsync<double>("bar => bar.valueAsNumber");

    protected static Task PositionPassesAsync(Chromium browser, double seconds) => Until.TrueAsync(
        $"the page's position passes {seconds} s", Patience, async () => await PositionAsync(browser) > seconds, Cancellation);

    public virtual async ValueTask DisposeAsync()
    {
        var failed = TestContext.Current.TestState?.Result == TestResult.Failed;
        for (var i = 0; i < _browsers.Count; i++)
        {
            var (browser, said) = _browsers[i];
            if (failed)
            {
                await KeepAsync(browser, said, i);
            }

            await browser.DisposeAsync();
        }

        GC.SuppressFinalize(this);
        Assert.DoesNotContain(_browsers.SelectMany(static entry => entry.Said), static line => line.Contains("Content Security Policy", StringComparison.Ordinal));
    }

    [GeneratedRegex("/setup#(?<code>[A-Z0-9]+)")]
    private static partial Regex SetUpCode();

    private async Task KeepAsync(Chromium browser, List<string> said, int number)
    {
        var name = $"{TestContext.Current.TestMethod?.MethodName}-{number + 1}";
        var folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), "tutti-browser-tests")).FullName;
        var picture = Path.Combine(folder, $"{name}.png");
        await File.WriteAllLinesAsync(
            Path.Combine(folder, $"{name}.txt"),
            [browser.Page.Url, .. said, await browser.Page.Locator("body").AriaSnapshotAsync(), house.Server.Log], CancellationToken.None);
        await browser.Page.ScreenshotAsync(new() { Path = picture });
        TestContext.Current.TestOutputHelper?.WriteLine($"kept {picture}");
    }
}
