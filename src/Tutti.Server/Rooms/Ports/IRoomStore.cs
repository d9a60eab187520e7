namespace Tutti.Server.Rooms;

/// <summary>Port: where rooms are kept between lives of the process.</summary>
public interface IRoomStore
{
    /// <summary>The room as last saved; null when it never was.</summary>
    ValueTask<StoredRoom?> LoadAsync(string code, CancellationToken ct);

    /// <summary>Replaces what was saved of this room.</summary>
    ValueTask SaveAsync(StoredRoom room, CancellationToken ct);

    /// <summary>Forgets what was saved of this room.</summary>
    ValueTask RemoveAsync(string code, CancellationToken ct);

    /// <summary>The saved rooms that this member belongs to, newest first.</summary>
    ValueTask<IReadOnlyList<StoredRoomSummary>> ListOfMemberAsync(string memberId, CancellationToken ct);
}
