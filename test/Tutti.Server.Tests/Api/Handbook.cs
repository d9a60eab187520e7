using System.Diagnostics;
using System.Text.RegularExpressions;
using Tutti.Server.Tests.Hosting;

namespace Tutti.Server.Tests.Api;

/// <summary>A page of the documentation whose code blocks can be run.</summary>
internal sealed partial class Handbook(string path)
{
    private const string Address = "http://localhost:3000";
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(90);
    private readonly string _text = File.ReadAllText(Repository.Find(path));

    /// <summary>The lines of all blocks of a kind.</summary>
    public IEnumerable<string> LinesOf(string kind) =>
        from block in Block().Matches(_text)
        where block.Groups["kind"].Value == kind
        from line in block.Groups["text"].Value.Split('\n')
        where line.Length > 0
        select line;

    /// <summary>Runs a script in a folder of its own, against <paramref name="server"/> in the place of the page's address.</summary>
    public async Task<(int Code, string Output)> BashAsync(string script, Uri server)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(s_limit);
        var folder = Directory.CreateTempSubdirectory("tutti-handbook");
        var start = new ProcessStartInfo("bash", ["-c", script.Replace(Address, server.GetLeftPart(UriPartial.Authority))])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder.FullName,
        };
        using var bash = Process.Start(start)!;
        try
        {
            var output = bash.StandardOutput.ReadToEndAsync(limit.Token);
            var errors = bash.StandardError.ReadToEndAsync(limit.Token);
            await bash.WaitForExitAsync(limit.Token);
            return (bash.ExitCode, await output + await errors);
        }
        finally
        {
            bash.Kill(entireProcessTree: true);
            folder.Delete(recursive: true);
        }
    }

    [GeneratedRegex("^```(?<kind>[^\n]*)\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
