namespace Tutti.Protocol;

/// <summary>How a device names itself in <c>hello</c>.</summary>
/// <param name="Id">Lasting id that the device made for itself.</param>
/// <param name="Name">Shown to people.</param>
/// <param name="Settings">What the device itself remembers of its settings; null: nothing but the name.</param>
public sealed record DeviceIdentity(string Id, string Name, DeviceKind Kind, DeviceSettings? Settings = null)
{
    /// <summary>The settings that it starts with where nothing is remembered of it.</summary>
    public DeviceSettings OwnSettings => Settings ?? new DeviceSettings(Name);
}
