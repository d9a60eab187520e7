using Tutti.Protocol;
using Tutti.Timing;

namespace Tutti.Server.Rooms;

/// <summary>Devices coming, going, and what they say of themselves (docs/protocol.md §2 and §6).</summary>
internal static class DeviceRules
{
    public static Decision.Refused? Join(Draft draft, RoomInput.DeviceJoined joined)
    {
        var (identity, settings) = (joined.Device, joined.Settings);
        if (Welcome(draft, joined) is { } refusal)
        {
            return refusal;
        }

        if (draft.Model.FindDevice(identity.Id) is { } known)
        {
            // Back within its grace, or from another connection: what it said of its sound belonged to the old one.
            draft.Add(new RoomEvent.DeviceChanged(known with
            {
                Kind = identity.Kind, Actor = joined.Actor, Settings = settings, LostAt = null, IsAway = false, Report = null, ReadyFor = null,
                JoinedMicros = known.IsAway ? draft.Now : known.JoinedMicros,
            }));
            return null;
        }

        if (draft.Model.Devices.Count(device => device.LostAt is null) >= draft.Options.MaxDevicesPerRoom)
        {
            return new(ErrorCode.RoomFull, $"The room holds at most {draft.Options.MaxDevicesPerRoom} devices.");
        }

        var sound = new SoundSwitch(!draft.Model.Kept.SilentDevices.Contains(identity.Id), draft.Now);
        draft.Add(new RoomEvent.DeviceEntered(new DeviceEntry(identity.Id, identity.Kind, joined.Actor, settings, sound, draft.Now)));
        return null;
    }

    public static Decision.Refused? Ready(Draft draft, RoomInput.DeviceReady ready) =>
        Change(draft, ready.DeviceId, device => device with
        {
            ReadyFor = new ReadyPlace(ready.ItemId, ready.PositionMicros, draft.Now),
            FaultedItemId = device.FaultedItemId == ready.ItemId ? null : device.FaultedItemId,
        });

    public static Decision.Refused? Report(Draft draft, RoomInput.DeviceReported reported) =>
        Change(draft, reported.DeviceId, device => device with { Report = reported.Report });

    public static Decision.Refused? Lose(Draft draft, string deviceId) =>
        Change(draft, deviceId, device => device.LostAt is null ? device with { LostAt = draft.Now } : device);

    public static Decision.Refused? Leave(Draft draft, string deviceId)
    {
        if (draft.Model.FindDevice(deviceId) is { } device)
        {
            Go(draft, device);
            Transitions.TryCommit(draft);
        }

        return null;
    }

    /// <summary>A device could not fetch or decode: people hear of it once, and nobody waits for that device.</summary>
    public static Decision.Refused? Fault(Draft draft, RoomInput.DeviceFaulted faulted)
    {
        if (draft.Model.FindDevice(faulted.DeviceId) is not { } device
            || draft.State.Find(faulted.ItemId) is not { } item
            || device.FaultedItemId == item.Id)
        {
            return null;
        }

        draft.Add(new RoomEvent.DeviceChanged(device with { FaultedItemId = item.Id }));
        var code = Enum.IsDefined((ErrorCode)faulted.Code) ? (ErrorCode)faulted.Code : ErrorCode.TrackUnreadable;
        var message = $"{device.Name} could not play “{item.Track.Title}”: {faulted.Message}";
        draft.Add(new RoomEvent.Noticed(NoticeLevel.Warning, FaultInfo.Of(code, message)));
        if (item.Track.Embedded is not null && device.Sounds && draft.Model.Devices.All(other => !other.Sounds || other.FaultedItemId == item.Id))
        {
            // The server cannot look at it itself: what no device can play is passed over.
            return MediaRules.Failed(draft, new RoomInput.MediaFailed(item.Track.Id, FaultInfo.Of(code, faulted.Message)));
        }

        Transitions.TryCommit(draft);
        return null;
    }

    /// <summary>An item is tried again: what devices said of it before counts no more.</summary>
    public static RoomModel Forgiven(RoomModel model, string itemId) => model with
    {
        Devices = [.. model.Devices.Select(device => device.FaultedItemId == itemId ? device with { FaultedItemId = null } : device)],
    };

    public static void EndGraces(Draft draft)
    {
        foreach (var device in draft.Model.Devices)
        {
            if (device is { IsAway: false, LostAt: { } lostAt } && GraceEnd(lostAt, draft.Options) <= draft.Now)
            {
                Go(draft, device);
            }
        }
    }

    public static ServerMicros GraceEnd(ServerMicros lostAt, SyncOptions options) =>
        lostAt + (options.DeviceGraceSeconds * ServerMicros.PerSecond);

    /// <summary>Out of the room; out of sight too, unless it is its account's own and one that makes sound.</summary>
    private static void Go(Draft draft, DeviceEntry device) => draft.Add(
        draft.State.Room.Rules is { Kind: RoomKind.Personal } && device.Kind is not DeviceKind.Control
            ? new RoomEvent.DeviceChanged(device with { IsAway = true, LostAt = draft.Now, Report = null, ReadyFor = null })
            : new RoomEvent.DeviceGone(device.Id));

    private static Decision.Refused? Welcome(Draft draft, RoomInput.DeviceJoined joined)
    {
        var (room, id) = (draft.State.Room, joined.Device.Id);
        if (draft.Model.FindDevice(id) is { MemberId: { } owner } known && owner != (joined.Actor as Actor.Person)?.Id
            && (room.Rules is not null || known.LostAt is null))
        {
            return new(ErrorCode.DeviceTaken, $"Device {id} is somebody else's.");
        }

        if (draft.Model.Kept.Door.BanOn(id, draft.State.FindMember((joined.Actor as Actor.Person)?.Id)) is not null)
        {
            return new(ErrorCode.Banned, $"You cannot come into {room.Name} any more.");
        }

        // A guest is let in by name first: that is where invitation and password are shown.
        return room.Rules is not null && joined.Actor is Actor.Person { IsGuest: false } person
            ? PeopleRules.Enter(draft, person, EntryProof.Nothing, id)
            : Rights.ToBeHere(draft.Model, joined.Actor);
    }

    private static Decision.Refused? Change(Draft draft, string deviceId, Func<DeviceEntry, DeviceEntry> change)
    {
        if (draft.Model.FindDevice(deviceId) is { } device && change(device) is var changed && changed != device)
        {
            draft.Add(new RoomEvent.DeviceChanged(changed));
            Transitions.TryCommit(draft);
        }

        return null;
    }
}
