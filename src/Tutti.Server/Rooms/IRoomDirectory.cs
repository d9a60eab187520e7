using Tutti.Protocol;

namespace Tutti.Server.Rooms;

/// <summary>
/// Finds and makes rooms. The seam for clustering: here all rooms live in this process; a clustered directory would hand out rooms whose
/// owner is another node.
/// </summary>
public interface IRoomDirectory
{
    /// <summary>
    /// The room with this code, from memory or, when it was put away, from the store. <c>HOME</c> always exists.
    /// </summary>
    /// <param name="code">Any case.</param>
    /// <param name="handover">A state frame that a device kept; may bring back a room that neither memory nor the store knows.</param>
    /// <returns><see cref="RoomLookup.Found"/>, or why not: <see cref="ErrorCode.RoomNotFound"/>, <see cref="ErrorCode.RoomClosed"/>, <see cref="ErrorCode.TooManyRooms"/>,
    /// <see cref="ErrorCode.ShuttingDown"/>.</returns>
    ValueTask<RoomLookup> OpenAsync(string code, CancellationToken ct, string? handover = null);

    /// <summary>The personal room of an account, made when it is not there yet.</summary>
    /// <param name="owner">Verified; never a guest.</param>
    ValueTask<RoomLookup> OpenPersonalAsync(Actor.Person owner, CancellationToken ct, string? handover = null);

    /// <summary>Makes a room with a new code and saves it: somebody's own when somebody in particular makes it, else one that is open to all.</summary>
    ValueTask<RoomLookup> CreateAsync(RoomWish wish, Actor maker, CancellationToken ct);

    /// <summary>Code and name of the rooms that this member belongs to, in memory or not, the one saved last first.</summary>
    ValueTask<IReadOnlyList<StoredRoomSummary>> ListOfMemberAsync(string memberId, CancellationToken ct);

    /// <summary>Ends a room without a trace: out of memory and out of the store. For one that nobody can come into any more.</summary>
    ValueTask EraseAsync(string code, CancellationToken ct);

    /// <summary>The rooms in memory, Home first, then by code. Rooms that were put away are in the store only.</summary>
    IReadOnlyList<IRoom> List();
}

/// <summary>How a new room is to be.</summary>
/// <param name="Name">Shown to people; null takes the code.</param>
/// <param name="PasswordHash">As <see cref="RoomPassword.Hash"/> made it; null for none.</param>
public sealed record RoomWish(string? Name = null, bool Public = true, string? PasswordHash = null, RightsTable? Rights = null);

/// <summary>A room, or the reason for none. Closed.</summary>
public abstract record RoomLookup
{
    private RoomLookup()
    {
    }

    public sealed record Found(IRoom Room) : RoomLookup;

    public sealed record Missing(ErrorCode Code, string Message) : RoomLookup;
}
