using System.Collections.Immutable;
using Tutti.Timing;

namespace Tutti.Server.Rooms;

/// <summary>A room as it is kept on disk.</summary>
/// <param name="StateJson">The <see cref="Tutti.Protocol.RoomState"/> as JSON.</param>
/// <param name="KeptJson">The <see cref="RoomKept"/> as JSON; <c>{}</c> for nothing.</param>
/// <param name="MemberIds">Whose list of rooms shows it. Loading a room leaves it empty: the state says it.</param>
/// <param name="SavedAt">Server time of the process that saved it.</param>
public sealed record StoredRoom(
    string Code, string Name, string StateJson, string KeptJson, ImmutableArray<string> MemberIds, ServerMicros SavedAt);

/// <summary>One line of the list of saved rooms.</summary>
public sealed record StoredRoomSummary(string Code, string Name, ServerMicros SavedAt);
