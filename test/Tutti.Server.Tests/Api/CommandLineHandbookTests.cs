using Microsoft.Extensions.DependencyInjection;
using Tutti.Client;
using Tutti.Server.Access.Accounts;
using Tutti.Server.Tests.Hosting;
using Tutti.Server.Tests.Realtime;

namespace Tutti.Server.Tests.Api;

/// <summary>Runs docs/cli.md: what it tells people to type works as typed, with the real program.</summary>
public sealed class CommandLineHandbookTests(RunningServer server) : IClassFixture<RunningServer>
{
    private static readonly Handbook s_handbook = new("docs/cli.md");

    [Fact]
    public async Task Every_line_works_as_typed()
    {
        await server.TracksAsync();
        using var client = new TuttiClient(server.Url);
        await client.Account.SetUpAsync(server.Services.GetRequiredService<SetUpCode>().Code!, "Ann", "correct horse battery", TestContext.Current.CancellationToken);
        await client.Account.SignUpAsync("Bob", "staple of the nine", ct: TestContext.Current.CancellationToken);
        await using var phone = await SpeakingDevice.JoinAsync(server.Url, "phone-0001", name: "Phone");
        await using var kitchen = await SpeakingDevice.JoinAsync(server.Url, "kitchen-01", name: "Kitchen");
        var lines = s_handbook.LinesOf("sh").ToArray();
        Assert.InRange(lines.Count(line => line.Contains("tutti ", StringComparison.Ordinal)), 40, 150);
        var (code, output) = await s_handbook.BashAsync($"set -euxo pipefail\n{Program}\n{string.Join('\n', lines)}", server.Url);
        Assert.True(code == 0, output);
    }

    [Fact]
    public async Task Every_refusal_has_the_exit_code_and_the_words_that_are_told()
    {
        await server.TracksAsync();
        foreach (var line in s_handbook.LinesOf("sh refused"))
        {
            var told = line[(line.LastIndexOf('#') + 2)..].Split(' ', 2);
            var (code, output) = await s_handbook.BashAsync($"{Program}\nexport TUTTI_SERVER={server.Url}\n{line}", server.Url);
            Assert.True(told[0] == $"{code}" && output.Contains(told[1], StringComparison.Ordinal), $"{line}\n{code}: {output}");
        }
    }

    [Fact]
    public async Task Who_is_named_is_signed_in_whatever_token_is_in_the_environment()
    {
        using var client = new TuttiClient(server.Url);
        var token = (await client.Account.SignUpAsync("Otto", "correct horse battery", ct: TestContext.Current.CancellationToken)).Token;
        await client.Account.SignUpAsync("Lena", "staple of the nine", ct: TestContext.Current.CancellationToken);
        const string Ask = """
            echo 'staple of the nine' | tutti login Lena --password-stdin
            unset TUTTI_TOKEN
            tutti whoami --json | jq -r .caller.name
            tutti logout --json | jq -r .done
            """;
        var (code, output) = await s_handbook.BashAsync($"set -eu\n{Program}\nexport TUTTI_SERVER={server.Url} TUTTI_TOKEN={token}\n{Ask}", server.Url);
        Assert.Equal((0, $"Lena at {server.Url}\nLena\nsigned out of {server.Url}\n"), (code, output));
    }

    [Fact]
    public async Task Bash_completes_commands_and_options()
    {
        const string Ask = """
            source <(tutti completion bash)
            ask() { COMP_LINE="$1" COMP_POINT=${#1} COMP_WORDS=($1) COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _tutti; echo "${COMPREPLY[@]}"; }
            ask 'tutti que'
            ask 'tutti queue rem'
            ask 'tutti queue add --ne'
            """;
        var (code, output) = await s_handbook.BashAsync($"set -eu\n{Program}\n{Ask}", server.Url);
        Assert.Equal((0, "queue\nremove\n--next\n"), (code, output));
    }

    private static string Program => $"tutti() {{ dotnet '{Path.Combine(AppContext.BaseDirectory, "tutti.dll")}' \"$@\"; }}\nexport XDG_CONFIG_HOME=$PWD";
}
