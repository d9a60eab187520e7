using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Tutti.Timing;

namespace Tutti.Protocol;

/// <summary>A frame from server to device. The wire's <c>type</c> is the first member. <c>snapshot</c> and <c>state</c> are written by
/// <see cref="StateFrames"/>, because their <c>state</c> text is sealed byte by byte.</summary>
public abstract record ServerMessage([property: JsonPropertyOrder(-1)] string Type);

public sealed record AckMessage(long Id, long Version) : ServerMessage("ack");

public sealed record RefusedMessage(long Id, FaultInfo Error) : ServerMessage("refused");

public sealed record DevicesMessage(ImmutableArray<DeviceInfo> Devices) : ServerMessage("devices");

public sealed record DeviceJoinedMessage(DeviceInfo Device) : ServerMessage("deviceJoined");

public sealed record DeviceLeftMessage(string DeviceId) : ServerMessage("deviceLeft");

public sealed record NoticeMessage(NoticeLevel Level, int Code, string Name, string Message, ServerMicros AtMicros) : ServerMessage("notice");

public sealed record ErrorMessage(
    int Code,
    string Name,
    string Message,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Id = null) : ServerMessage("error")
{
    public static ErrorMessage Of(ErrorCode code, string message, long? id = null) => new((int)code, code.Name(), message, id);
}
