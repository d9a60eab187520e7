using Tutti.Protocol;

namespace Tutti.Server.Api;

/// <summary>What is to change of a device; what is left out stays.</summary>
/// <param name="Name">1 to 64 characters.</param>
/// <param name="Icon">Up to 24 of a–z 0–9 -; empty: that of its kind.</param>
/// <param name="Volume">The device's own, 0–100.</param>
/// <param name="TrimMs">How much later its sound comes out than its clock says, −500 to 500 ms.</param>
/// <param name="Silent">Whether it follows without sound in this room.</param>
public sealed record DeviceSetRequest(
    string? Name = null, string? Icon = null, int? Volume = null, bool? Muted = null, double? TrimMs = null, bool? Silent = null)
{
    internal CommandReading Read(string deviceId)
    {
        var name = Name?.Trim();
        var wrong =
            name is { Length: 0 or > ProtocolLimits.DeviceNameMaxLength } || name?.Any(char.IsControl) == true ? $"name must have 1 to {ProtocolLimits.DeviceNameMaxLength} readable characters."
            : Icon is not null && !DeviceFields.IsIcon(Icon) ? $"icon must be up to {ProtocolLimits.DeviceIconMaxLength} of a–z 0–9 -."
            : Volume is < 0 or > ProtocolLimits.VolumeMax ? $"volume must be 0 to {ProtocolLimits.VolumeMax}."
            : TrimMs is < -ProtocolLimits.TrimMaxMs or > ProtocolLimits.TrimMaxMs ? $"trimMs must be -{ProtocolLimits.TrimMaxMs} to {ProtocolLimits.TrimMaxMs}."
            : new DeviceSetRequest() == this ? "Give name, icon, volume, muted, trimMs or silent."
            : null;
        return wrong is not null
            ? CommandReading.Wrong(ErrorCode.InvalidField, wrong)
            : CommandReading.Ok(new RoomCommand.DeviceSet(deviceId, new DeviceChange(name, Icon, Volume, Muted, TrimMs, Silent)));
    }
}

/// <param name="DeviceId">The device that is to play.</param>
public sealed record OnlyHereRequest(string DeviceId)
{
    internal CommandReading Read() => CommandReading.Ok(new RoomCommand.OnlyHere(DeviceId));
}

/// <param name="From">The device that falls silent.</param>
/// <param name="To">The device that goes on.</param>
public sealed record HandOverRequest(string From, string To)
{
    internal CommandReading Read() => CommandReading.Ok(new RoomCommand.HandOver(To, From));
}
