using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Tutti.Timing;

namespace Tutti.Protocol;

/// <summary>
/// Reads frames from a server: the other direction of <see cref="StateFrames"/> and <see cref="ProbeFrames"/>. Whatever is in them, the answer
/// is a frame or a reason, never an exception; what it lets through can be computed with.
/// </summary>
public static class ServerFrames
{
    /// <param name="utf8">One whole text frame.</param>
    public static ServerFrame Read(ReadOnlySpan<byte> utf8)
    {
        try
        {
            return TypeOf(utf8) switch
            {
                null => new ServerFrame.Invalid("A frame is a JSON object with a type."),
                "probeReply" => Read(utf8, ProtocolJson.Wire.ProbeReply),
                "state" => Check(Read(utf8, ProtocolJson.Wire.State)),
                "snapshot" => Check(Read(utf8, ProtocolJson.Wire.Snapshot)),
                "ack" => Of(Read(utf8, ProtocolJson.Wire.AckMessage)),
                "refused" => Of(Read(utf8, ProtocolJson.Wire.RefusedMessage)),
                "devices" => Check(Read(utf8, ProtocolJson.Wire.DevicesMessage)),
                "deviceJoined" => Of(Read(utf8, ProtocolJson.Wire.DeviceJoinedMessage)),
                "deviceLeft" => Of(Read(utf8, ProtocolJson.Wire.DeviceLeftMessage)),
                "notice" => Of(Read(utf8, ProtocolJson.Wire.NoticeMessage)),
                "error" => Of(Read(utf8, ProtocolJson.Wire.ErrorMessage)),
                var type => new ServerFrame.Unknown(type),
            };
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException or ArgumentException)
        {
            // The last three: escapes that make no Unicode text, and numbers that are none.
            return new ServerFrame.Invalid(exception.Message);
        }
    }

    private static T Read<T>(ReadOnlySpan<byte> utf8, JsonTypeInfo<T> type)
        where T : class => JsonSerializer.Deserialize(utf8, type) ?? throw new JsonException("null is no frame");

    private static ServerFrame.Message Of(ServerMessage message) => new(message);

    private static ServerFrame Check(ServerFrame.State frame) => StateSoundness.Wrong(frame.What) is { } reason ? new ServerFrame.Invalid(reason) : frame;

    private static ServerFrame Check(ServerFrame.Snapshot frame) =>
        (StateSoundness.Wrong(frame.What) ?? Wrong(frame.Devices)) is { } reason ? new ServerFrame.Invalid(reason) : frame;

    private static ServerFrame Check(DevicesMessage message) => Wrong(message.Devices) is { } reason ? new ServerFrame.Invalid(reason) : Of(message);

    private static string? Wrong(ImmutableArray<DeviceInfo> devices) =>
        devices.IsDefault || devices.Any(static device => device is null) ? "A list of devices holds devices." : null;

    /// <summary>The frame's <c>type</c>, wherever in the object it stands; null without one. Reads the frame to its end.</summary>
    private static string? TypeOf(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = ProtocolLimits.JsonDepth });
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return null;
        }

        string? type = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isType = reader.ValueTextEquals("type"u8);
            reader.Read();
            if (isType)
            {
                type = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
            }

            reader.Skip();
        }

        return reader.Read() ? null : type;
    }
}
