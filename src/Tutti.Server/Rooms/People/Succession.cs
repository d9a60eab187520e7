using Tutti.Protocol;

namespace Tutti.Server.Rooms;

/// <summary>Who is host while the host is away: the longest-standing DJ who is here, else the longest-standing member; until the host is back.</summary>
internal static class Succession
{
    public static void Settle(Draft draft)
    {
        if (draft.State.Room.Rules is null)
        {
            return;
        }

        var host = Due(draft.Model);
        if (host != draft.State.Host)
        {
            draft.Add(new RoomEvent.HostPassed(host));
        }
    }

    /// <summary>Nobody (null) in a room that nobody is in: whoever it belongs to is host there anyhow.</summary>
    private static string? Due(RoomModel model) => model.State.Members
        .Where(member => model.Devices.Any(device => device.MemberId == member.Id && !device.IsAway))
        .OrderByDescending(member => member.Role).ThenBy(member => member.SinceMicros.Value)
        .FirstOrDefault()?.Id;
}
