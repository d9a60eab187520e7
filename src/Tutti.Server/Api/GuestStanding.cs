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
            invocation.HttpContext is var http && http.Mode() is AccessMode.Accounts && http.Caller() is Caller.Guest guest && !await IsMemberAsync(http, guest)
                ? Problems.Of(ErrorCode.JoinNeeded, $"You are in room {guest.RoomCode} no longer; join it again.")
                : await next(invocation))
        .Refuses(ErrorCode.JoinNeeded);

    private static async ValueTask<bool> IsMemberAsync(HttpContext http, Caller.Guest guest) =>
        await http.RequestServices.GetRequiredService<IRoomDirectory>().OpenAsync(guest.RoomCode, http.RequestAborted) is RoomLookup.Found(var room)
        && room.State.FindMember(((Actor.Person)guest.AsActor()).Id) is not null;
}
