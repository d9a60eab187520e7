using System.Collections.Immutable;
using Tutti.Protocol;
using Tutti.Timing;

namespace Tutti.Server.Rooms;

/// <summary>A room as it is kept on disk.</summary>
/// <param name="StateJson">The <see cref="Tutti.Protocol.RoomState"/> as JSON.</param>
/// <param name="KeptJson">The <see cref="RoomKept"/> as JSON; <c>{}</c> for nothing.</param>
/// <param name="Public">For lists of rooms; false for those without members. Loading a room leaves it false: the state says it.</param>
/// <param name="Members">Whose list of rooms shows it. Loading a room leaves it empty: the state says it.</param>
/// <param name="SavedAt">Server time of the process that saved it.</param>
public sealed record StoredRoom(
    string Code, string Name, string StateJson, string KeptJson, bool Public, ImmutableArray<StoredMember> Members, ServerMicros SavedAt);

/// <summary>A member of a saved room.</summary>
public sealed record StoredMember(string Id, MemberRole Role);

/// <summary>One line of the list of saved rooms of a member.</summary>
/// <param name="Role">The member's own.</param>
public sealed record StoredRoomSummary(string Code, string Name, bool Public, MemberRole Role, ServerMicros SavedAt);
