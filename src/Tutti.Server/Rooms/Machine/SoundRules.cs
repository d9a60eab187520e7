using Tutti.Protocol;
using Tutti.Timing;

namespace Tutti.Server.Rooms;

/// <summary>Where the room sounds, and what is set of its devices (docs/protocol.md §5a).</summary>
internal static class SoundRules
{
    public static Decision.Refused? Set(Draft draft, RoomCommand.DeviceSet command, string? sender)
    {
        if (Named(draft, command.DeviceId ?? sender, out var device) is { } refusal)
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
            Switch(draft, candidate => candidate.Id == device.Id, _ => !silent);
        }

        return null;
    }

    public static Decision.Refused? Everywhere(Draft draft)
    {
        Switch(draft, static _ => true, static _ => true);
        return null;
    }

    public static Decision.Refused? OnlyHere(Draft draft, string? deviceId)
    {
        if (Able(draft, deviceId, out var target) is { } refusal)
        {
            return refusal;
        }

        Switch(draft, static _ => true, device => device.Id == target.Id);
        return null;
    }

    public static Decision.Refused? HandOver(Draft draft, RoomCommand.HandOver command, string? sender)
    {
        if (Named(draft, command.From ?? sender, out var giver) is { } unknown)
        {
            return unknown;
        }

        if (Able(draft, command.To, out var taker) is { } refusal)
        {
            return refusal;
        }

        if (giver.Id != taker.Id)
        {
            Switch(draft, device => device.Id == giver.Id || device.Id == taker.Id, device => device.Id == taker.Id);
        }

        return null;
    }

    /// <summary>Switches all that differ at one instant that every device of the room can meet, and that no earlier switch of theirs is after.</summary>
    private static void Switch(Draft draft, Func<DeviceEntry, bool> meant, Func<DeviceEntry, bool> on)
    {
        var changing = draft.Model.Devices.Where(device => meant(device) && device.Sound.On != on(device)).ToArray();
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

    private static Decision.Refused? Named(Draft draft, string? deviceId, out DeviceEntry device)
    {
        device = draft.Model.FindDevice(deviceId)!;
        return device is null ? new(ErrorCode.DeviceNotFound, $"No device {deviceId ?? "that sent this"} is in this room.") : null;
    }

    private static Decision.Refused? Able(Draft draft, string? deviceId, out DeviceEntry device) =>
        Named(draft, deviceId, out device)
        ?? (device.Sounds ? null : new(ErrorCode.DeviceOutputOff, $"{device.Name} has not turned its sound on; that takes one press there."));
}
