using Tutti.Protocol;
using Tutti.Protocol.Rest;
using Tutti.Server.Rooms;
using DeviceList = Tutti.Protocol.Rest.DeviceList;

namespace Tutti.Server.Api;

/// <summary>The devices of one room: what is set of them, and where the room sounds (docs/protocol.md §5a).</summary>
internal static class DeviceEndpoints
{
    /// <param name="room">A group whose requests are about one room.</param>
    public static void MapDevices(this RouteGroupBuilder room)
    {
        var devices = room.MapGroup("/devices").WithTags("Devices");
        devices.MapGet("", (HttpContext http) => TypedResults.Ok(http.Devices()))
            .WithSummary("The devices with their settings and newest sync reports");

        var commands = devices.MapGroup("").Changes().Refuses(ErrorCode.DeviceNotFound);
        commands.MapPatch("/{deviceId}", (string deviceId, DeviceSetRequest body, HttpContext http, CancellationToken ct) => http.DeviceAsync(body.Read(deviceId), ct))
            .Produces<DeviceList>().TakesJson()
            .WithSummary("Name, icon, volume, mute, latency trim of a device; silent: it follows without sound");
        commands.MapDelete("/{deviceId}", ForgetAsync)
            .Produces(StatusCodes.Status204NoContent).WithSummary("Forgets what was set of a device; one that is away is shown no longer");
        commands.MapPost("/everywhere", (HttpContext http, CancellationToken ct) => http.CommandAsync(new RoomCommand.Everywhere(), http.Devices, ct))
            .Produces<DeviceList>().WithSummary("Every device plays");
        commands.MapPost("/onlyHere", (OnlyHereRequest body, HttpContext http, CancellationToken ct) => http.DeviceAsync(body.Read(), ct))
            .Produces<DeviceList>().TakesJson().Refuses(ErrorCode.DeviceOutputOff).WithSummary("One device plays, all others are silent");
        commands.MapPost("/handOver", (HandOverRequest body, HttpContext http, CancellationToken ct) => http.DeviceAsync(body.Read(), ct))
            .Produces<DeviceList>().TakesJson().Refuses(ErrorCode.DeviceOutputOff)
            .WithSummary("Sound leaves one device and goes on in another at the same instant");
    }

    private static async Task<IResult> ForgetAsync(string deviceId, HttpContext http, DeviceShelf shelf) =>
        http.Actor().DeviceOwner is { } owner && await shelf.ForgetAsync(owner, deviceId)
            ? TypedResults.NoContent()
            : Problems.Of(ErrorCode.DeviceNotFound, $"Nothing is remembered of a device {deviceId} of yours.");

    private static DeviceList Devices(this HttpContext http)
    {
        var devices = http.Room().Devices;
        return new DeviceList(devices, devices.Length);
    }

    private static Task<IResult> DeviceAsync(this HttpContext http, CommandReading reading, CancellationToken ct) => reading.Command is { } command
        ? http.CommandAsync(command, http.Devices, ct)
        : Task.FromResult<IResult>(Problems.Of(reading.Code, reading.Detail));
}
