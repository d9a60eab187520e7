using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Tutti.Timing;

namespace Tutti.Protocol;

/// <summary>A frame from the server after reading it (docs/protocol.md §2, §3, §4, §7). Closed.</summary>
public abstract record ServerFrame
{
    private ServerFrame()
    {
    }

    /// <summary>The answer to <c>hello</c> and <c>resync</c>: everything.</summary>
    /// <param name="ServerMicros">Server time at sending.</param>
    /// <param name="Seal">Signs the text of the state, for the hand-over.</param>
    public sealed record Snapshot(
        string DeviceId,
        ServerMicros ServerMicros,
        SyncSettings Settings,
        [property: JsonPropertyName("state")] RoomState What,
        string Seal,
        ImmutableArray<DeviceInfo> Devices) : ServerFrame;

    /// <summary>The whole room state after a change.</summary>
    public sealed record State([property: JsonPropertyName("state")] RoomState What, string Seal) : ServerFrame;

    /// <param name="T0">The device's own clock at sending, as it was sent.</param>
    /// <param name="T1">Server time on receipt.</param>
    /// <param name="T2">Server time at sending.</param>
    public sealed record ProbeReply(long Id, long T0, ServerMicros T1, ServerMicros T2) : ServerFrame;

    /// <summary>One of the small messages.</summary>
    public sealed record Message(ServerMessage What) : ServerFrame;

    /// <summary>A type of a later server: to be ignored.</summary>
    public sealed record Unknown(string Type) : ServerFrame;

    /// <summary>Not what a server of this protocol sends.</summary>
    /// <param name="Reason">What is wrong with it, for people.</param>
    public sealed record Invalid(string Reason) : ServerFrame;
}
