using Microsoft.Playwright;
using Tutti.SoundLab.Cards;
using Tutti.SoundLab.Machine;
using Tutti.SoundLab.Network;
using Tutti.SoundLab.Signals;

namespace Tutti.SoundLab.Players;

/// <summary>One player's place.</summary>
/// <param name="CrystalPpm">Error of its card's clock; only with a card each.</param>
/// <param name="Link">What its network is like; null: as good as it gets.</param>
/// <param name="DeviceBufferMs">What its sound device holds, when that is not the usual.</param>
public sealed record Seat(double CrystalPpm = 0, LinkShape? Link = null, int? DeviceBufferMs = null);

/// <param name="OneCard">All players share one sound card, instead of one each.</param>
/// <param name="Longest">Longest recording, from the start of the stage on.</param>
/// <param name="Pieces">Files that each track is cut into, as an album.</param>
/// <param name="Settings">Further arguments of the server's command line.</param>
/// <param name="OrdinaryFeeders">Browsers' sound processes are left at their usual priority (<see cref="BrowserSeat.OrdinaryFeeder"/>).</param>
/// <param name="SignedIn">All seats are devices of one account, in its personal room, instead of strangers in a room that anybody may enter.</param>
public sealed record StageSetup(
    IReadOnlyList<Seat> Seats, IReadOnlyList<TestTrack> Tracks, TimeSpan Longest, bool OneCard = false, int Pieces = 1, bool SignedIn = false,
    IReadOnlyList<string>? Settings = null, bool OrdinaryFeeders = false);

/// <summary>A server with a room, a sound system that records, and a browser in each seat that was opened.</summary>
public sealed class Stage : IAsyncDisposable
{
    private readonly StageSetup _setup;
    private readonly string _scratch;
    private readonly Stack<IAsyncDisposable> _parts = [];
    private readonly IPlaywright _playwright;

    private Stage(StageSetup setup, string scratch, IPlaywright playwright) =>
        (_setup, _scratch, _playwright) = (setup, scratch, playwright);

    public SoundSystem Sound { get; private set; } = null!;

    public TuttiServer Server { get; private set; } = null!;

    public RoomApi Room { get; private set; } = null!;

    /// <summary>Ids of the files in the library, in the order of <see cref="StageSetup.Tracks"/> and their pieces.</summary>
    public IReadOnlyList<string> TrackIds { get; private set; } = [];

    public static async Task<Stage> SetUpAsync(StageSetup setup, ServerFiles server, string scratch, CancellationToken cancellation)
    {
        Stage stage = new(setup, scratch, await Playwright.CreateAsync());
        try
        {
            await stage.SetUpAsync(server, cancellation);
            return stage;
        }
        catch
        {
            await stage.DisposeAsync();
            throw;
        }
    }

    /// <summary>Opens the room's page in a browser in a seat, with its output still off.</summary>
    public async Task<Chromium> OpenAsync(int seat, CancellationToken cancellation)
    {
        var (_, link, bufferMs) = _setup.Seats[seat];
        var environment = Sound.Environment(seat);
        if (bufferMs is { } ms)
        {
            environment["PULSE_LATENCY_MSEC"] = $"{ms}";
        }

        var slow = link is null ? null : Keep(await SlowLink.OpenAsync(link, _scratch, cancellation));
        var browser = Keep(await Chromium.StartAsync(_playwright, new BrowserSeat(Path.Combine(_scratch, $"browser{seat + 1}"), environment, slow, OrdinaryFeeder: _setup.OrdinaryFeeders)));
        if (_setup.SignedIn)
        {
            await browser.OpenAsync(Server.Port, "/signin");
            await SignedInPerson.SignInAsync(browser);
        }

        await browser.OpenAsync(Server.Port, $"/r/{Room.Code}");
        return browser;
    }

    /// <summary>
    /// Opens all seats, then presses Join in each and waits until all outputs run. In this order, and with pauses until the start-up work is
    /// over, because players have machines of their own: none of them starts its browser on the processor that another one's sound needs.
    /// </summary>
    /// <param name="but">A seat that is left for later.</param>
    public async Task<IReadOnlyList<Chromium>> JoinAllAsync(CancellationToken cancellation, int? but = null)
    {
        List<Chromium> players = [];
        foreach (var seat in Enumerable.Range(0, _setup.Seats.Count).Where(seat => seat != but))
        {
            players.Add(await OpenAsync(seat, cancellation));
        }

        await MachineLoad.CalmAsync(TimeSpan.FromSeconds(15), cancellation);
        foreach (var player in players)
        {
            await player.JoinAsync(cancellation);
        }

        await Room.OutputsOnAsync(players.Count, cancellation);
        await MachineLoad.CalmAsync(TimeSpan.FromSeconds(15), cancellation);
        return players;
    }

    public async ValueTask DisposeAsync()
    {
        while (_parts.TryPop(out var part))
        {
            await part.DisposeAsync();
        }

        _playwright.Dispose();
    }

    private async Task SetUpAsync(ServerFiles server, CancellationToken cancellation)
    {
        var music = Path.Combine(_scratch, "music");
        List<string> titles = [];
        foreach (var track in _setup.Tracks)
        {
            if (_setup.Pieces > 1)
            {
                titles.AddRange(await track.WriteAlbumAsync(music, _setup.Pieces, cancellation));
            }
            else
            {
                await track.WriteFlacAsync(music, cancellation);
                titles.Add(track.Title);
            }
        }

        Server = Keep(await TuttiServer.StartAsync(
            server, music, Path.Combine(_scratch, "data"), Path.Combine(_scratch, "server.log"), cancellation, [.. _setup.Settings ?? []]));
        Room = _setup.SignedIn
            ? await SignedInPerson.SignUpAsync(Server.Http, cancellation)
            : await RoomApi.CreateAsync(Server.Http, cancellation);
        List<string> ids = [];
        foreach (var title in titles)
        {
            ids.Add(await Room.TrackIdAsync(title, cancellation));
        }

        TrackIds = ids;
        await Room.VolumeAsync(100, cancellation);
        var folder = Path.Combine(_scratch, "sound");
        Sound = Keep(_setup.OneCard
            ? await SoundSystem.WithOneCardAsync(folder, _setup.Seats.Count, cancellation)
            : await SoundSystem.WithCardEachAsync(folder, [.. _setup.Seats.Select(seat => seat.CrystalPpm)], _setup.Longest, cancellation));
    }

    private T Keep<T>(T part)
        where T : IAsyncDisposable
    {
        _parts.Push(part);
        return part;
    }
}
