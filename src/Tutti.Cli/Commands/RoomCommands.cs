using System.CommandLine;
using Tutti.Cli.Output;
using Tutti.Client;
using Tutti.Protocol.Rest;

namespace Tutti.Cli.Commands;

/// <summary>Rooms: <c>rooms</c> with <c>list</c>, <c>create</c>, <c>show</c>, <c>settings</c>, <c>door</c>, <c>close</c>.</summary>
internal static class RoomCommands
{
    public static IEnumerable<Command> All(Runner runner)
    {
        var rooms = new Command("rooms", "The rooms of the server; without a subcommand: lists them") 
        {
            List(runner), Create(runner), Show(runner), RoomSettingsCommand.Make(runner), Door(runner), Close(runner),
        };
        runner.Runs(rooms, ListAsync);
        yield return rooms;
    }

    private static Command List(Runner runner)
    {
        var command = new Command("list", "Lists the rooms that you may see");
        runner.Runs(command, ListAsync);
        return command;
    }

    private static async Task ListAsync(Call call, CancellationToken ct) => call.Printer.Show(
        await call.Client.Rooms.ListAsync(ct),
        CliJson.Answers.RoomList,
        list => call.Printer.Table(
            ["code", "name", "kind", "you are", "status", "track", ">devices"],
            list.Rooms.Select(room => new[]
            {
                room.Code, room.Name, Kind(room), room.Role is { } role ? PeopleText.Role(role) : "", StateText.Status(room.Status), room.Track is { } track ? StateText.Track(track.Title, track.Artist) : "", $"{room.Devices}",
            }),
            "no rooms"));

    private static string Kind(RoomSummary room) => room is { Kind: "shared", Public: false } ? "private" : room.Kind;

    private static Command Create(Runner runner)
    {
        var name = new Argument<string?>("name") { Description = "Shown to people; left out: its code", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("create", "Makes a room and tells its code") { name };
        runner.Runs(command, async (call, ct) => call.Printer.Show(
            await call.Client.Rooms.CreateAsync(call.Get(name), ct),
            CliJson.Answers.RoomCreated,
            made => call.Printer.Line($"{made.Code}  {made.Name}  {new Uri(call.Server, made.Url)}")));
        return command;
    }

    private static Command Show(Runner runner)
    {
        var code = new Argument<string>("code") { Description = "The room's code" };
        var command = new Command("show", "One room in full") { code };
        runner.Runs(command, async (call, ct) => call.Printer.Show(
            await call.RoomOf(call.Get(code)).GetAsync(ct),
            CliJson.Answers.RoomDetail,
            room =>
            {
                call.Printer.Line($"{room.Name}");
                call.Printer.Line(StateText.Of(room.Playback));
                call.Printer.Table(StateText.DeviceHeadings, room.Devices.Select(StateText.Row), "no devices");
            }));
        return command;
    }

    private static Command Door(Runner runner)
    {
        var code = new Argument<string>("code") { Description = "The room's code" };
        var command = new Command("door", "What stands between you and a room") { code };
        runner.Runs(command, async (call, ct) => call.Printer.Show(
            await call.RoomOf(call.Get(code)).People.DoorAsync(ct),
            CliJson.Answers.DoorView,
            door => call.Printer.Line(door.Member ? $"{door.Code}  you are in" : $"{door.Code}  needs {door.Needs}")));
        return command;
    }

    private static Command Close(Runner runner)
    {
        var code = new Argument<string>("code") { Description = "The room's code" };
        var command = new Command("close", "Closes a room for good") { code };
        runner.Runs(command, async (call, ct) =>
        {
            await call.RoomOf(call.Get(code)).CloseAsync(ct);
            call.Printer.Done("closed");
        });
        return command;
    }
}
