using Tutti.Protocol;
using Tutti.Server.Access;
using Tutti.Server.Rooms;

namespace Tutti.Server.Api;

/// <summary>
/// Where accounts are asked for, a guest reaches the library and its sound as somebody of their room, and for as long as they are that: a pass outlives
/// a kick, a ban, and the room itself.
/// </summary>
internal static class GuestStanding
{
    /// <summary>For what is in no room in particular.</summary>
    public static RouteGroupBuilder ForThoseOfARoom(this RouteGroupBuilder group) => (RouteGroupBuilder)group
        .AddEndpointFilter(static async (invocation, next) =>
            invocation.HttpContext is var http && http.Mode() is AccessMode.Accounts && http.Caller() is Caller.Guest && !await IsMemberAsync(http)
                ? Problems.Of(ErrorCode.JoinNeeded, "You are a guest in no room any more; join one.")
                : await next(invocation))
        .Refuses(ErrorCode.JoinNeeded);

    private static async ValueTask<bool> IsMemberAsync(HttpContext http)
    {
        var rooms = http.RequestServices.GetRequiredService<IRoomDirectory>();
        foreach (var shown in http.Guests())
        {
            if (shown.Caller is Caller.Guest guest && await rooms.OpenAsync(guest.RoomCode, http.RequestAborted) is RoomLookup.Found(var room)
                && room.RoleOf(guest.AsActor()) is not null)
            {
                return true;
            }
        }

        return false;
    }
}
