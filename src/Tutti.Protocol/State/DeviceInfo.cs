using Tutti.Timing;

namespace Tutti.Protocol;

/// <summary>A device as the room shows it to all.</summary>
/// <param name="Connected">False during the grace after a lost connection, and while it is away.</param>
/// <param name="JoinedMicros">Server time at which it came into the room.</param>
/// <param name="Report">Its newest report; null before the first.</param>
/// <param name="Icon">Name of a picture; null: that of its kind.</param>
/// <param name="Volume">Its own, 0–100, on top of the room's.</param>
/// <param name="TrimMs">How much later its sound comes out than its clock says, ms.</param>
/// <param name="MemberId">Whose it is; null: of nobody in particular.</param>
/// <param name="Sound">Whether it plays or is silent in this room, and since when.</param>
public sealed record DeviceInfo(
    string Id,
    string Name,
    DeviceKind Kind,
    bool Connected,
    ServerMicros JoinedMicros,
    DeviceReport? Report,
    string? Icon,
    int Volume,
    bool Muted,
    double TrimMs,
    SoundSwitch Sound,
    string? MemberId = null);
