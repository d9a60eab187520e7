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
    /// <returns><see cref="RoomLookup.Found"/>, or why not: <see cref="ErrorCode.RoomNotFound"/>, <see cref="ErrorCode.TooManyRooms"/>,
    /// <see cref="ErrorCode.ShuttingDown"/>.</returns>
    ValueTask<RoomLookup> OpenAsync(string code, CancellationToken ct, string? handover = null);

    /// <summary>Makes a room with a new code and saves it.</summary>
    /// <param name="name">Shown to people; null takes the code.</param>
    ValueTask<RoomLookup> CreateAsync(string? name, CancellationToken ct);

    /// <summary>The rooms in memory, Home first, then by code. Rooms that were put away are in the store only.</summary>
    IReadOnlyList<IRoom> List();
}

/// <summary>A room, or the reason for none. Closed.</summary>
public abstract record RoomLookup
{
    private RoomLookup()
    {
    }

    public sealed record Found(IRoom Room) : RoomLookup;

    public sealed record Missing(ErrorCode Code, string Message) : RoomLookup;
}
