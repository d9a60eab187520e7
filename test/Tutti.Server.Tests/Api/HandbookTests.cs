using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Tutti.Server.Access.Accounts;
using Tutti.Server.Tests.Hosting;
using Tutti.Server.Tests.Realtime;

namespace Tutti.Server.Tests.Api;

/// <summary>Runs docs/api.md: what it tells people to type works as typed.</summary>
public sealed partial class HandbookTests(RunningServer server) : IClassFixture<RunningServer>
{
    private static readonly Handbook s_handbook = new("docs/api.md");

    [Fact]
    public async Task Every_line_works_as_typed()
    {
        await server.TracksAsync();
        await using var phone = await SpeakingDevice.JoinAsync(server.Url, "phone-0001");
        await using var kitchen = await SpeakingDevice.JoinAsync(server.Url, "kitchen-01");
        var lines = s_handbook.LinesOf("sh").ToArray();
        Assert.InRange(lines.Count(line => line.Contains("curl ", StringComparison.Ordinal)), 50, 200);
        // Real curl, made to fail on a refusal; -x shows the line that did.
        var (code, output) = await s_handbook.BashAsync(
            $"set -euxo pipefail\nSETUP={server.Services.GetRequiredService<SetUpCode>().Code}\n" + "curl() { command curl --fail-with-body --silent --show-error --max-time 30 \"$@\"; }\n" + string.Join('\n', lines),
            server.Url);
        Assert.True(code == 0, output);
    }

    [Fact]
    public async Task Every_refusal_is_the_one_that_is_told()
    {
        var lines = s_handbook.LinesOf("sh refused").ToArray();
        Assert.NotEmpty(lines);
        foreach (var line in lines)
        {
            var told = Told().Match(line);
            Assert.True(told.Success, line);
            var (_, output) = await s_handbook.BashAsync($"curl() {{ command curl --silent \"$@\"; }}\n{line}", server.Url);
            var problem = JsonNode.Parse(output)!;
            Assert.Equal((told.Groups["code"].Value, told.Groups["name"].Value), (problem["code"]!.ToString(), problem["name"]!.ToString()));
        }
    }

    [Fact]
    public async Task Every_operation_has_a_line()
    {
        var api = (await (await server.GetAsync("/openapi/v1.json")).JsonAsync())["paths"]!.AsObject();
        var typed = s_handbook.LinesOf("sh").SelectMany(line => Call().Matches(line))
            .Select(call => $"{(call.Groups["method"] is { Success: true } method ? method.Value : "GET")} {call.Groups["path"].Value}").ToArray();
        foreach (var (path, item) in api.Where(entry => !entry.Key.StartsWith("/media/", StringComparison.Ordinal)))
        {
            foreach (var method in item!.AsObject().Select(operation => operation.Key.ToUpperInvariant()))
            {
                var pattern = new Regex($"^{method} {Parameter().Replace(path, "[^/]+")}$");
                Assert.True(typed.Any(pattern.IsMatch), $"docs/api.md has no line for {method} {path}");
            }
        }
    }

    [GeneratedRegex(@"curl (-X (?<method>[A-Z]+) )?[^|]*?http://localhost:3000(?<path>/[^ ?')|]*)")]
    private static partial Regex Call();

    [GeneratedRegex("# (?<code>[0-9]{4}) (?<name>[a-zA-Z]+)$")]
    private static partial Regex Told();

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameter();
}
