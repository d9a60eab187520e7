using Microsoft.AspNetCore.Http.HttpResults;
using Tutti.Protocol;
using Tutti.Server.Access.Door;
using Tutti.Server.Rooms;

namespace Tutti.Server.Api;

/// <summary>Rooms: the list, making one, and all that is in one. The short forms without <c>/rooms/{code}</c> act on Home.</summary>
internal static class RoomEndpoints
{
    private const int NameMaxLength = 64;

    public static void MapRooms(this RouteGroupBuilder api)
    {
        var rooms = api.MapGroup("/rooms").WithTags("Rooms");
        rooms.MapGet("", (IRoomDirectory directory) =>
            {
                RoomSummary[] list = [.. directory.List().Select(RoomSummary.Of)];
                return TypedResults.Ok(new RoomList(list, list.Length));
            })
            .WithSummary("The rooms that are open, Home first");
        rooms.MapPost("", CreateAsync).Needs(Need.Resident)
            .Produces<RoomCreated>(StatusCodes.Status201Created).TakesJson().Changes().Refuses(ErrorCode.TooManyRooms, ErrorCode.ShuttingDown)
            .WithSummary("Makes a room with a new code");

        var room = rooms.MapGroup("/{code}").InRoom();
        room.MapGet("", (HttpContext http) =>
            {
                var found = http.Room();
                return TypedResults.Ok(new RoomDetail(found.Code, found.State.Room.Name, http.Playback(), found.Devices));
            })
            .WithSummary("One room in full");
        room.MapGet("/history", History).WithSummary("What was played, newest first");
        room.MapDevices();
        room.MapPlayback();
        room.MapQueue();

        var home = api.MapGroup("").InRoom();
        home.MapGet("/clients", (HttpContext http) => TypedResults.Ok(new ClientsList(http.Room().Devices, http.Room().Devices.Length)))
            .WithTags("Rooms").WithSummary("The devices of Home");
        home.MapGet("/history", History).WithTags("Rooms").WithSummary("What was played in Home, newest first");
        home.MapDevices();
        home.MapPlayback();
        home.MapQueue();
    }

    private static Ok<HistoryList> History(HttpContext http, int limit = HistoryList.UsualLength)
    {
        var history = http.Room().History;
        var entries = history.Reverse().Take(Math.Clamp(limit, 0, RoomKept.HistoryLength)).Select(HistoryLine.Of);
        return TypedResults.Ok(new HistoryList([.. entries], history.Length));
    }

    private static async Task<IResult> CreateAsync(CreateRoomRequest? body, IRoomDirectory directory, CancellationToken ct)
    {
        var name = body?.Name?.Trim();
        if (name is { Length: 0 or > NameMaxLength } || name?.Any(char.IsControl) == true)
        {
            return Problems.Of(ErrorCode.InvalidField, $"name must have 1 to {NameMaxLength} characters, none of them a control character.");
        }

        return await directory.CreateAsync(name, ct) switch
        {
            RoomLookup.Found(var room) =>
                TypedResults.Created($"/api/rooms/{room.Code}", new RoomCreated(room.Code, room.State.Room.Name, $"/r/{room.Code}")),
            RoomLookup.Missing(var code, var message) => Problems.Of(code, message),
            _ => throw new InvalidOperationException("a look-up that is none"),
        };
    }
}
