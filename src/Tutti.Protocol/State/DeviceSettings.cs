namespace Tutti.Protocol;

/// <summary>What a device keeps in every room, and what others may change of it (docs/protocol.md §5a).</summary>
/// <param name="Name">Shown to people.</param>
/// <param name="Icon">Name of a picture; null: that of its kind.</param>
/// <param name="Volume">The device's own, 0–100, on top of the room's.</param>
/// <param name="TrimMs">How much later its sound comes out than its clock says, −500 to 500 ms.</param>
public sealed record DeviceSettings(string Name, string? Icon = null, int Volume = ProtocolLimits.VolumeMax, bool Muted = false, double TrimMs = 0);
