using System.CommandLine;
using Tutti.SoundLab.Cases;
using Tutti.SoundLab.Players;

namespace Tutti.SoundLab;

/// <summary>One command for each case, and one for all of them.</summary>
internal static class CaseCommands
{
    private static readonly ICase[] s_cases = [.. TogetherCase.All, new AlbumCase(), new StallCase(), new JoinCase(), new PlayLatencyCase(), new ControlLatencyCase(), new HandOverCase(), new CrossfadeCase(), new RadioCase()];

    private static readonly Option<string?> s_serverDll = new("--server-dll") { Description = "Tutti.Server.dll; default: the newest build in this repository" };
    private static readonly Option<string?> s_webRoot = new("--web-root") { Description = "The built web app; default: web/player/dist" };
    private static readonly Option<int> s_port = new("--port") { Description = "Port of the server under test; 0: a free one" };
    private static readonly Option<double?> s_seconds = new("--seconds") { Description = "Judged time; default: the case's own" };
    private static readonly Option<double> s_settle = new("--settle") { Description = "Seconds after the last first sound that are not judged", DefaultValueFactory = _ => 3 };
    private static readonly Option<string> s_out = new("--out") { Description = "Folder for the results as JSON", DefaultValueFactory = _ => "soundlab-results" };
    private static readonly Option<string?> s_keep = new("--keep") { Description = "Keep the recording as this WAV file" };
    private static readonly Option<bool> s_snapcast = new("--with-snapcast") { Description = "Measure Snapcast in the same seats too (cards, crystals, jitter)" };

    private static readonly Option<bool> s_ordinaryFeeders = new("--ordinary-feeders")
    {
        Description = "Players' sound processes take their turn with all that computes on this machine, instead of going before it",
    };

    public static IEnumerable<Command> All()
    {
        foreach (var one in s_cases)
        {
            yield return Make(one.Name, one.What, [one]);
        }

        yield return Make("all", "Every case, one after the other.", s_cases);
    }

    private static Command Make(string name, string what, ICase[] cases)
    {
        Command command = new(name, what) { s_serverDll, s_webRoot, s_port, s_seconds, s_settle, s_out, s_keep, s_snapcast, s_ordinaryFeeders };
        command.SetAction((parsed, cancellation) => RunAsync(cases, parsed, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(ICase[] cases, ParseResult parsed, CancellationToken cancellation)
    {
        var dll = parsed.GetValue(s_serverDll);
        var web = parsed.GetValue(s_webRoot);
        var files = dll is not null && web is not null ? new ServerFiles(dll, web) : ServerFiles.InRepositoryOf(AppContext.BaseDirectory);
        files = files with { Dll = Path.GetFullPath(dll ?? files.Dll), WebRoot = Path.GetFullPath(web ?? files.WebRoot), Port = parsed.GetValue(s_port) };
        var good = true;
        foreach (var one in cases)
        {
            using Scratch scratch = new();
            CaseRun run = new(
                files, scratch.Path, parsed.GetValue(s_seconds) ?? one.UsualSeconds, parsed.GetValue(s_settle), parsed.GetValue(s_snapcast),
                parsed.GetValue(s_ordinaryFeeders), parsed.GetValue(s_keep), cancellation);
            var result = await RunKeepingLogsAsync(one, run, Path.Combine(parsed.GetValue(s_out)!, $"{one.Name}-logs"));
            result.Print(Console.Out);
            result.Save(parsed.GetValue(s_out)!);
            good &= result.Quiet && result.Figures.All(figure => figure.Within != false);
        }

        return good ? 0 : 1;
    }

    /// <summary>When a case breaks, what its processes wrote is worth more than what it threw.</summary>
    private static async Task<CaseResult> RunKeepingLogsAsync(ICase one, CaseRun run, string folder)
    {
        try
        {
            return await one.RunAsync(run);
        }
        catch
        {
            Directory.CreateDirectory(folder);
            foreach (var log in Directory.EnumerateFiles(run.Scratch, "*.log", SearchOption.AllDirectories))
            {
                File.Copy(log, Path.Combine(folder, Path.GetFileName(log)), overwrite: true);
            }

            await Console.Error.WriteLineAsync($"{one.Name} broke; the logs of its processes are in {folder}");
            throw;
        }
    }
}
