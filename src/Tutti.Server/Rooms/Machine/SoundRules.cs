using Tutti.Protocol;
using Tutti.Timing;

namespace Tutti.Server.Rooms;

/// <summary>Where the room sounds, and what is set of its devices (docs/protocol.md §5a).</summary>
internal static class SoundRules
{
    public static Decision.Refused? Set(Draft draft, RoomCommand.DeviceSet command, Sender sender)
    {
        if (Named(draft, command.DeviceId ?? sender.DeviceId, sender, out var device) is { } refusal)
        {
            return refusal;
        }

        var settings = command.Change.Of(device.Settings);
        if (settings != device.Settings)
        {
            draft.Add(new RoomEvent.DeviceChanged(device with { Settings = settings }));
        }

        if (command.Change.Silent is { } silent)
        {
            Switch(draft, sender, candidate => candidate.Id == device.Id, _ => !silent);
        }

        return null;
    }

    public static Decision.Refused? Everywhere(Draft draft, Sender sender)
    {
        Switch(draft, sender, static _ => true, static _ => true);
        return null;
    }

    public static Decision.Refused? OnlyHere(Draft draft, RoomCommand.OnlyHere command, Sender sender)
    {
        if (Able(draft, command.DeviceId ?? sender.DeviceId, sender, out var target) is { } refusal)
        {
            return refusal;
        }

        Switch(draft, sender, static _ => true, device => device.Id == target.Id);
        return null;
    }

    public static Decision.Refused? HandOver(Draft draft, RoomCommand.HandOver command, Sender sender)
    {
        if (Named(draft, command.From ?? sender.DeviceId, sender, out var giver) is { } unknown)
        {
            return unknown;
        }

        if (Able(draft, command.To, sender, out var taker) is { } refusal)
        {
            return refusal;
        }

        if (giver.Id != taker.Id)
        {
            Switch(draft, sender, device => device.Id == giver.Id || device.Id == taker.Id, device => device.Id == taker.Id);
        }

        return null;
    }

    /// <summary>Switches all that are meant, that the sender may set and that differ, at one instant:
    /// every device of the room can meet it, and no earlier switch of theirs comes after it.</summary>
    private static void Switch(Draft draft, Sender sender, Func<DeviceEntry, bool> meant, Func<DeviceEntry, bool> on)
    {
        var changing = draft.Model.Devices.Where(device => meant(device) && Rights.ToSet(draft.Model, sender.Actor, device) && device.Sound.On != on(device)).ToArray();
        var at = Leads.Earliest(draft.Model.Devices, draft.Now, draft.Options);
        foreach (var device in changing)
        {
            at = ServerMicros.Max(at, device.Sound.AtMicros);
        }

        foreach (var device in changing)
        {
            draft.Add(new RoomEvent.DeviceChanged(device with { Sound = new SoundSwitch(on(device), at) }));
        }
    }

    private static Decision.Refused? Named(Draft draft, string? deviceId, Sender sender, out DeviceEntry device)
    {
        device = draft.Model.FindDevice(deviceId)!;
        return device is null ? new(ErrorCode.DeviceNotFound, $"No device {deviceId ?? "that sent this"} is in this room.")
            : Rights.ToSet(draft.Model, sender.Actor, device) ? null
            : new(ErrorCode.NotAllowed, $"{device.Name} is somebody else's device.");
    }

    private static Decision.Refused? Able(Draft draft, string? deviceId, Sender sender, out DeviceEntry device) =>
        Named(draft, deviceId, sender, out device)
        ?? (device.Sounds ? null : new(ErrorCode.DeviceOutputOff, $"{device.Name} has not turned its sound on; that takes one press there."));
}
