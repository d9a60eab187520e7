using Tutti.Timing;

namespace Tutti.Protocol;

/// <summary>A device as the room shows it to all.</summary>
/// <param name="Connected">False during the grace after a lost connection.</param>
/// <param name="JoinedMicros">Server time at which it came into the room.</param>
/// <param name="Report">Its newest report; null before the first.</param>
public sealed record DeviceInfo(string Id, string Name, DeviceKind Kind, bool Connected, ServerMicros JoinedMicros, DeviceReport? Report);
