using System.Collections.Frozen;
using Tutti.Protocol;
using Tutti.Timing;

namespace Tutti.Server.Rooms;

/// <summary>What the machine may know beside state and input: the instant, and the tracks that the input names.</summary>
/// <param name="Tracks">Track id → track, for those that exist.</param>
public readonly record struct Moment(ServerMicros Now, IReadOnlyDictionary<string, TrackSummary> Tracks)
{
    public static Moment At(ServerMicros now) => new(now, FrozenDictionary<string, TrackSummary>.Empty);
}
