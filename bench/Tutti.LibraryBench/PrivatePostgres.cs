using System.Diagnostics;

namespace Tutti.LibraryBench;

/// <summary>A PostgreSQL of the bench's own (scripts/postgres.sh), gone with it.</summary>
internal sealed class PrivatePostgres : IAsyncDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(60);
    private readonly Process _process;

    private PrivatePostgres(Process process, string connectionString) => (_process, ConnectionString) = (process, connectionString);

    public string ConnectionString { get; }

    public static async Task<PrivatePostgres> StartAsync()
    {
        var process = Process.Start(new ProcessStartInfo("bash", [Path.Combine(Repository(), "scripts", "postgres.sh")]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        using var limit = new CancellationTokenSource(s_limit, TimeProvider.System);
        return await process.StandardOutput.ReadLineAsync(limit.Token) is { Length: > 0 } connectionString
            ? new PrivatePostgres(process, connectionString)
            : throw new InvalidOperationException("PostgreSQL did not start");
    }

    public async ValueTask DisposeAsync()
    {
        // The end of its input is the sign to stop.
        _process.StandardInput.Close();
        using var limit = new CancellationTokenSource(s_limit, TimeProvider.System);
        await _process.WaitForExitAsync(limit.Token);
        _process.Dispose();
    }

    private static string Repository()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Tutti.slnx")))
        {
            folder = Path.GetDirectoryName(folder.TrimEnd('/')) ?? throw new InvalidOperationException("the bench is not in the repository");
        }
        return folder;
    }
}
