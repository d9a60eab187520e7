namespace Tutti.Server.Rooms;

/// <summary>Where a command comes from.</summary>
/// <param name="DeviceId">The device that sent it; null for REST and scripts.</param>
/// <param name="Actor">Who stands behind it.</param>
internal readonly record struct Sender(string? DeviceId, Actor Actor)
{
    /// <summary>The member who stands behind it; null where there are none.</summary>
    public string? MemberId => (Actor as Actor.Person)?.Id;

    /// <summary>How people know where it came from.</summary>
    public string NameIn(RoomModel model) => (Actor as Actor.Person)?.Name ?? model.FindDevice(DeviceId)?.Name ?? "script";
}
