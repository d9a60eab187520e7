using System.Globalization;
using System.Runtime.InteropServices;
using Tutti.SoundLab.Analysis;
using Tutti.SoundLab.Machine;
using Tutti.SoundLab.Signals;

namespace Tutti.SoundLab.Cards;

/// <summary>Every player has a card of its own (<see cref="CardLoop"/>): block phases and crystals differ as on separate devices.</summary>
internal sealed class CardEach(string folder, IReadOnlyList<double> crystalsPpm) : SoundSystem(folder)
{
    private OwnedProcess? _cards;
    private long _startMonotonicNanos;
    private bool _realtime;
    private double _latestTickMs = double.NaN;

    // 32-bit float: PulseAudio fills a pipe 4096 bytes at a time, which is 512 frames, a usual card's period.
    private protected override IEnumerable<string> Modules => crystalsPpm.Select((_, player) =>
        $"module-pipe-sink sink_name={Sink(player)} file={Fifo(player)} format=float32le rate={TestTrack.SampleRate} channels=2");

    public override string Health =>
        $"the cards {(_realtime && ServerIsRealtime ? "ran above all ordinary threads" : "were NOT permitted to run above ordinary threads")}; their latest 1 ms tick was {_latestTickMs:0.00} ms late";

    public async Task StartCardsAsync(TimeSpan longest, CancellationToken cancellation)
    {
        string[] command =
        [
            "dotnet", typeof(CardEach).Assembly.Location, CardCommand, Folder, $"{Math.Ceiling(longest.TotalSeconds)}",
            .. crystalsPpm.SelectMany((ppm, player) => (string[])[Fifo(player), ppm.ToString(CultureInfo.InvariantCulture)]),
        ];
        Dictionary<string, string> environment = new() { ["DOTNET_gcConcurrent"] = "0", ["DOTNET_TieredCompilation"] = "0" };
        _cards = await OwnedProcess.StartAsync("cards", command, Path.Combine(Folder, "cards.log"), environment);
        var ready = (await _cards.Output.ReadLineAsync(cancellation) ?? "").Split(' ');
        if (ready is not ["ready", var start, var realtime])
        {
            throw new InvalidOperationException($"the cards did not start: {await File.ReadAllTextAsync(Path.Combine(Folder, "cards.log"), cancellation)}");
        }

        _startMonotonicNanos = long.Parse(start, CultureInfo.InvariantCulture);
        _realtime = bool.Parse(realtime);
    }

    internal const string CardCommand = "cards-child";

    public override async Task<Recording> StopAsync(CancellationToken cancellation)
    {
        await _cards!.FinishAsync(cancellation);
        var late = (await _cards.Output.ReadLineAsync(cancellation) ?? "").Split(' ');
        _latestTickMs = late is ["late", var nanos, ..] ? double.Parse(nanos, CultureInfo.InvariantCulture) / 1e6 : double.NaN;
        var raw = crystalsPpm.Select((_, player) => Mono(Path.Combine(Folder, $"card{player + 1}.raw"))).ToArray();
        var length = raw.Min(sound => sound.Length) - TestTrack.SampleRate / 100;
        return new Recording(
            [.. raw.Zip(crystalsPpm, (sound, ppm) => WindowedSinc.Resample(sound, 0, 1 + ppm / 1e6, length))], _startMonotonicNanos)
        {
            Holds = [.. late.Skip(2).Where(hold => hold.Length > 0).Select(AsHold)],
        };
    }

    private static Hold AsHold(string told)
    {
        long[] parts = [.. told.Split(':').Select(part => long.Parse(part, CultureInfo.InvariantCulture))];
        return parts is [var sinceStart, var lateNanos, var processor]
            ? new Hold((int)(sinceStart * (TestTrack.SampleRate / 1e9)), lateNanos / 1e6, (int)processor)
            : throw new FormatException($"the cards told of a hold as {told}");
    }

    public override async ValueTask DisposeAsync()
    {
        if (_cards is not null)
        {
            await _cards.DisposeAsync();
        }

        await base.DisposeAsync();
    }

    private string Fifo(int player) => Path.Combine(Folder, $"card{player + 1}.fifo");

    private static float[] Mono(string path)
    {
        var stereo = MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(path));
        var mono = new float[stereo.Length / 2];
        for (var i = 0; i < mono.Length; i++)
        {
            mono[i] = (stereo[2 * i] + stereo[2 * i + 1]) / 2;
        }

        return mono;
    }
}
