using Microsoft.AspNetCore.Http.HttpResults;
using Tutti.Protocol;
using Tutti.Protocol.Rest;
using Tutti.Server.Access;
using Tutti.Server.Access.Accounts;
using Tutti.Server.Access.Door;
using Tutti.Server.Rooms;

namespace Tutti.Server.Api;

/// <summary>Rooms: the list, making one, and all that is in one. The short forms without <c>/rooms/{code}</c> act on Home.</summary>
internal static class RoomEndpoints
{
    public static void MapRooms(this RouteGroupBuilder api)
    {
        var rooms = api.MapGroup("/rooms").WithTags("Rooms");
        rooms.MapGet("", ListAsync).WithSummary("The rooms that I may see: my own first, then Home, then by code");
        rooms.MapPost("", CreateAsync).Needs(Need.Resident)
            .Produces<RoomCreated>(StatusCodes.Status201Created).TakesJson().Changes()
            .Refuses(ErrorCode.TooManyRooms, ErrorCode.ShuttingDown)
            .WithSummary("Makes a room with a new code: mine when I am signed in, else one that is open to all");

        var room = rooms.MapGroup("/{code}").InRoom();
        room.MapGet("", (HttpContext http) =>
            {
                var found = http.Room();
                var (identity, role) = (found.State.Room, found.RoleOf(http.Actor()));
                return TypedResults.Ok(new RoomDetail(found.Code, identity.Name, RoomSummary.KindOf(identity), role, identity.Rules, http.Playback(), found.Devices));
            })
            .WithSummary("One room in full");
        room.MapDelete("", async (HttpContext http, CancellationToken ct) =>
                await http.Room().AskAsync(new PeopleRequest.Close(), http.Actor(), ct) is CommandOutcome.Refused(var code, var message)
                    ? (IResult)Problems.Of(code, message)
                    : TypedResults.NoContent())
            .Produces(StatusCodes.Status204NoContent).Changes().Refuses(ErrorCode.HostOnly).WithSummary("Closes the room for good");
        room.MapPeople();
        room.MapGet("/history", History).Refuses(ErrorCode.InvalidField).WithSummary("What was played, newest first");
        room.MapDevices();
        room.MapPlayback();
        room.MapQueue();

        api.MapDoor();

        var home = api.MapGroup("").InRoom();
        home.MapGet("/clients", (HttpContext http) => TypedResults.Ok(new ClientList(http.Room().Devices, http.Room().Devices.Length)))
            .WithTags("Rooms").WithSummary("The devices of Home");
        home.MapGet("/history", History).Refuses(ErrorCode.InvalidField).WithTags("Rooms").WithSummary("What was played in Home, newest first");
        home.MapDevices();
        home.MapPlayback();
        home.MapQueue();
    }

    private static Results<Ok<HistoryList>, ProblemHttpResult> History(HttpContext http, int limit = HistoryList.UsualLength)
    {
        if (limit is < 1 or > RoomKept.HistoryLength)
        {
            return Problems.Of(ErrorCode.InvalidField, $"limit must be 1 to {RoomKept.HistoryLength}.");
        }

        var history = http.Room().History;
        var entries = history.Reverse().Take(limit).Select(HistoryLine.Of);
        return TypedResults.Ok(new HistoryList([.. entries], history.Length));
    }

    private static async Task<Ok<RoomList>> ListAsync(HttpContext http, IRoomDirectory directory, CancellationToken ct)
    {
        var actor = http.Actor();
        var outside = DoorPolicy.Outside(http.Mode(), http.Caller()).AsActor();
        var own = actor is Actor.Person { IsGuest: false } person && await directory.OpenPersonalAsync(person, ct) is RoomLookup.Found(var mine) ? mine : null;
        var open = directory.List();
        // A browser that is the guest of several rooms is somebody else in each.
        Actor[] people = http.Guests() is { IsEmpty: false } guests ? [.. guests.Select(static guest => guest.Caller.AsActor())] : [actor];
        var shown = open.Where(room => room.Code != own?.Code).Select(room => (Room: room, Member: Array.Find(people, one => room.RoleOf(one) is not null)))
            .Where(one => one.Member is not null || IsShownTo(one.Room, outside)).Select(one => RoomSummary.Of(one.Room, one.Member ?? actor));
        var stored = new List<StoredRoomSummary>();
        foreach (var member in people.OfType<Actor.Person>())
        {
            stored.AddRange(await directory.ListOfMemberAsync(member.Id, ct));
        }

        var asleep = stored.Where(room => open.All(candidate => candidate.Code != room.Code) && room.Code != own?.Code).Select(RoomSummary.Asleep);
        RoomSummary[] list = [.. own is null ? [] : new[] { RoomSummary.Of(own, actor) }, .. shown, .. asleep];
        return TypedResults.Ok(new RoomList(list, list.Length));
    }

    /// <summary>Open and public rooms are for everybody to see; where accounts are asked for, guests see the one room that they are in.</summary>
    private static bool IsShownTo(IRoom room, Actor actor) =>
        actor is not Actor.Person { IsGuest: true } && room.State.Room.Rules is null or { Public: true };

    private static async Task<IResult> CreateAsync(CreateRoomRequest? body, HttpContext http, IRoomDirectory directory, Passwords passwords, CancellationToken ct)
    {
        var actor = DoorPolicy.Outside(http.Mode(), http.Caller()).AsActor();
        var wanted = body ?? new CreateRoomRequest();
        var reading = SettingsReading.Of(wanted);
        if (reading.Wrong is { } wrong)
        {
            return Problems.Of(ErrorCode.InvalidField, wrong);
        }

        // Rather than a room that is open although it was to be closed to others.
        if (actor is Actor.Anyone && (wanted.Public is false || wanted.Password is { Length: > 0 } || wanted.Rights is not null))
        {
            return Problems.Of(ErrorCode.SignInNeeded, "A room that is not open to all is somebody's: sign in first.");
        }

        var change = await reading.HashedAsync(passwords, ct);
        var wish = new RoomWish(change.Name, change.Public ?? true, change.PasswordHash is { Length: > 0 } hash ? hash : null, change.Rights);
        return await directory.CreateAsync(wish, actor, ct) switch
        {
            RoomLookup.Found(var room) =>
                TypedResults.Created($"/api/rooms/{room.Code}", new RoomCreated(room.Code, room.State.Room.Name, $"/r/{room.Code}", RoomSummary.KindOf(room.State.Room))),
            RoomLookup.Missing(var code, var message) => Problems.Of(code, message),
            _ => throw new InvalidOperationException("a look-up that is none"),
        };
    }
}
