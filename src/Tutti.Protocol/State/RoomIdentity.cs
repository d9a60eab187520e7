namespace Tutti.Protocol;

/// <summary>A room's code and the name that people see.</summary>
public sealed record RoomIdentity(string Code, string Name);
