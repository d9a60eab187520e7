using Tutti.Protocol;
using Tutti.Server.Library.Plays;
using Tutti.Server.Rooms;
using Tutti.Timing;

namespace Tutti.Server.Plays;

/// <summary>
/// Looks at the rooms now and then and counts what was played, beside playback and without a part in it: no room waits for it, and the
/// database hears of it half a minute later at the earliest.
/// </summary>
public sealed partial class PlayObserver(IRoomDirectory rooms, IPlayStore store, IServerClock serverClock, TimeProvider clock, ILogger<PlayObserver> logger)
    : BackgroundService
{
    private const long LookMicros = 2_000_000;
    private static readonly TimeSpan s_save = TimeSpan.FromSeconds(30);
    private readonly PlayTally _tally = new(3 * LookMicros);
    private readonly List<Play> _unsaved = [];

    /// <summary>Saves what was counted; also when the server stops.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await SaveAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMicroseconds(LookMicros), clock);
        var saved = clock.GetTimestamp();
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            _unsaved.AddRange(_tally.Look(Sounding(), serverClock.Now.Value));
            if (_unsaved.Count > 0 && clock.GetElapsedTime(saved) >= s_save)
            {
                saved = clock.GetTimestamp();
                await SaveAsync(stoppingToken);
            }
        }
    }

    private List<Heard> Sounding()
    {
        var now = serverClock.Now;
        var heard = new List<Heard>();
        foreach (var room in rooms.List())
        {
            // Nobody hears a room without devices.
            if (room.State is { Status: PlaybackStatus.Playing } state && room.Devices.Any(static device => device.Connected)
                && state.Find(state.SoundingAt(now).ItemId) is { } item)
            {
                heard.Add(new Heard(room.Code, item.Id, item.Track.Id, item.Track.DurationMicros));
            }
        }
        return heard;
    }

    private async Task SaveAsync(CancellationToken ct)
    {
        if (_unsaved.Count == 0)
        {
            return;
        }
        try
        {
            await store.AddAsync(_unsaved, ct);
            _unsaved.Clear();
        }
        // They are kept and tried again with the next.
        catch (Exception error) when (error is not OperationCanceledException)
        {
            LogNotSaved(error, _unsaved.Count);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} plays could not be saved yet")]
    private partial void LogNotSaved(Exception error, int count);
}
