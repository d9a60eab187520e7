using Tutti.Protocol;
using Tutti.Server.Access;
using Tutti.Server.Access.Door;
using Tutti.Server.Rooms;
using Tutti.Timing;

namespace Tutti.Server.Api;

/// <summary>Finds the room that a request is about, once for a whole group of endpoints: the one in the path, or Home.</summary>
internal static class TargetRoom
{
    private static readonly object s_key = new();

    public static RouteGroupBuilder InRoom(this RouteGroupBuilder group) => (RouteGroupBuilder)group
        .AddEndpointFilter(static async (invocation, next) =>
        {
            var http = invocation.HttpContext;
            var code = http.GetRouteValue("code") as string ?? RoomCodes.Home;
            if (DoorPolicy.RoomRefusal(http.Caller(), code) is { } refusal)
            {
                return Problems.Of(refusal.Code, refusal.Message);
            }

            var rooms = http.RequestServices.GetRequiredService<IRoomDirectory>();
            switch (await rooms.OpenAsync(code, http.RequestAborted))
            {
                case RoomLookup.Found(var room):
                    http.Items[s_key] = room;
                    return await next(invocation);
                case RoomLookup.Missing(var error, var message):
                    return Problems.Of(error, message);
                default:
                    throw new InvalidOperationException("a look-up that is none");
            }
        })
        .Refuses(ErrorCode.RoomNotFound, ErrorCode.TooManyRooms, ErrorCode.ShuttingDown);

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
        await http.Room().SendAsync(command, Actor.Anyone.Instance, ct) switch
        {
            CommandOutcome.Accepted => TypedResults.Ok(answer()),
            CommandOutcome.Refused(var code, var message) => Problems.Of(code, message),
            _ => throw new InvalidOperationException("an outcome that is none"),
        };
}
