using System.Text.Json;

namespace Tutti.Protocol;

/// <summary>Reads frames from devices. Whatever is in them, the answer is a message or a numbered error, never an exception.</summary>
public static class ClientFrames
{
    /// <param name="utf8">One whole text frame.</param>
    public static ClientFrame Read(ReadOnlyMemory<byte> utf8)
    {
        if (Survey(utf8.Span) is { } trouble)
        {
            return trouble;
        }

        try
        {
            using var document = JsonDocument.Parse(utf8);
            return Read(document.RootElement);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a member's name with escapes that make no Unicode text.
            return new ClientFrame.Invalid(ErrorCode.MalformedJson, "The frame is not JSON.");
        }
    }

    private static ClientFrame Read(JsonElement json)
    {
        var fields = new FieldReader(json);
        var type = fields.Text("type", 1, 32);
        if (fields.Error is not null)
        {
            return new ClientFrame.Invalid(ErrorCode.UnknownType, "A frame needs a type.");
        }

        ClientMessage? message = type switch
        {
            "hello" => ReadHello(fields),
            "probe" => new ClientMessage.Probe(fields.Long("id", 0, long.MaxValue), fields.Long("t0", long.MinValue, long.MaxValue)),
            "ready" => new ClientMessage.Ready(ItemId(fields), Position(fields)),
            "report" => new ClientMessage.Report(ReportFields.Read(fields)),
            "loaded" => new ClientMessage.Loaded(ItemId(fields), LoadedFacts.Read(fields)),
            "fault" => new ClientMessage.Fault(ItemId(fields), fields.Int("code"), fields.Text("message", 0, ProtocolLimits.FaultMessageMaxLength)),
            "rename" => new ClientMessage.Rename(fields.Name("name", ProtocolLimits.DeviceNameMaxLength)),
            "resync" => new ClientMessage.Resync(),
            "bye" => new ClientMessage.Bye(),
            _ => CommandFields.Read(type, fields) is { } command
                ? new ClientMessage.Command(fields.Long("id", 0, long.MaxValue), command)
                : null,
        };
        if (message is null)
        {
            return new ClientFrame.Invalid(ErrorCode.UnknownType, $"No message has the type {type}.", null, Id(json));
        }

        return fields.Error is { } error
            ? new ClientFrame.Invalid(ErrorCode.InvalidField, error, type, Id(json))
            : new ClientFrame.Valid(message);
    }

    private static ClientMessage.Hello ReadHello(FieldReader fields)
    {
        var protocol = fields.Int("protocol");
        if (protocol != ProtocolLimits.ProtocolVersion)
        {
            // What the rest means is for that other version to say.
            return new ClientMessage.Hello(protocol, "", new DeviceIdentity("", "", DeviceKind.Control), null);
        }

        var room = fields.Text("room", 0, ProtocolLimits.ReferenceMaxLength);
        var device = fields.Object("device");
        var identity = DeviceFields.ReadIdentity(device);
        fields.Join(device);
        var handover = fields.Has("handover") ? fields.Text("handover", 0, ProtocolLimits.HelloFrameBytes) : null;
        // Whatever it is: the door says what is wrong with it.
        var token = fields.Has("token") ? fields.Text("token", 0, ProtocolLimits.HelloFrameBytes) : null;
        return new ClientMessage.Hello(protocol, room, identity, handover, token);
    }

    private static string ItemId(FieldReader fields) => fields.Text("itemId", 1, ProtocolLimits.ReferenceMaxLength);

    // The place of what is live is the server time itself.
    private static long Position(FieldReader fields) => fields.Long("positionMicros", 0, TrackSummary.LiveDurationMicros);

    private static long? Id(JsonElement json) =>
        json.TryGetProperty("id", out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var id) && id >= 0 ? id : null;

    /// <summary>One pass over the frame: is it a single JSON object, and not too deep? Null when it is.</summary>
    private static ClientFrame.Invalid? Survey(ReadOnlySpan<byte> utf8)
    {
        try
        {
            // Deeper than any frame can be, so that "too deep" and "not JSON" stay two errors.
            var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = ProtocolLimits.HelloFrameBytes });
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return new ClientFrame.Invalid(ErrorCode.MalformedJson, "The frame is not a JSON object.");
            }

            while (reader.Read())
            {
                // CurrentDepth counts what encloses the token: the token itself opens one more.
                if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray && reader.CurrentDepth >= ProtocolLimits.JsonDepth)
                {
                    return new ClientFrame.Invalid(ErrorCode.TooDeep, $"JSON may be at most {ProtocolLimits.JsonDepth} deep.");
                }
            }

            return null;
        }
        catch (JsonException)
        {
            return new ClientFrame.Invalid(ErrorCode.MalformedJson, "The frame is not JSON.");
        }
    }
}
