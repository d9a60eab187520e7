using System.CommandLine;
using Tutti.SoundLab.Cases;
using Tutti.SoundLab.Players;

namespace Tutti.SoundLab;

/// <summary>One command for each case, and one for all of them.</summary>
internal static class CaseCommands
{
    private static readonly ICase[] Cases = [.. TogetherCase.All, new StallCase(), new JoinCase(), new PlayLatencyCase(), new ControlLatencyCase()];

    private static readonly Option<string?> ServerDll = new("--server-dll") { Description = "Tutti.Server.dll; default: the newest build in this repository" };
    private static readonly Option<string?> WebRoot = new("--web-root") { Description = "The built web app; default: web/player/dist" };
    private static readonly Option<int> Port = new("--port") { Description = "Port of the server under test; 0: a free one" };
    private static readonly Option<double?> Seconds = new("--seconds") { Description = "Judged time; default: the case's own" };
    private static readonly Option<double> Settle = new("--settle") { Description = "Seconds after the last first sound that are not judged", DefaultValueFactory = _ => 3 };
    private static readonly Option<string> Out = new("--out") { Description = "Folder for the results as JSON", DefaultValueFactory = _ => "soundlab-results" };
    private static readonly Option<string?> Keep = new("--keep") { Description = "Keep the recording as this WAV file" };
    private static readonly Option<bool> Snapcast = new("--with-snapcast") { Description = "Measure Snapcast in the same seats too (cards, crystals, jitter)" };

    public static IEnumerable<Command> All()
    {
        foreach (var one in Cases)
        {
            yield return Make(one.Name, one.What, [one]);
        }

        yield return Make("all", "Every case, one after the other.", Cases);
    }

    private static Command Make(string name, string what, ICase[] cases)
    {
        Command command = new(name, what) { ServerDll, WebRoot, Port, Seconds, Settle, Out, Keep, Snapcast };
        command.SetAction((parsed, cancellation) => RunAsync(cases, parsed, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(ICase[] cases, ParseResult parsed, CancellationToken cancellation)
    {
        var dll = parsed.GetValue(ServerDll);
        var web = parsed.GetValue(WebRoot);
        var files = dll is not null && web is not null ? new ServerFiles(dll, web) : ServerFiles.InRepositoryOf(AppContext.BaseDirectory);
        files = files with { Dll = Path.GetFullPath(dll ?? files.Dll), WebRoot = Path.GetFullPath(web ?? files.WebRoot), Port = parsed.GetValue(Port) };
        var good = true;
        foreach (var one in cases)
        {
            using Scratch scratch = new();
            CaseRun run = new(
                files, scratch.Path, parsed.GetValue(Seconds) ?? one.UsualSeconds, parsed.GetValue(Settle), parsed.GetValue(Snapcast),
                parsed.GetValue(Keep), cancellation);
            var result = await one.RunAsync(run);
            result.Print(Console.Out);
            result.Save(parsed.GetValue(Out)!);
            good &= result.Quiet && result.Figures.All(figure => figure.Within != false);
        }

        return good ? 0 : 1;
    }
}
