using System.Globalization;
using Microsoft.Playwright;
using Tutti.SoundLab.Machine;
using Tutti.SoundLab.Network;

namespace Tutti.SoundLab.Players;

/// <summary>Where and how a browser runs.</summary>
/// <param name="Folder">Its profile and log; made anew.</param>
/// <param name="Environment">Binds it to a sound output.</param>
/// <param name="Link">What it reaches the server through; null: straight.</param>
/// <param name="Viewport">Size of the page in CSS pixels.</param>
/// <param name="Phone">A touch screen.</param>
/// <param name="OrdinaryFeeder">
/// The process that feeds the sound card takes its turn with all other threads of the machine, those of other devices among them; otherwise it goes before
/// them (<see cref="RealTime"/>).
/// </param>
public sealed record BrowserSeat(
    string Folder, IReadOnlyDictionary<string, string> Environment, SlowLink? Link = null, (int Width, int Height)? Viewport = null, bool Phone = false,
    bool OrdinaryFeeder = false);

/// <summary>
/// A real Chromium with a profile of its own, headless, under the autoplay rules that people have. It reaches this machine and nothing else,
/// under a name or address that makes a page over plain HTTP an insecure context, as on a LAN.
/// </summary>
public sealed class Chromium : IAsyncDisposable
{
    /// <summary>A name that leads to this machine. Unlike localhost it is no secure context (W3C Secure Contexts §3.1).</summary>
    private const string PlainName = "tutti.test";

    private static readonly string[] s_programs = ["/usr/lib/chromium/chromium", "/usr/bin/chromium"];
    private readonly IBrowserContext _context;
    private readonly BrowserSeat _seat;
    private readonly string _processIdPath;

    private Chromium(IBrowserContext context, BrowserSeat seat, string processIdPath)
    {
        (_context, _seat, _processIdPath) = (context, seat, processIdPath);
        Page = context.Pages[0];
    }

    public IPage Page { get; }

    /// <summary>Host part of this machine's addresses as this browser must use it.</summary>
    public string ServerHost => _seat.Link?.ServerAddress ?? PlainName;

    /// <exception cref="PlaywrightException">Chromium did not start.</exception>
    public static async Task<Chromium> StartAsync(IPlaywright playwright, BrowserSeat seat)
    {
        Directory.CreateDirectory(seat.Folder);
        var processIdPath = Path.Combine(seat.Folder, "pid");
        var context = await playwright.Chromium.LaunchPersistentContextAsync(Path.Combine(seat.Folder, "profile"), new()
        {
            ExecutablePath = WriteStarter(seat, processIdPath),
            Headless = true,
            IgnoreDefaultArgs = ["--mute-audio"],
            Args =
            [
                "--autoplay-policy=document-user-activation-required",
                "--disable-gpu",
                "--disable-quic",
                "--disable-background-networking",
                "--disable-domain-reliability",
                "--disable-client-side-phishing-detection",
                $"--host-resolver-rules=MAP {PlainName} 127.0.0.1 , MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE 10.*",
            ],
            ViewportSize = new ViewportSize { Width = seat.Viewport?.Width ?? 1280, Height = seat.Viewport?.Height ?? 900 },
            HasTouch = seat.Phone,
            IsMobile = seat.Phone,
            Locale = "en-GB",
        });
        Chromium browser = new(context, seat, processIdPath);
        await context.AddInitScriptAsync(
            "addEventListener('click', event => { globalThis.lastClickWallMs = performance.timeOrigin + event.timeStamp; }, true);");
        return browser;
    }

    /// <summary>Opens a path of the server and checks that it is what a LAN address is: an insecure context.</summary>
    public async Task OpenAsync(int port, string path)
    {
        await Page.GotoAsync(Address(port, path));
        if (await Page.EvaluateAsync<bool>("() => isSecureContext"))
        {
            throw new InvalidOperationException($"{Page.Url} is a secure context: it would not show what a LAN address does");
        }
    }

    public string Address(int port, string path) => $"http://{ServerHost}:{port.ToString(CultureInfo.InvariantCulture)}{path}";

    /// <summary>Presses a button by its accessible name, with a real click, and returns when the page saw it (monotonic clock).</summary>
    public async Task<long> PressAsync(string name)
    {
        var wallNow = TimeProvider.System.GetUtcNow();
        var monotonicNow = Libc.MonotonicNanos();
        await Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true }).ClickAsync();
        var wallMs = await Page.EvaluateAsync<double>("() => globalThis.lastClickWallMs");
        return monotonicNow + (long)((wallMs - (wallNow - DateTimeOffset.UnixEpoch).TotalMilliseconds) * 1e6);
    }

    /// <summary>Presses Join, and lets the process that then feeds the sound card go before what computes. Returns when the page saw the click (monotonic clock).</summary>
    public async Task<long> JoinAsync(CancellationToken cancellation)
    {
        var pressed = await PressAsync("Join");
        if (!_seat.OrdinaryFeeder)
        {
            await Until.TrueAsync(
                "the browser's sound process", TimeSpan.FromSeconds(10),
                () =>
                {
                    var feeders = Feeders();
                    Array.ForEach(feeders, feeder => RealTime.Raise(feeder, RealTime.Feeder));
                    return ValueTask.FromResult(feeders.Length > 0);
                },
                cancellation);
        }

        return pressed;
    }

    /// <summary>Keeps the page's own thread busy, as a page that computes too much is.</summary>
    public Task StallTabAsync(TimeSpan time) =>
        Page.EvaluateAsync("length => { const end = performance.now() + length; while (performance.now() < end); }", time.TotalMilliseconds);

    /// <summary>Stops the process that feeds the sound card for a while, so that the card runs dry.</summary>
    public async Task StallSoundAsync(TimeSpan time, CancellationToken cancellation)
    {
        var services = Feeders();
        if (services.Length == 0)
        {
            throw new InvalidOperationException("this Chromium has no sound process of its own");
        }

        try
        {
            Array.ForEach(services, id => _ = Libc.Kill(id, Libc.SignalStop));
            await Until.PassedAsync(time, cancellation);
        }
        finally
        {
            Array.ForEach(services, id => _ = Libc.Kill(id, Libc.SignalContinue));
        }
    }

    public async ValueTask DisposeAsync() => await _context.CloseAsync();

    private int[] Feeders() => [.. ProcessTree.Find(ProcessId, "--utility-sub-type=audio.mojom.AudioService")];

    private int ProcessId => int.Parse(File.ReadAllText(_processIdPath), CultureInfo.InvariantCulture);

    // Debian's program itself: the script around it adds settings of its own.
    private static string WriteStarter(BrowserSeat seat, string processIdPath)
    {
        var program = s_programs.FirstOrDefault(File.Exists) ?? throw new FileNotFoundException("no Chromium: apt-get install chromium");
        var exports = seat.Environment.Select(pair => $"export {pair.Key}='{pair.Value}'\n");
        var path = Path.Combine(seat.Folder, "chromium.sh");
        File.WriteAllText(
            path,
            $"#!/bin/sh\n{string.Concat(exports)}echo $$ > '{processIdPath}'\nexec {string.Join(' ', seat.Link?.Enter ?? [])} {program} \"$@\"\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }
}
