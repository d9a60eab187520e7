using System.Text.Json;
using System.Text.Json.Serialization;
using Tutti.Timing;

namespace Tutti.Protocol;

/// <summary>Server time travels as a bare integer.</summary>
public sealed class ServerMicrosConverter : JsonConverter<ServerMicros>
{
    public override ServerMicros Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetInt64());

    public override void Write(Utf8JsonWriter writer, ServerMicros value, JsonSerializerOptions options) => writer.WriteNumberValue(value.Value);
}
