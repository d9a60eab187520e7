namespace Tutti.Protocol;

/// <summary>What is to change of a device (docs/protocol.md §5a); null: as it is.</summary>
/// <param name="Icon">Empty takes the icon away.</param>
/// <param name="Volume">0–100.</param>
/// <param name="TrimMs">−500 to 500; + = its sound comes out later than it knows.</param>
/// <param name="Silent">Whether it follows without sound in this room.</param>
public sealed record DeviceChange(
    string? Name = null, string? Icon = null, int? Volume = null, bool? Muted = null, double? TrimMs = null, bool? Silent = null)
{
    /// <summary>The settings after this change.</summary>
    public DeviceSettings Of(DeviceSettings settings) => new(
        Name ?? settings.Name, Icon is null ? settings.Icon : Icon.Length == 0 ? null : Icon, Volume ?? settings.Volume, Muted ?? settings.Muted, TrimMs ?? settings.TrimMs);
}
