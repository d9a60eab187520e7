using System.CommandLine;
using Tutti.Cli.Commands;

namespace Tutti.Cli;

/// <summary>All commands: the program's table of contents.</summary>
internal static class CommandTree
{
    public static async Task<int> RunAsync(string[] arguments, Surroundings world)
    {
        var parsed = Build(world).Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
            {
                world.Errors.WriteLine($"tutti: {error.Message}");
            }

            world.Errors.WriteLine($"tutti: `{Path(parsed.CommandResult.Command)} --help` says how.");
            return ExitCode.Usage;
        }

        return await parsed.InvokeAsync(new InvocationConfiguration { Output = world.Output, Error = world.Errors, EnableDefaultExceptionHandler = false });
    }

    internal static RootCommand Build(Surroundings world)
    {
        var options = new GlobalOptions();
        var runner = new Runner(options, world);
        var root = new RootCommand("Plays music on every device at the same instant: controls a Tutti server from the command line.");
        options.AddTo(root);
        foreach (var command in PlaybackCommands.All(runner)
            .Concat(QueueCommands.All(runner))
            .Concat(LibraryCommands.All(runner))
            .Append(ScanCommand.Make(runner))
            .Append(UploadCommand.Make(runner))
            .Append(UploadsCommand.Make(runner))
            .Concat(RoomCommands.All(runner))
            .Concat(PeopleCommands.All(runner))
            .Concat(InviteCommands.All(runner))
            .Concat(DeviceCommands.All(runner))
            .Append(WatchCommand.Make(runner))
            .Concat(AccountCommands.All(runner))
            .Concat(OwnAccountCommands.All(runner))
            .Concat(ServerCommands.All(runner))
            .Append(CompletionCommand.Make(runner)))
        {
            root.Add(command);
        }

        return root;
    }

    private static string Path(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? $"{Path(parent)} {command.Name}" : "tutti";
}
