using Tutti.Protocol;
using Tutti.Protocol.Rest;
using Tutti.Server.Access;
using Tutti.Server.Access.Accounts;
using Tutti.Server.Access.Door;
using Tutti.Server.Rooms;
using Tutti.Timing;

namespace Tutti.Server.Api;

/// <summary>The way into a room, for those who are not in it yet.</summary>
internal static class DoorEndpoints
{
    public static void MapDoor(this RouteGroupBuilder api)
    {
        // Not "code": a guest of one room may stand at the door of another.
        var door = api.MapGroup("/rooms/{room}").AtDoor().Needs(Need.Nobody).WithTags("People");
        door.MapGet("/door", (HttpContext http) => TypedResults.Ok(View(http.Room(), http.Actor()))).WithSummary("What stands between me and the room");
        door.MapPost("/join", JoinAsync).Needs(Need.Anybody)
            .Produces<Joined>().TakesJson().Changes()
            .Refuses(
                ErrorCode.AntiforgeryFailed, ErrorCode.RoomLocked, ErrorCode.Banned, ErrorCode.InviteNeeded, ErrorCode.PasswordNeeded, ErrorCode.PasswordWrong, ErrorCode.InviteInvalid,
                ErrorCode.InviteExpired, ErrorCode.InviteUsedUp, ErrorCode.TooManyMembers, ErrorCode.PasswordPatience)
            .WithSummary("Comes in: with an account, or as a guest by name; with an invitation or the password where it takes one");
    }

    private static DoorView View(IRoom room, Actor actor)
    {
        var identity = room.State.Room;
        var isMember = room.RefusalOf(actor) is null;
        var needs =
            isMember || identity.Rules is not { } rules ? "nothing"
            : rules.Locked ? "unlocking"
            : rules.Password ? "password"
            : !rules.Public ? "invite"
            : actor is Actor.Person { IsGuest: false } ? "nothing"
            : "name";
        return new DoorView(identity.Code, isMember || identity.Rules is null or { Public: true } ? identity.Name : null, identity.Rules?.Kind, isMember, needs);
    }

    private static async Task<IResult> JoinAsync(JoinRequest body, HttpContext http, GuestBook guests, Passwords passwords, IServerClock clock, CancellationToken ct)
    {
        var (room, caller) = (http.Room(), http.Caller());
        if (room.State.Room.Rules is null)
        {
            return TypedResults.Ok(new Joined(room.Code, room.State.Room.Name, null, null, null));
        }

        var name = body.Name?.Trim();
        if (!Fields.IsNameOrNull(name, ProtocolLimits.MemberNameMaxLength))
        {
            return Problems.Of(ErrorCode.InvalidField, $"name must have 1 to {ProtocolLimits.MemberNameMaxLength} characters, none of them a control character.");
        }

        if (body.Password is { Length: > ProtocolLimits.PasswordMaxLength } || body.Invite is { Length: > ProtocolLimits.ReferenceMaxLength })
        {
            return Problems.Of(ErrorCode.InvalidField, "password or invite is too long to be one.");
        }

        var guest = caller is Caller.Account ? null : GuestBook.Guest(caller, room.Code, name);
        if (guest is null && caller is not Caller.Account)
        {
            return Problems.Of(ErrorCode.InvalidField, "name must be given: it is what the others will see.");
        }

        var person = (Actor.Person)(guest ?? caller).AsActor();
        if (await ProofAsync(body, room, passwords, clock.Now, ct) is not { } proof)
        {
            return Problems.Of(ErrorCode.PasswordPatience, "Too many wrong passwords: try again in a minute.");
        }

        if (caller is Caller.Account && await guests.WasGuestAsync(body.Guest, room.Code, http) is { } former)
        {
            await room.AskAsync(new PeopleRequest.WasGuest(MemberIds.OfGuest(former.GuestId)), person, ct);
        }

        if (await room.AskAsync(new PeopleRequest.Enter(proof), person, ct) is CommandOutcome.Refused(var code, var message))
        {
            var wrongPassword = code == ErrorCode.PasswordNeeded && body.Password is { Length: > 0 };
            return wrongPassword ? Problems.Of(ErrorCode.PasswordWrong, "That is not the password.") : Problems.Of(code, message);
        }

        var role = room.RoleOf(person) ?? MemberRole.Listener;
        return TypedResults.Ok(new Joined(room.Code, room.State.Room.Name, person.Id, role, guest is null ? null : guests.Issue(guest, http)));
    }

    /// <summary>What is shown at the door; null when the room hears out no more passwords for now.</summary>
    private static async Task<EntryProof?> ProofAsync(JoinRequest body, IRoom room, Passwords passwords, ServerMicros now, CancellationToken ct)
    {
        var invite = string.IsNullOrEmpty(body.Invite) ? null : InviteToken.Hash(body.Invite);
        if (body.Password is not { Length: > 0 } password || room.Door.PasswordHash is not { } hash || invite is not null)
        {
            return new EntryProof(invite);
        }

        if (!room.Patience.TryTake(now))
        {
            return null;
        }

        var matches = await passwords.InTurnAsync(() => RoomPassword.Matches(password, hash), ct);
        if (matches)
        {
            room.Patience.Forgive();
        }

        return new EntryProof(null, matches ? hash : null);
    }
}
