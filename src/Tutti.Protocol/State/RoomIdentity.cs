namespace Tutti.Protocol;

/// <summary>A room's code and the name that people see.</summary>
/// <param name="Rules">How it is held; null: an open room, in which everybody may do everything.</param>
public sealed record RoomIdentity(string Code, string Name, RoomRules? Rules = null);
