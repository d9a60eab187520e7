using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using Tutti.Server.Tests.Hosting;

namespace Tutti.Server.Tests.Api;

/// <summary>A page of the documentation whose code blocks can be run.</summary>
internal sealed partial class Handbook(string path)
{
    private const string Address = "http://localhost:3000";

    /// <summary>How long a script may say nothing. A whole one takes as long as the machine lets it: it starts a program for each of its lines, and says each line.</summary>
    private static readonly TimeSpan s_longestSilence = TimeSpan.FromSeconds(60);

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
        limit.CancelAfter(s_longestSilence);
        var folder = Directory.CreateTempSubdirectory("tutti-handbook");
        var start = new ProcessStartInfo("bash", ["-c", script.Replace(Address, server.GetLeftPart(UriPartial.Authority))])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder.FullName,
        };
        using var bash = Process.Start(start)!;
        var output = bash.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var errors = ErrorsAsync(bash, () => limit.CancelAfter(s_longestSilence));
        try
        {
            await bash.WaitForExitAsync(limit.Token);
            return (bash.ExitCode, await output + await errors);
        }
        catch (OperationCanceledException) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
        {
            bash.Kill(entireProcessTree: true);
            throw new TimeoutException($"A script said nothing for {s_longestSilence.TotalSeconds} s, having come to this: {await output}{await errors}");
        }
        finally
        {
            bash.Kill(entireProcessTree: true);
            folder.Delete(recursive: true);
        }
    }

    private static async Task<string> ErrorsAsync(Process process, Action onLine)
    {
        var all = new StringBuilder();
        while (await process.StandardError.ReadLineAsync() is { } line)
        {
            all.Append(line).Append('\n');
            onLine();
        }
        return all.ToString();
    }

    [GeneratedRegex("^```(?<kind>[^\n]*)\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
