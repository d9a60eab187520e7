using System.CommandLine;
using Tutti.Cli.Output;

namespace Tutti.Cli.Commands;

/// <summary>The server itself: <c>server</c>.</summary>
internal static class ServerCommands
{
    public static IEnumerable<Command> All(Runner runner)
    {
        var server = new Command("server", "Version, addresses in the network, and for how long the server has run");
        runner.Runs(server, async (call, ct) => call.Printer.Show(
            await call.Client.ServerAsync(ct),
            CliJson.Answers.ServerDetail,
            detail => call.Printer.Line(
                $"{detail.Name} {detail.Version}  up {TimeText.Of(detail.UptimeSeconds)}  {string.Join("  ", detail.Addresses)}".TrimEnd())));
        yield return server;
    }
}
