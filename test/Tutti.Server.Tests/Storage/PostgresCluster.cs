using System.Diagnostics;
using Npgsql;
using Tutti.Server.Tests.Hosting;
using Tutti.Server.Tests.Storage;

[assembly: AssemblyFixture(typeof(PostgresCluster))]

namespace Tutti.Server.Tests.Storage;

/// <summary>A PostgreSQL of these tests' own, started by whoever needs it first and gone with the test process, however that ends.</summary>
public sealed class PostgresCluster : IDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(60);
    private readonly Lazy<Task<string>> _started;
    private Process? _process;
    private int _databases;

    public PostgresCluster() => _started = new(StartAsync);

    /// <summary>Makes an empty database and gives its connection string.</summary>
    public async Task<string> NewDatabaseAsync()
    {
        var server = new NpgsqlConnectionStringBuilder(await _started.Value);
        var name = $"test{Interlocked.Increment(ref _databases)}";
        await using var connection = new NpgsqlConnection(server.ToString());
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand($"CREATE DATABASE {name}", connection);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        server.Database = name;
        server.MaxPoolSize = 20;
        return server.ToString();
    }

    public void Dispose()
    {
        if (_process is not null)
        {
            NpgsqlConnection.ClearAllPools();
            // The end of its input is the sign to stop.
            _process.StandardInput.Close();
            _process.WaitForExit(s_limit);
            _process.Dispose();
        }
    }

    private async Task<string> StartAsync()
    {
        _process = Process.Start(new ProcessStartInfo("bash", [Repository.Find("scripts/postgres.sh")])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        using var limit = new CancellationTokenSource(s_limit);
        return await _process.StandardOutput.ReadLineAsync(limit.Token) is { Length: > 0 } connectionString
            ? connectionString
            : throw new InvalidOperationException($"PostgreSQL did not start: {await _process.StandardError.ReadToEndAsync(limit.Token)}");
    }
}
