using System.CommandLine;
using Tutti.Cli.Output;
using Tutti.Protocol.Rest;

namespace Tutti.Cli.Commands;

/// <summary>How the library comes about: <c>scan</c>.</summary>
internal static class ScanCommand
{
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(300);

    public static Command Make(Runner runner)
    {
        var start = new Option<bool>("--start") { Description = "Starts one, for the administrator" };
        var follow = new Option<bool>("--follow", "-f") { Description = "Shows its progress until it has ended" };
        var command = new Command("scan", "How far the scan of the music folders is, or how the last one ended") { start, follow, Unreadable(runner) };
        runner.Runs(command, async (call, ct) =>
        {
            var first = call.Get(start) ? await call.Client.Tracks.ScanAsync(ct) : await call.Client.Tracks.ScanStateAsync(ct);
            Show(call, first);
            if (call.Get(follow))
            {
                // One that was asked for while another ran begins when that has ended.
                var awaited = first.Scans + (first.Running ? 1 : 0) + (call.Get(start) ? 1 : 0);
                await FollowAsync(call, first, awaited, ct);
            }
        });
        return command;
    }

    /// <summary>A line for each change, until so many scans have ended.</summary>
    private static async Task FollowAsync(Call call, ScanState shown, long awaited, CancellationToken ct)
    {
        for (var now = shown; now.Running || now.Scans < awaited;)
        {
            await Task.Delay(s_look, TimeProvider.System, ct);
            now = await call.Client.Tracks.ScanStateAsync(ct);
            if (now != shown)
            {
                Show(call, shown = now);
            }
        }
    }

    private static Command Unreadable(Runner runner)
    {
        var limit = new Option<int>("--limit") { Description = "At most this many, 1 to 1000", HelpName = "N", DefaultValueFactory = _ => 50 };
        var command = new Command("unreadable", "The files that cannot be read, and why") { limit };
        runner.Runs(command, async (call, ct) => call.Printer.Show(
            await call.Client.Tracks.UnreadableAsync(limit: call.Get(limit), ct: ct),
            CliJson.Answers.UnreadablePage,
            page => call.Printer.Table(["file", "reason"], page.Files.Select(file => new[] { file.Path, file.Reason }), "every file could be read")));
        return command;
    }

    private static void Show(Call call, ScanState scan) => call.Printer.Show(scan, CliJson.Answers.ScanState, now => call.Printer.Line(Words(now)));

    private static string Words(ScanState scan) =>
        $"{(scan.Running ? $"{scan.PhaseNumber}/{scan.Phases} {scan.Phase} {scan.PhaseDone} of {scan.PhaseTotal}" : "done")}  {scan.Done} of {scan.Found} files  {scan.Skipped} unreadable  {scan.Missing} missing"
        + (scan.Problem is { } problem ? $"  {problem}" : "");
}
