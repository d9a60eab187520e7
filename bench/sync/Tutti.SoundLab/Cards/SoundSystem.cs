using Tutti.SoundLab.Analysis;
using Tutti.SoundLab.Machine;

namespace Tutti.SoundLab.Cards;

/// <summary>
/// A sound server of our own with one stereo output per player, and the recording of them all. Nothing of the machine's own sound is touched:
/// socket, settings and runtime files are in a folder that goes when this is disposed.
/// </summary>
public abstract class SoundSystem : IAsyncDisposable
{
    private static readonly TimeSpan s_startLimit = TimeSpan.FromSeconds(10);
    private OwnedProcess? _daemon;

    private protected SoundSystem(string folder) => Folder = folder;

    /// <summary>Scratch folder of this run.</summary>
    public string Folder { get; }

    private string Socket => Path.Combine(Folder, "pulse.sock");

    /// <summary>A sound card each: what separate devices are. One clock error a player, ppm of 48 kHz.</summary>
    /// <param name="longest">Longest recording; its memory is taken at once, 23 MB a minute and player.</param>
    public static async Task<SoundSystem> WithCardEachAsync(
        string folder, IReadOnlyList<double> crystalsPpm, TimeSpan longest, CancellationToken cancellation)
    {
        CardEach system = new(folder, crystalsPpm);
        return await system.StartedAsync(() => system.StartCardsAsync(longest, cancellation), cancellation);
    }

    /// <summary>One sound card that all players share. It flatters: players that start within one block of it land on the same sample.</summary>
    public static async Task<SoundSystem> WithOneCardAsync(string folder, int players, CancellationToken cancellation)
    {
        OneCard system = new(folder, players);
        return await system.StartedAsync(system.StartRecorderAsync, cancellation);
    }

    /// <summary>Outputs for players that nobody listens to.</summary>
    public static Task<SoundSystem> UnheardAsync(string folder, int players, CancellationToken cancellation) =>
        new OneCard(folder, players).StartedAsync(() => Task.CompletedTask, cancellation);

    /// <summary>What binds a player to its output. Players are numbered from 0.</summary>
    public Dictionary<string, string> Environment(int player) => new(ServerEnvironment) { ["PULSE_SINK"] = Sink(player) };

    /// <summary>How well the cards themselves ran; complete after <see cref="StopAsync"/>.</summary>
    public abstract string Health { get; }

    /// <summary>Ends the recording.</summary>
    public abstract Task<Recording> StopAsync(CancellationToken cancellation);

    public virtual async ValueTask DisposeAsync()
    {
        if (_daemon is not null)
        {
            await _daemon.DisposeAsync();
        }

        Directory.Delete(Folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    private protected bool ServerIsRealtime { get; private set; }

    private protected static string Sink(int player) => $"player{player + 1}";

    private protected Dictionary<string, string> ServerEnvironment => new()
    {
        ["PULSE_SERVER"] = $"unix:{Socket}",
        ["PULSE_RUNTIME_PATH"] = Path.Combine(Folder, "pulse"),
        ["XDG_RUNTIME_DIR"] = Folder,
        ["HOME"] = Path.Combine(Folder, "home"),
    };

    private protected abstract IEnumerable<string> Modules { get; }

    private async Task<SoundSystem> StartedAsync(Func<Task> startRecording, CancellationToken cancellation)
    {
        try
        {
            await StartDaemonAsync(cancellation);
            await startRecording();
            return this;
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    private async Task StartDaemonAsync(CancellationToken cancellation)
    {
        Directory.CreateDirectory(Folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Directory.CreateDirectory(Path.Combine(Folder, "pulse"));
        Directory.CreateDirectory(Path.Combine(Folder, "home"));

        // Players open their streams at the daemon's own rate: at its usual 44,100 everything would be resampled.
        var settings = Path.Combine(Folder, "daemon.conf");
        await File.WriteAllTextAsync(
            settings, "default-sample-rate = 48000\nalternate-sample-rate = 48000\ndefault-sample-format = float32le\n", cancellation);
        string[] command =
        [
            "pulseaudio", "-n", "--daemonize=no", "--system=false", "--use-pid-file=no", "--exit-idle-time=-1", "--realtime=yes",
            "--high-priority=yes", "--disallow-module-loading=yes", "--log-target=stderr",
            "-L", $"module-native-protocol-unix auth-anonymous=1 socket={Socket}",
            .. Modules.SelectMany(module => (string[])["-L", module]),
        ];
        _daemon = await OwnedProcess.StartAsync(
            "pulseaudio", command, Path.Combine(Folder, "pulseaudio.log"),
            new Dictionary<string, string>(ServerEnvironment) { ["PULSE_CONFIG"] = settings });
        _daemon.LogOutput();
        await Until.TrueAsync(
            "PulseAudio answers", s_startLimit,
            async () => !_daemon.HasExited ? await AnswersAsync(cancellation) : throw new InvalidOperationException(
                $"PulseAudio ended: {await File.ReadAllTextAsync(Path.Combine(Folder, "pulseaudio.log"), cancellation)}"),
            cancellation);
        // Its threads that feed real cards run so by themselves (realtime-scheduling in its daemon.conf); those of simulated ones do not ask for it.
        ServerIsRealtime = RealTime.Raise(_daemon.Id, RealTime.Shared);
    }

    private async ValueTask<bool> AnswersAsync(CancellationToken cancellation)
    {
        if (!File.Exists(Socket))
        {
            return false;
        }

        await using var ask = await OwnedProcess.StartAsync("pactl", ["pactl", "info"], Path.Combine(Folder, "pactl.log"), ServerEnvironment);
        return (await ask.Output.ReadToEndAsync(cancellation)).Contains("Server Name", StringComparison.Ordinal);
    }
}
