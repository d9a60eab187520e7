namespace Tutti.Protocol;

/// <summary>How a room with members is held (docs/protocol.md §4a).</summary>
/// <param name="Public">True: listed, and open to whoever knows its code. False: the way in is an invitation or the password.</param>
/// <param name="Locked">True: nobody new comes in, by whatever way.</param>
/// <param name="Password">True: whoever comes without an invitation is asked for one.</param>
public sealed record RoomRules(RoomKind Kind, bool Public, bool Locked, bool Password, RightsTable Rights)
{
    /// <summary>A new room among friends.</summary>
    public static RoomRules Shared { get; } = new(RoomKind.Shared, Public: true, Locked: false, Password: false, RightsTable.Friends);

    public static RoomRules Personal { get; } = new(RoomKind.Personal, Public: false, Locked: true, Password: false, RightsTable.Friends);
}
