using Tutti.Protocol;

namespace Tutti.Server.Rooms;

/// <summary>A guest who has become an account keeps what they did: queue items, history, devices.</summary>
internal static class Renaming
{
    public static RoomModel Apply(RoomModel model, RoomEvent.Renamed renamed)
    {
        var (guestId, person) = renamed;
        return model with
        {
            State = model.State with
            {
                Queue = [.. model.State.Queue.Select(item => item.AddedById == guestId ? item with { AddedBy = person.Name, AddedById = person.Id } : item)],
                Host = model.State.Host == guestId ? person.Id : model.State.Host,
            },
            Devices = [.. model.Devices.Select(device => device.MemberId == guestId ? device with { Actor = person } : device)],
            Kept = model.Kept with
            {
                History = [.. model.Kept.History.Select(entry => entry.AddedById == guestId ? entry with { AddedBy = person.Name, AddedById = person.Id } : entry)],
            },
        };
    }
}
