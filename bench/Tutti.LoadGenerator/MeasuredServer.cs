using System.Diagnostics;

namespace Tutti.LoadGenerator;

/// <summary>A server of its own on loopback, and what it costs.</summary>
internal sealed class MeasuredServer : IAsyncDisposable
{
    private readonly Process _process;
    private readonly string _folder;

    private MeasuredServer(Process process, string folder, Uri address) => (_process, _folder, Address) = (process, folder, address);

    public Uri Address { get; }

    /// <summary>Processor time that the server has used so far, all cores together.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Memory that it holds now, bytes.</summary>
    public long Memory
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    public static async Task<MeasuredServer> StartAsync(string dll, int port, int rooms, CancellationToken ct)
    {
        var folder = Directory.CreateTempSubdirectory("tutti-load").FullName;
        Directory.CreateDirectory(Path.Combine(folder, "music"));
        var start = new ProcessStartInfo("dotnet",
        [
            dll, "--host", "127.0.0.1", "--port", $"{port}", "--music", Path.Combine(folder, "music"), "--data", Path.Combine(folder, "data"), "--qr", "never",
            $"--Tutti:Sync:MaxRooms={Math.Max(1_000, rooms + 10)}", "--Tutti:Http:ChangesPerSecond=100000", "--Logging:LogLevel:Default=Warning",
        ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var process = Process.Start(start)!;
        // Read, so that it never waits for a full pipe.
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += static (_, line) => Console.Error.WriteLine(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var server = new MeasuredServer(process, folder, new Uri($"http://127.0.0.1:{port}"));
        using var client = new Client.TuttiClient(server.Address);
        while (true)
        {
            try
            {
                await client.ServerAsync(ct);
                return server;
            }
            catch (Client.ServerUnreachableException) when (!process.HasExited)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, ct);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
