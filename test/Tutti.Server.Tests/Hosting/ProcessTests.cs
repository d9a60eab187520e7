using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Tutti.Server.Hosting;

namespace Tutti.Server.Tests.Hosting;

/// <summary>The server as a process: what it says and how it ends when it does not start.</summary>
public sealed class ProcessTests
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData("--Tutti:Sync:LeadFloorMs=5000", "tutti: Tutti:Sync:LeadFloorMs = 5000 is refused; it accepts 0 to 1000 ms.")]
    [InlineData("--Tutti:Sync:Typo=1", "tutti: there is no option Tutti:Sync:Typo; docs/operations.md lists them all.")]
    [InlineData("--Tutti:Http:Host=nowhere", "tutti: Tutti:Http:Host = nowhere is refused; it accepts an IP address, or localhost.")]
    [InlineData("--prot=1", "tutti: there is no option --prot; --help lists them.")]
    public async Task A_refused_setting_ends_it_with_2_and_one_line(string argument, string line)
    {
        var (code, output, errors) = await RunAsync(argument);
        Assert.Equal((2, "", line), (code, output, errors.TrimEnd()));
    }

    [Fact]
    public async Task A_port_in_use_ends_it_with_1_and_one_line()
    {
        using var taken = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        taken.Listen();
        var port = ((IPEndPoint)taken.LocalEndPoint!).Port;
        var data = Directory.CreateTempSubdirectory("tutti-process").FullName;
        var (code, _, errors) = await RunAsync("--host=127.0.0.1", $"--port={port}", $"--data={data}", $"--music={data}", "--Logging:LogLevel:Default=None");
        Assert.Equal((1, $"tutti: port {port} is in use by another program; choose another with --port."), (code, errors.TrimEnd()));
        Directory.Delete(data, recursive: true);
    }

    [Fact]
    public async Task Help_is_printed()
    {
        var (code, output, errors) = await RunAsync("--help");
        Assert.Equal((0, CommandLine.HelpText, ""), (code, output, errors));
    }

    private static async Task<(int Code, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(s_limit);
        var start = new ProcessStartInfo("dotnet", [typeof(Program).Assembly.Location, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var errors = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return (process.ExitCode, await output, await errors);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }
}
