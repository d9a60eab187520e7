namespace Tutti.Protocol;

/// <summary>How a device names itself in <c>hello</c>.</summary>
/// <param name="Id">Lasting id that the device made for itself.</param>
/// <param name="Name">Shown to people.</param>
public sealed record DeviceIdentity(string Id, string Name, DeviceKind Kind);
