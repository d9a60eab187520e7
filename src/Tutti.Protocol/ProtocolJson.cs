using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Tutti.Timing;

namespace Tutti.Protocol;

/// <summary>Source-generated JSON for everything on the wire.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    MaxDepth = ProtocolLimits.JsonDepth,
    Converters = [typeof(ServerMicrosConverter)])]
[JsonSerializable(typeof(RoomState))]
[JsonSerializable(typeof(SyncSettings))]
[JsonSerializable(typeof(ImmutableArray<DeviceInfo>))]
[JsonSerializable(typeof(ServerFrame.Snapshot), TypeInfoPropertyName = "Snapshot")]
[JsonSerializable(typeof(ServerFrame.State), TypeInfoPropertyName = "State")]
[JsonSerializable(typeof(ServerFrame.ProbeReply), TypeInfoPropertyName = "ProbeReply")]
[JsonSerializable(typeof(AckMessage))]
[JsonSerializable(typeof(RefusedMessage))]
[JsonSerializable(typeof(DevicesMessage))]
[JsonSerializable(typeof(DeviceJoinedMessage))]
[JsonSerializable(typeof(DeviceLeftMessage))]
[JsonSerializable(typeof(NoticeMessage))]
[JsonSerializable(typeof(ErrorMessage))]
public sealed partial class ProtocolJson : JsonSerializerContext
{
    /// <summary>The context to use: titles in any script stay readable and short, as frames never end up inside HTML.</summary>
    public static ProtocolJson Wire => Holder.Instance;

    // A class of its own: the order of static fields across the generated parts of this one is not defined.
    private static class Holder
    {
        internal static readonly ProtocolJson Instance =
            new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }
}
