using Tutti.Protocol;
using Tutti.Timing;

namespace Tutti.Server.Rooms;

/// <summary>What the room knows of a device.</summary>
/// <param name="Actor">Who came with it.</param>
/// <param name="Sound">Whether it plays or is silent here.</param>
/// <param name="LostAt">When its connection was lost; null while connected.</param>
/// <param name="ReadyFor">The newest place for which it has said <c>ready</c>.</param>
/// <param name="FaultedItemId">The newest item that it could not fetch or decode.</param>
/// <param name="IsAway">Gone, and still shown: a personal room knows all devices of its account.</param>
public sealed record DeviceEntry(
    string Id,
    DeviceKind Kind,
    Actor Actor,
    DeviceSettings Settings,
    SoundSwitch Sound,
    ServerMicros JoinedMicros,
    DeviceReport? Report = null,
    ServerMicros? LostAt = null,
    ReadyPlace? ReadyFor = null,
    string? FaultedItemId = null,
    bool IsAway = false)
{
    /// <summary>Whose it is; null: of nobody in particular.</summary>
    public string? MemberId => (Actor as Actor.Person)?.Id;

    public string Name => Settings.Name;

    /// <summary>True when transitions wait for this device and its lead counts: its output is open, be it silent for now.</summary>
    public bool Sounds => LostAt is null && Kind != DeviceKind.Control && Report is { Output: OutputState.On };

    public DeviceInfo ToInfo() => new(
        Id, Name, Kind, LostAt is null, JoinedMicros, Report, Settings.Icon, Settings.Volume, Settings.Muted, Settings.TrimMs, Sound, MemberId);

    /// <summary>True when nothing is gained by waiting for this device: it has the sound, or it has said that it cannot have it.</summary>
    public bool IsDoneWith(PendingTransition pending) =>
        FaultedItemId == pending.ItemId || (ReadyFor is { } ready && ready.IsFor(pending));
}

/// <summary>A place in an item, and when the device said that it has sound from there.</summary>
public readonly record struct ReadyPlace(string ItemId, long PositionMicros, ServerMicros SaidAt)
{
    /// <summary>True for the same place, unless it was said before: what a device had decoded for an earlier start may be gone.</summary>
    public bool IsFor(PendingTransition pending) =>
        ItemId == pending.ItemId && PositionMicros == pending.PositionMicros && SaidAt >= pending.SinceMicros;
}
