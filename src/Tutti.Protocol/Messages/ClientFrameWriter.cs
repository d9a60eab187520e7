using System.Buffers;
using System.Text.Json;

namespace Tutti.Protocol;

/// <summary>Writes what a device sends: the other direction of <see cref="ClientFrames"/>.</summary>
public static class ClientFrameWriter
{
    /// <summary>One whole text frame, UTF-8. Members at their default are left out.</summary>
    /// <remarks>Nothing is checked: what a server refuses it refuses by number.</remarks>
    public static ReadOnlyMemory<byte> Write(ClientMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        var buffer = new ArrayBufferWriter<byte>(256);
        using var json = new Utf8JsonWriter(buffer, StateFrames.WriterOptions);
        json.WriteStartObject();
        switch (message)
        {
            case ClientMessage.Hello hello:
                WriteHello(json, hello);
                break;
            case ClientMessage.Probe probe:
                json.WriteString("type"u8, "probe"u8);
                json.WriteNumber("id"u8, probe.Id);
                json.WriteNumber("t0"u8, probe.T0);
                break;
            case ClientMessage.Command command:
                CommandWriter.Write(json, command.Id, command.What);
                break;
            case ClientMessage.Ready ready:
                json.WriteString("type"u8, "ready"u8);
                json.WriteString("itemId"u8, ready.ItemId);
                json.WriteNumber("positionMicros"u8, ready.PositionMicros);
                break;
            case ClientMessage.Report report:
                json.WriteString("type"u8, "report"u8);
                WriteReport(json, report.What);
                break;
            case ClientMessage.Loaded { ItemId: var itemId, Facts: var facts }:
                json.WriteString("type"u8, "loaded"u8);
                json.WriteString("itemId"u8, itemId);
                json.WriteNumber("durationMicros"u8, facts.DurationMicros);
                WriteText(json, "title", facts.Title);
                WriteText(json, "artist", facts.Artist);
                break;
            case ClientMessage.Fault fault:
                json.WriteString("type"u8, "fault"u8);
                json.WriteString("itemId"u8, fault.ItemId);
                json.WriteNumber("code"u8, fault.Code);
                json.WriteString("message"u8, fault.Message);
                break;
            case ClientMessage.Rename rename:
                json.WriteString("type"u8, "rename"u8);
                json.WriteString("name"u8, rename.Name);
                break;
            case ClientMessage.Resync:
                json.WriteString("type"u8, "resync"u8);
                break;
            case ClientMessage.Bye:
                json.WriteString("type"u8, "bye"u8);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(message), message, "a message that is none");
        }

        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    private static void WriteHello(Utf8JsonWriter json, ClientMessage.Hello hello)
    {
        json.WriteString("type"u8, "hello"u8);
        json.WriteNumber("protocol"u8, hello.Protocol);
        json.WriteString("room"u8, hello.Room);
        DeviceWriter.WriteIdentity(json, hello.Device);
        if (hello.Token is { } token)
        {
            json.WriteString("token"u8, token);
        }

        if (hello.Handover is { } handover)
        {
            json.WriteString("handover"u8, handover);
        }
    }

    private static void WriteReport(Utf8JsonWriter json, DeviceReport report)
    {
        json.WriteString("output"u8, report.Output switch
        {
            OutputState.Off => "off",
            OutputState.Starting => "starting",
            OutputState.On => "on",
            _ => throw new ArgumentOutOfRangeException(nameof(report), report.Output, "an output that is none"),
        });
        WriteNumber(json, "syncErrorMs", report.SyncErrorMs);
        json.WriteNumber("bufferMs"u8, report.BufferMs);
        json.WriteNumber("rttMs"u8, report.RttMs);
        json.WriteNumber("rttJitterMs"u8, report.RttJitterMs);
        json.WriteNumber("offsetMicros"u8, report.OffsetMicros);
        json.WriteNumber("offsetErrorMicros"u8, report.OffsetErrorMicros);
        WriteNumber(json, "outputLatencyMs", report.OutputLatencyMs);
        json.WriteNumber("ratePpm"u8, report.RatePpm);
        json.WriteNumber("dropouts"u8, report.Dropouts);
        WriteText(json, "embedded", report.Embedded?.ToString().ToLowerInvariant());
    }

    private static void WriteText(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
