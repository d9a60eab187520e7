using System.Buffers;
using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using Tutti.Timing;

namespace Tutti.Protocol;

/// <summary>Writes the two frames that carry a room's state around the exact text that was sealed.</summary>
public static class StateFrames
{
    internal static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>The <c>state</c> frame, UTF-8.</summary>
    /// <param name="stateUtf8">The state's JSON text, as sealed.</param>
    public static ReadOnlyMemory<byte> State(ReadOnlySpan<byte> stateUtf8, string seal)
    {
        var buffer = new ArrayBufferWriter<byte>(stateUtf8.Length + 128);
        using var writer = new Utf8JsonWriter(buffer, WriterOptions);
        writer.WriteStartObject();
        writer.WriteString("type"u8, "state"u8);
        writer.WriteString("seal"u8, seal);
        WriteState(writer, stateUtf8);
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenMemory;
    }

    /// <summary>The <c>snapshot</c> frame, UTF-8.</summary>
    public static ReadOnlyMemory<byte> Snapshot(
        string deviceId,
        ServerMicros now,
        SyncSettings settings,
        ReadOnlySpan<byte> stateUtf8,
        string seal,
        ImmutableArray<DeviceInfo> devices)
    {
        var buffer = new ArrayBufferWriter<byte>(stateUtf8.Length + 1024);
        using var writer = new Utf8JsonWriter(buffer, WriterOptions);
        writer.WriteStartObject();
        writer.WriteString("type"u8, "snapshot"u8);
        writer.WriteString("deviceId"u8, deviceId);
        writer.WriteNumber("serverMicros"u8, now.Value);
        writer.WritePropertyName("settings"u8);
        JsonSerializer.Serialize(writer, settings, ProtocolJson.Wire.SyncSettings);
        WriteState(writer, stateUtf8);
        writer.WriteString("seal"u8, seal);
        writer.WritePropertyName("devices"u8);
        JsonSerializer.Serialize(writer, devices, ProtocolJson.Wire.ImmutableArrayDeviceInfo);
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenMemory;
    }

    private static void WriteState(Utf8JsonWriter writer, ReadOnlySpan<byte> stateUtf8)
    {
        writer.WritePropertyName("state"u8);
        writer.WriteRawValue(stateUtf8, skipInputValidation: true);
    }
}
