namespace Tutti.Server.Library.Plays;

/// <summary>What a room lets be heard at one moment.</summary>
/// <param name="Room">The room's code.</param>
public readonly record struct Heard(string Room, string ItemId, string TrackId, long DurationMicros);

/// <summary>A track that was played.</summary>
/// <param name="PlayedMicros">µs since the Unix epoch.</param>
public readonly record struct Play(string TrackId, long PlayedMicros);

/// <summary>
/// Counts plays from looks at what rooms sound: a track counts once it was heard for half its length or four minutes, whichever is less, and
/// again when its item comes anew. Pure; not for several threads.
/// </summary>
/// <param name="gapMicros">Two looks farther apart say nothing about the time between them.</param>
public sealed class PlayTally(long gapMicros)
{
    private const long EnoughMicros = 240_000_000;

    private readonly Dictionary<string, Listening> _rooms = new(StringComparer.Ordinal);

    /// <summary>One look at all rooms that sound. Gives the plays that are complete now.</summary>
    public IReadOnlyList<Play> Look(IReadOnlyCollection<Heard> rooms, long nowMicros)
    {
        var plays = new List<Play>();
        foreach (var heard in rooms)
        {
            var before = _rooms.GetValueOrDefault(heard.Room);
            var now = before is not null && before.ItemId == heard.ItemId
                ? before with { HeardMicros = before.HeardMicros + Between(before.SeenMicros, nowMicros), SeenMicros = nowMicros }
                : new Listening(heard.ItemId, 0, nowMicros, Counted: false);
            if (!now.Counted && now.HeardMicros >= Math.Min(heard.DurationMicros / 2, EnoughMicros) && now.HeardMicros > 0)
            {
                plays.Add(new Play(heard.TrackId, nowMicros));
                now = now with { Counted = true };
            }
            _rooms[heard.Room] = now;
        }
        // A room that is held keeps its place; one that was held for long is forgotten.
        foreach (var (room, listening) in _rooms)
        {
            if (nowMicros - listening.SeenMicros > 100 * gapMicros && !rooms.Any(heard => heard.Room == room))
            {
                _rooms.Remove(room);
            }
        }
        return plays;
    }

    private long Between(long fromMicros, long toMicros) => toMicros - fromMicros is >= 0 and var passed && passed <= gapMicros ? passed : 0;

    private sealed record Listening(string ItemId, long HeardMicros, long SeenMicros, bool Counted);
}

/// <summary>Port: where plays are counted.</summary>
public interface IPlayStore
{
    /// <summary>Adds plays to those that were counted before; all or none.</summary>
    Task AddAsync(IReadOnlyCollection<Play> plays, CancellationToken ct);
}
