using Tutti.Protocol;
using Tutti.Server.Access;
using Tutti.Server.Rooms;

namespace Tutti.Server;

/// <summary>Callers, as the door knows them, in the words of rooms, which know nothing of doors.</summary>
internal static class Actors
{
    public static Actor AsActor(this Caller caller) => caller switch
    {
        Caller.Account account => new Actor.Person(MemberIds.OfAccount(account.Id.Value), account.Name, IsGuest: false),
        Caller.Guest guest => new Actor.Person(MemberIds.OfGuest(guest.GuestId), guest.Name, IsGuest: true),
        _ => Actor.Anyone.Instance,
    };

    /// <summary>The room that a caller means by a code; <see cref="RoomCodes.Mine"/> is their own.</summary>
    public static ValueTask<RoomLookup> OpenForAsync(this IRoomDirectory rooms, string code, Actor actor, CancellationToken ct, string? handover = null) =>
        !code.Equals(RoomCodes.Mine, StringComparison.OrdinalIgnoreCase) ? rooms.OpenAsync(code, ct, handover)
        : actor is Actor.Person { IsGuest: false } person ? rooms.OpenPersonalAsync(person, ct, handover)
        : new ValueTask<RoomLookup>(new RoomLookup.Missing(ErrorCode.RoomNotFound, "A personal room takes an account: sign in first."));
}
