using System.Buffers;

namespace Tutti.Protocol;

/// <summary>Reads what frames say of devices (docs/protocol.md §2 and §5a).</summary>
public static class DeviceFields
{
    private static readonly SearchValues<char> s_idLetters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    private static readonly SearchValues<char> s_iconLetters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    /// <summary>True for what can name an icon; empty names none.</summary>
    public static bool IsIcon(string text) =>
        text.Length <= ProtocolLimits.DeviceIconMaxLength && !text.AsSpan().ContainsAnyExcept(s_iconLetters);

    /// <summary>The <c>device</c> of a hello.</summary>
    internal static DeviceIdentity ReadIdentity(FieldReader device)
    {
        var id = device.Text("id", ProtocolLimits.DeviceIdMinLength, ProtocolLimits.DeviceIdMaxLength);
        if (device.Error is null && id.AsSpan().ContainsAnyExcept(s_idLetters))
        {
            device.Fail("id", "must be of A–Z a–z 0–9 - _", "");
        }

        var name = device.Name("name", ProtocolLimits.DeviceNameMaxLength);
        var kind = device.Choice(
            "kind", ("browser", DeviceKind.Browser), ("app", DeviceKind.App), ("speaker", DeviceKind.Speaker), ("control", DeviceKind.Control));
        var remembered = ReadSettings(device).Of(new DeviceSettings(name));
        return new DeviceIdentity(id, name, kind, remembered);
    }

    internal static DeviceChange ReadChange(FieldReader fields)
    {
        var change = ReadSettings(fields) with
        {
            Name = fields.Has("name") ? fields.Name("name", ProtocolLimits.DeviceNameMaxLength) : null,
            Silent = fields.Has("silent") ? fields.Flag("silent") : null,
        };
        return change == new DeviceChange() ? fields.Fail("name", "or another setting must be given", change) : change;
    }

    /// <summary>The id of a device; null when the frame names none.</summary>
    internal static string? Reference(FieldReader fields, string name) =>
        fields.Has(name) ? fields.Text(name, 1, ProtocolLimits.ReferenceMaxLength) : null;

    private static DeviceChange ReadSettings(FieldReader fields) => new(
        Icon: ReadIcon(fields),
        Volume: fields.Has("volume") ? fields.Int("volume", 0, ProtocolLimits.VolumeMax) : null,
        Muted: fields.Has("muted") ? fields.Flag("muted") : null,
        TrimMs: fields.Has("trimMs") ? fields.Number("trimMs", -ProtocolLimits.TrimMaxMs, ProtocolLimits.TrimMaxMs) : null);

    private static string? ReadIcon(FieldReader fields)
    {
        if (!fields.Has("icon"))
        {
            return null;
        }

        var icon = fields.Text("icon", 0, ProtocolLimits.DeviceIconMaxLength);
        return IsIcon(icon) ? icon : fields.Fail("icon", "must be of a–z 0–9 -", icon);
    }
}
