using Dapper;
using Tutti.Server.Library.Plays;

namespace Tutti.Server.Storage.Library;

/// <summary>Plays in the database.</summary>
public sealed class PlayStore(Database database) : IPlayStore
{
    public async Task AddAsync(IReadOnlyCollection<Play> plays, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        await using var transaction = await database.BeginWriteAsync(connection, ct);
        await connection.ExecuteAsync(
            """
            INSERT INTO track_plays (track_id, plays, played_micros) VALUES (@Id, @Count, @Last)
            ON CONFLICT (track_id) DO UPDATE SET
                plays = track_plays.plays + excluded.plays,
                played_micros = CASE WHEN excluded.played_micros > track_plays.played_micros THEN excluded.played_micros ELSE track_plays.played_micros END;
            """,
            plays.GroupBy(play => play.TrackId).Select(group => new { Id = group.Key, Count = group.Count(), Last = group.Max(play => play.PlayedMicros) }),
            transaction);
        await transaction.CommitAsync(ct);
    }
}
