using System.Collections.Immutable;
using Tutti.Protocol;
using Tutti.Protocol.Rest;
using Tutti.Server.Rooms;

namespace Tutti.Server.Api;

/// <summary>What belongs to an account in the rooms: its devices, wherever they are, and the shared rooms that it is a member of.</summary>
internal sealed class Belongings(DeviceShelf shelf, IRoomDirectory directory, PersonalRooms personal)
{
    public async ValueTask<IReadOnlyList<OwnDevice>> DevicesAsync(Actor.Person owner)
    {
        var own = personal.CodeOf(owner.Id);
        Dictionary<string, (DeviceInfo Device, DevicePlace Place)> connected = [];
        foreach (var room in directory.List())
        {
            var place = new DevicePlace(room.Code == own ? RoomCodes.Mine : room.Code, room.State.Room.Name);
            foreach (var device in room.Devices.Where(device => device.Connected && device.MemberId == owner.Id))
            {
                connected.TryAdd(device.Id, (device, place));
            }
        }

        return [.. (await shelf.ListAsync(owner.Id)).Select(record => Of(record, connected.TryGetValue(record.Id, out var at) ? at : null))
            .OrderBy(static device => device.Room is null).ThenByDescending(static device => device.SeenMicros)];
    }

    /// <summary>As rooms in memory say it themselves, and as the others were saved: no room is opened for a look at the list.</summary>
    public async ValueTask<IReadOnlyList<RoomSummary>> RoomsAsync(Actor.Person member, CancellationToken ct)
    {
        var own = personal.CodeOf(member.Id);
        var open = directory.List();
        var awake = open.Where(room => room.Code != own)
            .Select(room => (Room: room, Member: room.State.FindMember(member.Id))).Where(static one => one.Member is not null)
            .Select(one => RoomSummary.Of(one.Room, member) with { Role = one.Member!.Role });
        var asleep = (await directory.ListOfMemberAsync(member.Id, ct))
            .Where(stored => stored.Code != own && open.All(room => room.Code != stored.Code)).Select(RoomSummary.Asleep);
        return [.. awake.Concat(asleep).OrderByDescending(static room => room.Role).ThenBy(static room => room.Name, StringComparer.OrdinalIgnoreCase)];
    }

    private static OwnDevice Of(DeviceRecord record, (DeviceInfo Device, DevicePlace Place)? at)
    {
        var state = at is null ? "away" : at.Value.Device.Sound.On ? "playing" : "silent";
        var settings = record.Settings;
        return new OwnDevice(
            record.Id, settings.Name, record.Kind, settings.Icon, state, at?.Device.Report?.Output ?? OutputState.Off, at?.Place,
            settings.Volume, settings.Muted, settings.TrimMs, record.SeenMicros);
    }
}
