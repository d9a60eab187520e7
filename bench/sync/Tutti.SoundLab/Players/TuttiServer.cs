using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Tutti.SoundLab.Machine;

namespace Tutti.SoundLab.Players;

/// <summary>What a server under test is started from. Nothing is built here.</summary>
/// <param name="Dll">Tutti.Server.dll.</param>
/// <param name="WebRoot">The built web app.</param>
/// <param name="Port">0: any free one.</param>
public sealed record ServerFiles(string Dll, string WebRoot, int Port = 0)
{
    /// <summary>
    /// The ones of the repository that <paramref name="start"/> lies in: the server in the configuration that the path names, else the newest.
    /// </summary>
    /// <exception cref="FileNotFoundException">Not built yet; the message says how to.</exception>
    public static ServerFiles InRepositoryOf(string start)
    {
        var root = new DirectoryInfo(start);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "Tutti.slnx")))
        {
            root = root.Parent;
        }

        var source = Path.Combine(root?.FullName ?? throw new FileNotFoundException($"no Tutti.slnx above {start}"), "src");
        var dll = Published(root.FullName, source) ?? Built(Path.Combine(source, "Tutti.Server", "bin"), start);
        var web = Path.Combine(root.FullName, "web", "player", "dist");
        return dll is not null && Directory.Exists(web)
            ? new ServerFiles(dll.FullName, web)
            : throw new FileNotFoundException($"server or web app are not built under {root.FullName}: run ./run.sh --build-only");
    }

    /// <summary>What <c>./run.sh</c> starts, compiled ahead of time as users have it; null when it was not made of the sources as they are.</summary>
    private static FileInfo? Published(string root, string source)
    {
        DirectoryInfo folder = new(Path.Combine(root, ".tutti", "server"));
        var newest = folder.Exists ? folder.EnumerateFiles("Tutti.Server.dll", SearchOption.AllDirectories).MaxBy(file => file.LastWriteTimeUtc) : null;
        return newest is not null && Directory.EnumerateFiles(source, "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Contains("/obj/", StringComparison.Ordinal))
            .All(path => File.GetLastWriteTimeUtc(path) <= newest.LastWriteTimeUtc)
            ? newest
            : null;
    }

    private static FileInfo? Built(string bin, string start) => Directory.Exists(bin)
        ? new DirectoryInfo(bin).EnumerateFiles("Tutti.Server.dll", SearchOption.AllDirectories)
            .OrderBy(file => start.Contains($"/{Path.GetRelativePath(bin, file.FullName).Split('/')[0]}/", StringComparison.Ordinal))
            .ThenBy(file => file.LastWriteTimeUtc)
            .LastOrDefault()
        : null;
}

/// <summary>A Tutti server of our own, with its own music and data.</summary>
public sealed class TuttiServer : IAsyncDisposable
{
    private static readonly TimeSpan s_startLimit = TimeSpan.FromSeconds(30);
    private readonly ServerFiles _files;
    private readonly string _musicFolder;
    private readonly string _dataFolder;
    private readonly string _logPath;
    private readonly string[] _settings;
    private OwnedProcess? _process;

    private TuttiServer(ServerFiles files, string musicFolder, string dataFolder, string logPath, string[] settings)
    {
        (_files, _musicFolder, _dataFolder, _logPath, _settings) = (files, musicFolder, dataFolder, logPath, settings);
        Port = files.Port == 0 ? FreePort() : files.Port;
        Http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{Port}/") };
    }

    public int Port { get; }

    public HttpClient Http { get; }

    /// <summary>Everything that the server wrote to its log.</summary>
    public string Log => File.Exists(_logPath) ? File.ReadAllText(_logPath) : "";

    /// <param name="settings">Further arguments of the command line.</param>
    public static async Task<TuttiServer> StartAsync(
        ServerFiles files, string musicFolder, string dataFolder, string logPath, CancellationToken cancellation, params string[] settings)
    {
        TuttiServer server = new(files, musicFolder, dataFolder, logPath, settings);
        try
        {
            await server.StartAsync(cancellation);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts it again, on the same port and data, after <see cref="KillAsync"/>.</summary>
    public async Task StartAsync(CancellationToken cancellation)
    {
        string[] command =
        [
            "dotnet", _files.Dll, "--port", Port.ToString(CultureInfo.InvariantCulture), "--music", _musicFolder, "--data", _dataFolder, .. _settings,
        ];
        _process = (await OwnedProcess.StartAsync(
            "server", command, _logPath, new Dictionary<string, string> { ["Tutti__Http__WebRoot"] = _files.WebRoot })).LogOutput();
        await Until.TrueAsync(
            "the server is ready", s_startLimit,
            async () => _process.HasExited ? throw new InvalidOperationException($"the server ended: {Log}") : await IsReadyAsync(cancellation),
            cancellation);
    }

    /// <summary>Ends it as a power cut does.</summary>
    public async Task KillAsync(CancellationToken cancellation)
    {
        _process!.Signal(Libc.SignalKill);
        await Until.TrueAsync(
            "the killed server is gone", s_startLimit, () => ValueTask.FromResult(_process.HasExited), cancellation);
        await _process.DisposeAsync();
        _process = null;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }
    }

    private async ValueTask<bool> IsReadyAsync(CancellationToken cancellation)
    {
        try
        {
            using var answer = await Http.GetAsync("health/ready", cancellation);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
