using System.Collections.Immutable;
using Tutti.Protocol;

namespace Tutti.Server.Rooms;

/// <summary>
/// Who is host while the host is away: the longest-standing DJ who is here, else the longest-standing member; until the host is back. And whose
/// the room is when the host is gone for good.
/// </summary>
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

    /// <summary>
    /// Whose a room becomes whose owner is no more: the longest-standing DJ's, else the longest-standing member's. Of those with an account, for a
    /// guest may never be seen again; null: nobody's.
    /// </summary>
    public static MemberInfo? Heir(ImmutableArray<MemberInfo> members, MemberInfo owner) => members
        .Where(member => member.Id != owner.Id && !member.Guest)
        .OrderByDescending(member => member.Role).ThenBy(member => member.SinceMicros.Value)
        .FirstOrDefault();

    /// <summary>Nobody (null) in a room that nobody is in: whoever it belongs to is host there anyhow.</summary>
    private static string? Due(RoomModel model) => model.State.Members
        .Where(member => model.Devices.Any(device => device.MemberId == member.Id && !device.IsAway))
        .OrderByDescending(member => member.Role).ThenBy(member => member.SinceMicros.Value)
        .FirstOrDefault()?.Id;
}
