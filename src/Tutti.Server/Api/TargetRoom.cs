using Tutti.Protocol;
using Tutti.Protocol.Rest;
using Tutti.Server.Access;
using Tutti.Server.Access.Door;
using Tutti.Server.Rooms;
using Tutti.Timing;

namespace Tutti.Server.Api;

/// <summary>Finds the room that a request is about, once for a whole group of endpoints: the one in the path, or the caller's own, or Home.</summary>
internal static class TargetRoom
{
    private static readonly object s_key = new();

    public static RouteGroupBuilder InRoom(this RouteGroupBuilder group) => (RouteGroupBuilder)group
        .AddEndpointFilter(static async (invocation, next) =>
        {
            var http = invocation.HttpContext;
            var code = http.GetRouteValue("code") as string ?? HomeOf(http.Caller());
            if (DoorPolicy.RoomRefusal(http.Mode(), http.Caller(), code) is { } elsewhere)
            {
                return Problems.Of(elsewhere.Code, elsewhere.Message);
            }

            if (DoorPolicy.Within(code, http.Caller()) != http.Caller())
            {
                http.SetCredentialAside();
            }

            if (await http.FindRoomAsync(code) is { } missing)
            {
                return missing;
            }

            return http.Room().RefusalOf(http.Actor()) is { } refusal ? Problems.Of(refusal.Code, refusal.Message) : await next(invocation);
        })
        .Refuses(ErrorCode.RoomNotFound, ErrorCode.RoomClosed, ErrorCode.TooManyRooms, ErrorCode.ShuttingDown, ErrorCode.JoinNeeded);

    /// <summary>The same for those who stand at the door: whoever asks, the room is found, unless it is somebody's own.</summary>
    public static RouteGroupBuilder AtDoor(this RouteGroupBuilder group) => (RouteGroupBuilder)group
        .AddEndpointFilter(static async (invocation, next) =>
        {
            var http = invocation.HttpContext;
            if (await http.FindRoomAsync((string)http.GetRouteValue("room")!) is { } missing)
            {
                return missing;
            }

            return http.Room() is { State.Room.Rules.Kind: RoomKind.Personal } room && room.RefusalOf(http.Actor()) is { } refusal
                ? Problems.Of(refusal.Code, refusal.Message)
                : await next(invocation);
        })
        .Refuses(ErrorCode.RoomNotFound, ErrorCode.RoomClosed, ErrorCode.TooManyRooms, ErrorCode.ShuttingDown);

    /// <summary>Who asks, in the words of rooms.</summary>
    public static Actor Actor(this HttpContext http) => http.Caller().AsActor();

    /// <summary>Asks something about people or how the room is held, and answers with what <paramref name="answer"/> then says, or with the refusal.</summary>
    public static async Task<IResult> AskAsync<T>(this HttpContext http, PeopleRequest request, Func<T> answer, CancellationToken ct) =>
        await http.Room().AskAsync(request, http.Actor(), ct) is CommandOutcome.Refused(var code, var message)
            ? Problems.Of(code, message)
            : TypedResults.Ok(answer());

    /// <summary>Where the short forms go: to one's own room, or to Home.</summary>
    private static string HomeOf(Caller caller) => caller is Caller.Account ? RoomCodes.Mine : RoomCodes.Home;

    private static async ValueTask<IResult?> FindRoomAsync(this HttpContext http, string code)
    {
        var rooms = http.RequestServices.GetRequiredService<IRoomDirectory>();
        switch (await rooms.OpenForAsync(code, http.Actor(), http.RequestAborted))
        {
            case RoomLookup.Found(var room):
                http.Items[s_key] = room;
                return null;
            case RoomLookup.Missing(var error, var message):
                return Problems.Of(error, message);
            default:
                throw new InvalidOperationException("a look-up that is none");
        }
    }

    public static IRoom Room(this HttpContext http) => (IRoom)http.Items[s_key]!;

    /// <summary>The room's playback as it is now.</summary>
    public static PlaybackState Playback(this HttpContext http) =>
        PlaybackState.Of(http.Room().State, http.RequestServices.GetRequiredService<IServerClock>().Now);

    /// <summary>Sends a command and answers with the state that holds its effect, or with the refusal.</summary>
    public static Task<IResult> CommandAsync(this HttpContext http, ICommandRequest request, CancellationToken ct)
    {
        var reading = request.Read();
        return reading.Command is { } command
            ? http.CommandAsync(command, ct)
            : Task.FromResult<IResult>(Problems.Of(reading.Code, reading.Detail));
    }

    /// <inheritdoc cref="CommandAsync(HttpContext, ICommandRequest, CancellationToken)"/>
    public static async Task<IResult> CommandAsync(this HttpContext http, RoomCommand command, CancellationToken ct) =>
        await http.CommandAsync(command, http.Playback, ct);

    /// <summary>Sends a command and answers with what <paramref name="answer"/> then says, or with the refusal.</summary>
    public static async Task<IResult> CommandAsync<T>(this HttpContext http, RoomCommand command, Func<T> answer, CancellationToken ct) =>
        await http.Room().SendAsync(command, http.Actor(), ct) switch
        {
            CommandOutcome.Accepted => TypedResults.Ok(answer()),
            CommandOutcome.Refused(var code, var message) => Problems.Of(code, message),
            _ => throw new InvalidOperationException("an outcome that is none"),
        };
}
