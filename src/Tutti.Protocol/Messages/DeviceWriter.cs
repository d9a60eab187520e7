using System.Text.Json;

namespace Tutti.Protocol;

/// <summary>Writes what frames say of devices (docs/protocol.md §2 and §5a): the other direction of <see cref="DeviceFields"/>.</summary>
internal static class DeviceWriter
{
    /// <summary>The <c>device</c> of a hello.</summary>
    public static void WriteIdentity(Utf8JsonWriter json, DeviceIdentity device)
    {
        json.WriteStartObject("device"u8);
        json.WriteString("id"u8, device.Id);
        json.WriteString("name"u8, device.Name);
        json.WriteString("kind"u8, device.Kind switch
        {
            DeviceKind.Browser => "browser",
            DeviceKind.App => "app",
            DeviceKind.Speaker => "speaker",
            DeviceKind.Control => "control",
            _ => throw new ArgumentOutOfRangeException(nameof(device), device.Kind, "a kind that is none"),
        });
        if (device.Settings is { } own)
        {
            WriteSettings(json, new DeviceChange(
                Icon: own.Icon,
                Volume: own.Volume == ProtocolLimits.VolumeMax ? null : own.Volume,
                Muted: own.Muted ? true : null,
                TrimMs: own.TrimMs == 0 ? null : own.TrimMs));
        }

        json.WriteEndObject();
    }

    public static void WriteChange(Utf8JsonWriter json, DeviceChange change)
    {
        WriteReference(json, "name", change.Name);
        WriteSettings(json, change);
        if (change.Silent is { } silent)
        {
            json.WriteBoolean("silent"u8, silent);
        }
    }

    public static void WriteReference(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    private static void WriteSettings(Utf8JsonWriter json, DeviceChange change)
    {
        WriteReference(json, "icon", change.Icon);
        if (change.Volume is { } volume)
        {
            json.WriteNumber("volume"u8, volume);
        }

        if (change.Muted is { } muted)
        {
            json.WriteBoolean("muted"u8, muted);
        }

        if (change.TrimMs is { } trimMs)
        {
            json.WriteNumber("trimMs"u8, trimMs);
        }
    }
}
