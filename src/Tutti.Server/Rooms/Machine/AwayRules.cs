using Tutti.Protocol;

namespace Tutti.Server.Rooms;

/// <summary>
/// What is remembered of devices reaches them in the room where they are. A personal room shows all devices of its account, those that are away too.
/// </summary>
internal static class AwayRules
{
    /// <summary>News of a device from the shelf: from before this room was opened, or from another room.</summary>
    public static Decision.Refused? Remember(Draft draft, RoomInput.DeviceRemembered news)
    {
        var (device, settings, actor) = news;
        if (draft.Model.FindDevice(device.Id) is not { } known)
        {
            if (draft.State.Room.Rules is not { Kind: RoomKind.Personal })
            {
                return null;
            }

            var sound = new SoundSwitch(!draft.Model.Kept.SilentDevices.Contains(device.Id), draft.Now);
            draft.Add(new RoomEvent.DeviceEntered(
                new DeviceEntry(device.Id, device.Kind, actor, settings, sound, draft.Now, LostAt: draft.Now, IsAway: true)));
        }
        else if (known.Settings != settings && known.Actor.DeviceOwner == actor.DeviceOwner)
        {
            draft.Add(new RoomEvent.DeviceChanged(known with { Settings = settings }));
        }

        return null;
    }

    public static Decision.Refused? Forget(Draft draft, string deviceId)
    {
        if (draft.Model.FindDevice(deviceId) is { IsAway: true })
        {
            draft.Add(new RoomEvent.DeviceGone(deviceId));
        }

        return null;
    }
}
