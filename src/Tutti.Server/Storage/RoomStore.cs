using Dapper;
using Tutti.Protocol;
using Tutti.Server.Rooms;
using Tutti.Timing;

namespace Tutti.Server.Storage;

/// <summary>Rooms in the database, one row each.</summary>
public sealed class RoomStore(Database database) : IRoomStore
{
    public async ValueTask<StoredRoom?> LoadAsync(string code, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        var row = await connection.QuerySingleOrDefaultAsync<Row>(
            "SELECT code, name, state_json AS StateJson, kept_json AS KeptJson, saved_at_micros AS SavedAtMicros FROM rooms WHERE code = @code;", new { code });
        return row is null ? null : new StoredRoom(row.Code, row.Name, row.StateJson, row.KeptJson, false, [], new ServerMicros(row.SavedAtMicros));
    }

    public async ValueTask SaveAsync(StoredRoom room, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        await using var transaction = await database.BeginWriteAsync(connection, ct);
        await connection.ExecuteAsync(
            """
            INSERT INTO rooms (code, name, state_json, kept_json, is_public, saved_at_micros) VALUES (@Code, @Name, @StateJson, @KeptJson, @IsPublic, @SavedAtMicros)
            ON CONFLICT (code) DO UPDATE SET
                name = excluded.name, state_json = excluded.state_json, kept_json = excluded.kept_json, is_public = excluded.is_public,
                saved_at_micros = excluded.saved_at_micros;
            """,
            new { room.Code, room.Name, room.StateJson, room.KeptJson, IsPublic = room.Public ? 1L : 0L, SavedAtMicros = room.SavedAt.Value },
            transaction);
        await connection.ExecuteAsync("DELETE FROM room_members WHERE code = @Code;", new { room.Code }, transaction);
        await connection.ExecuteAsync(
            "INSERT INTO room_members (member_id, code, role) VALUES (@Id, @Code, @role);",
            room.Members.Select(member => new { member.Id, room.Code, role = member.Role.ToString().ToLowerInvariant() }), transaction);
        await transaction.CommitAsync(ct);
    }

    public async ValueTask RemoveAsync(string code, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        await connection.ExecuteAsync("DELETE FROM rooms WHERE code = @code;", new { code });
    }

    public async ValueTask<IReadOnlyList<StoredRoomSummary>> ListOfMemberAsync(string memberId, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        var rows = await connection.QueryAsync<(string Code, string Name, long IsPublic, string Role, long SavedAtMicros)>(
            """
            SELECT rooms.code, name, is_public, role, saved_at_micros
            FROM room_members JOIN rooms ON rooms.code = room_members.code
            WHERE member_id = @memberId ORDER BY saved_at_micros DESC, rooms.code;
            """,
            new { memberId });
        return
        [
            .. rows.Select(static row => new StoredRoomSummary(
                row.Code, row.Name, row.IsPublic != 0, Enum.Parse<MemberRole>(row.Role, ignoreCase: true), new ServerMicros(row.SavedAtMicros))),
        ];
    }

    private sealed class Row
    {
        public required string Code { get; init; }

        public required string Name { get; init; }

        public required string StateJson { get; init; }

        public required string KeptJson { get; init; }

        public required long SavedAtMicros { get; init; }
    }
}
