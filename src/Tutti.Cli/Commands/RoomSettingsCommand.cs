using System.CommandLine;
using Tutti.Cli.Output;
using Tutti.Client;
using Tutti.Protocol;
using Tutti.Protocol.Rest;

namespace Tutti.Cli.Commands;

/// <summary>How a room is held: <c>rooms settings</c>.</summary>
internal static class RoomSettingsCommand
{
    public static Command Make(Runner runner)
    {
        var code = new Argument<string>("code") { Description = "The room's code" };
        var name = new Option<string?>("--name") { Description = "Another name", HelpName = "NAME" };
        var isPublic = new Option<bool?>("--public") { Description = "true: listed, and open to whoever knows its code", HelpName = "true|false" };
        var locked = new Option<bool?>("--locked") { Description = "true: nobody new comes in", HelpName = "true|false" };
        var password = new Option<bool>("--password-stdin") { Description = "Reads a new password from standard input" };
        var noPassword = new Option<bool>("--no-password") { Description = "Takes the password away" };
        var right = new Option<string[]>("--right") { Description = "The least role that may do something, such as skip=listener; more than once", HelpName = "RIGHT=ROLE" };
        var command = new Command("settings", "How a room is held; with options: changes it") { code, name, isPublic, locked, password, noPassword, right };
        runner.Runs(command, async (call, ct) =>
        {
            var change = new RoomChange
            {
                Name = call.Get(name),
                Public = call.Get(isPublic),
                Locked = call.Get(locked),
                Password = call.Get(noPassword) ? "" : call.Get(password) ? await Secret.AskAsync(call, "", fromInput: true, ct) : null,
                Rights = call.Get(right) is { Length: > 0 } typed ? Rights(typed) : null,
            };
            var people = call.RoomOf(call.Get(code)).People;
            Show(call, change == new RoomChange() ? await people.SettingsAsync(ct) : await people.SetAsync(change, ct));
        });
        return command;
    }

    /// <summary>Reads <c>skip=listener</c> and the like.</summary>
    /// <exception cref="UsageException">One of them is no right, or no role.</exception>
    internal static RightsChange Rights(IEnumerable<string> typed)
    {
        var change = new RightsChange();
        foreach (var text in typed)
        {
            if (text.Split('=') is not [var name, var rank] || !Known<RoomRight>(name, out var right) || !Known<MemberRole>(rank, out var role))
            {
                throw new UsageException($"{text} is no right: one looks like skip=listener, of play, seek, skip, volume, add, reorder, remove, invite, kick and listener, dj, host.");
            }

            change = right switch
            {
                RoomRight.Play => change with { Play = role },
                RoomRight.Seek => change with { Seek = role },
                RoomRight.Skip => change with { Skip = role },
                RoomRight.Volume => change with { Volume = role },
                RoomRight.Add => change with { Add = role },
                RoomRight.Reorder => change with { Reorder = role },
                RoomRight.Remove => change with { Remove = role },
                RoomRight.Invite => change with { Invite = role },
                _ => change with { Kick = role },
            };
        }

        return change;
    }

    private static bool Known<T>(string typed, out T value)
        where T : struct, Enum => Enum.TryParse(typed, ignoreCase: true, out value) && !char.IsAsciiDigit(typed[0]);

    private static void Show(Call call, RoomSettings settings) => call.Printer.Show(
        settings, CliJson.Answers.RoomSettings, held => call.Printer.Table(["setting", "value"], PeopleText.Rows(held), ""));
}
