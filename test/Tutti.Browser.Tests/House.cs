using Microsoft.Playwright;
using Tutti.SoundLab;
using Tutti.SoundLab.Cards;
using Tutti.SoundLab.Players;
using Tutti.SoundLab.Signals;

[assembly: System.Runtime.Versioning.SupportedOSPlatform("linux")]
[assembly: CollectionBehavior(DisableTestParallelization = true)]
[assembly: AssemblyFixture(typeof(Tutti.Browser.Tests.House))]

namespace Tutti.Browser.Tests;

/// <summary>What every test here lives in: the real server with music and data of its own, and sound outputs for real browsers.</summary>
public sealed class House : IAsyncLifetime
{
    private const int Outputs = 2;
    private static readonly TimeSpan s_trackLength = TimeSpan.FromSeconds(45);
    private SoundSystem? _sound;
    private TuttiServer? _server;
    private IPlaywright? _playwright;

    /// <summary>Titles of the tracks in the library.</summary>
    public IReadOnlyList<string> Titles { get; private set; } = [];

    public ServerFiles Files { get; } = ServerFiles.InRepositoryOf(AppContext.BaseDirectory);

    public Scratch Scratch { get; } = new();

    public string MusicFolder => Path.Combine(Scratch.Path, "music");

    public TuttiServer Server => _server!;

    public async ValueTask InitializeAsync()
    {
        var cancellation = TestContext.Current.CancellationToken;
        TestTrack[] tracks = [.. Enumerable.Range(1, 3).Select(seed => new TestTrack((ulong)seed, s_trackLength))];
        foreach (var track in tracks)
        {
            await track.WriteFlacAsync(MusicFolder, cancellation);
        }

        Titles = [.. tracks.Select(track => track.Title)];
        _server = await StartServerAsync("house", cancellation);
        _sound = await SoundSystem.UnheardAsync(Scratch.Folder("sound"), Outputs, cancellation);
        _playwright = await Playwright.CreateAsync();
    }

    /// <summary>A further server with data of its own, whose library is complete.</summary>
    /// <param name="settings">Further arguments of its command line.</param>
    public async Task<TuttiServer> StartServerAsync(string name, CancellationToken cancellation, params string[] settings)
    {
        var started = await TuttiServer.StartAsync(
            Files, MusicFolder, Scratch.Folder($"data-{name}"), Path.Combine(Scratch.Path, $"server-{name}.log"), cancellation, settings);
        var room = RoomApi.Of(started.Http, "HOME");
        foreach (var title in Titles)
        {
            await room.TrackIdAsync(title, cancellation);
        }

        return started;
    }

    /// <param name="output">0 or 1: the browser's own sound output.</param>
    public Task<Chromium> StartBrowserAsync(string name, int output, bool phone) => Chromium.StartAsync(
        _playwright!,
        new BrowserSeat(Scratch.Folder(name), _sound!.Environment(output), Viewport: phone ? (390, 844) : null, Phone: phone));

    public async ValueTask DisposeAsync()
    {
        _playwright?.Dispose();
        if (_sound is not null)
        {
            await _sound.DisposeAsync();
        }

        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        Scratch.Dispose();
    }
}
