using Dapper;
using Tutti.Protocol;
using Tutti.Server.Rooms;
using Tutti.Timing;

namespace Tutti.Server.Storage;

/// <summary>What is set of devices, in the database.</summary>
public sealed class DeviceStore(Database database) : IDeviceStore
{
    public async ValueTask<IReadOnlyList<DeviceRecord>> ListAsync(string owner, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        var rows = await connection.QueryAsync<Row>(
            """
            SELECT owner, id, kind, name, icon, volume, muted, trim_ms AS TrimMs, seen_micros AS SeenMicros
            FROM devices WHERE owner = @owner ORDER BY seen_micros DESC, id;
            """,
            new { owner });
        return [.. rows.Select(Record)];
    }

    public async ValueTask SaveAsync(DeviceRecord device, CancellationToken ct)
    {
        var (owner, id, kind, settings, seen) = device;
        await using var connection = await database.OpenAsync(ct);
        await connection.ExecuteAsync(
            """
            INSERT INTO devices (owner, id, kind, name, icon, volume, muted, trim_ms, seen_micros)
            VALUES (@Owner, @Id, @Kind, @Name, @Icon, @Volume, @Muted, @TrimMs, @SeenMicros)
            ON CONFLICT (owner, id) DO UPDATE SET
                kind = excluded.kind, name = excluded.name, icon = excluded.icon, volume = excluded.volume, muted = excluded.muted,
                trim_ms = excluded.trim_ms, seen_micros = excluded.seen_micros;
            """,
            new Row
            {
                Owner = owner, Id = id, Kind = kind.ToString(), Name = settings.Name, Icon = settings.Icon ?? "", Volume = settings.Volume,
                Muted = settings.Muted ? 1 : 0, TrimMs = settings.TrimMs, SeenMicros = seen.Value,
            });
    }

    public async ValueTask RemoveAsync(string owner, string deviceId, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        await connection.ExecuteAsync("DELETE FROM devices WHERE owner = @owner AND id = @deviceId;", new { owner, deviceId });
    }

    private static DeviceRecord Record(Row row) => new(
        row.Owner,
        row.Id,
        Enum.Parse<DeviceKind>(row.Kind),
        new DeviceSettings(row.Name, row.Icon.Length == 0 ? null : row.Icon, (int)row.Volume, row.Muted != 0, row.TrimMs),
        new ServerMicros(row.SeenMicros));

    private sealed class Row
    {
        public required string Owner { get; init; }

        public required string Id { get; init; }

        public required string Kind { get; init; }

        public required string Name { get; init; }

        public required string Icon { get; init; }

        public required long Volume { get; init; }

        public required long Muted { get; init; }

        public required double TrimMs { get; init; }

        public required long SeenMicros { get; init; }
    }
}
