using System.Runtime.InteropServices;
using Tutti.SoundLab.Analysis;
using Tutti.SoundLab.Machine;
using Tutti.SoundLab.Signals;

namespace Tutti.SoundLab.Cards;

/// <summary>All players on one null sink, a pair of its channels each, recorded from its monitor.</summary>
internal sealed class OneCard(string folder, int players) : SoundSystem(folder)
{
    private const string Mix = "mix";
    private OwnedProcess? _recorder;

    private string RecordingPath => Path.Combine(Folder, "mix.raw");

    private string Channels => string.Join(',', Enumerable.Range(0, 2 * players).Select(channel => $"aux{channel}"));

    // norewinds: at most 50 ms of buffer, as a sound card has, and a monitor without gaps.
    private protected override IEnumerable<string> Modules =>
    [
        $"module-null-sink sink_name={Mix} rate={TestTrack.SampleRate} channels={2 * players} format=float32le channel_map={Channels} norewinds=1",
        .. Enumerable.Range(0, players).Select(player =>
            $"module-remap-sink sink_name={Sink(player)} master={Mix} rate={TestTrack.SampleRate} channels=2 format=float32le "
            + $"channel_map=front-left,front-right master_channel_map=aux{2 * player},aux{2 * player + 1} remix=no"),
    ];

    public override string Health => $"one card: PulseAudio's null sink, {(ServerIsRealtime ? "in real time" : "NOT permitted to run in real time")}";

    public async Task StartRecorderAsync()
    {
        string[] command =
        [
            "parec", "--raw", "-d", $"{Mix}.monitor", "--format=float32le", $"--rate={TestTrack.SampleRate}", $"--channels={2 * players}",
            "--latency-msec=20", "--no-remap", "--no-remix", RecordingPath,
        ];
        _recorder = await OwnedProcess.StartAsync("parec", command, Path.Combine(Folder, "parec.log"), ServerEnvironment);
        await Until.TrueAsync(
            "the recorder records", TimeSpan.FromSeconds(10),
            () => ValueTask.FromResult(File.Exists(RecordingPath) && new FileInfo(RecordingPath).Length > 0), CancellationToken.None);
    }

    public override async Task<Recording> StopAsync(CancellationToken cancellation)
    {
        await _recorder!.DisposeAsync();
        _recorder = null;
        var mix = MemoryMarshal.Cast<byte, float>(await File.ReadAllBytesAsync(RecordingPath, cancellation)).ToArray();
        var length = mix.Length / (2 * players);
        var sounds = new float[players][];
        for (var player = 0; player < players; player++)
        {
            sounds[player] = new float[length];
            for (var i = 0; i < length; i++)
            {
                var frame = (i * players + player) * 2;
                sounds[player][i] = (mix[frame] + mix[frame + 1]) / 2;
            }
        }

        return new Recording(sounds, StartMonotonicNanos: null);
    }

    public override async ValueTask DisposeAsync()
    {
        if (_recorder is not null)
        {
            await _recorder.DisposeAsync();
        }

        await base.DisposeAsync();
    }
}
