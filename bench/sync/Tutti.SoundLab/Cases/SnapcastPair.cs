using Tutti.SoundLab.Cards;
using Tutti.SoundLab.Machine;
using Tutti.SoundLab.Network;
using Tutti.SoundLab.Players;
using Tutti.SoundLab.Signals;

namespace Tutti.SoundLab.Cases;

/// <summary>Snapcast as Debian ships it (FLAC, a buffer of 1 s), in the same seats and on the same track, so that ratios come from one run.</summary>
internal static class SnapcastPair
{
    private const int StreamPort = 21_704, ControlPort = 21_705, HttpPort = 21_780;

    // Its own way of settling takes that long; what it does before is not held against it.
    private const double SettleSeconds = 10;

    public static async Task<Figure> MeasureAsync(CaseRun run, IReadOnlyList<Seat> seats, TestTrack track)
    {
        var folder = Directory.CreateDirectory(Path.Combine(run.Scratch, "snapcast")).FullName;
        var pcm = Path.Combine(folder, "track.pcm");
        await File.WriteAllBytesAsync(pcm, track.StereoPcm(), run.Cancellation);
        Stack<IAsyncDisposable> parts = [];
        try
        {
            var sound = await SoundSystem.WithCardEachAsync(
                Path.Combine(run.Scratch, "snapcast-sound"), [.. seats.Select(seat => seat.CrystalPpm)], run.Longest, run.Cancellation);
            parts.Push(sound);
            var link = seats.FirstOrDefault(seat => seat.Link is not null)?.Link is { } shape
                ? await SlowLink.OpenAsync(shape, folder, run.Cancellation) : null;
            if (link is not null)
            {
                parts.Push(link);
            }

            parts.Push(await StartServerAsync(folder, pcm, run));
            for (var i = 0; i < seats.Count; i++)
            {
                parts.Push(await StartClientAsync(run, i, seats[i].Link is null ? null : link, sound, folder));
            }

            await run.WaitAsync(run.Seconds + SettleSeconds + 4);
            var recording = await sound.StopAsync(run.Cancellation);
            return Figure.Of("Snapcast, the same seats", TogetherCase.Judge(recording, track, run with { SettleSeconds = SettleSeconds }).Pairs[0].ByTrack, null);
        }
        finally
        {
            while (parts.TryPop(out var part))
            {
                await part.DisposeAsync();
            }
        }
    }

    private static async Task<OwnedProcess> StartServerAsync(string folder, string pcm, CaseRun run)
    {
        var settings = Path.Combine(folder, "snapserver.conf");
        await File.WriteAllTextAsync(
            settings,
            $"""
             [server]
             datadir = {folder}
             [http]
             bind_to_address = 127.0.0.1
             port = {HttpPort}
             [tcp]
             bind_to_address = 127.0.0.1
             port = {ControlPort}
             [stream]
             port = {StreamPort}
             buffer = 1000
             codec = flac
             source = file://{pcm}?name=lab&sampleformat=48000:16:2
             """,
            run.Cancellation);
        var server = await OwnedProcess.StartAsync(
            "snapserver", ["snapserver", "-c", settings], Path.Combine(folder, "snapserver.log"), new Dictionary<string, string> { ["HOME"] = folder });
        await run.WaitAsync(1);
        return server.LogOutput();
    }

    private static async Task<OwnedProcess> StartClientAsync(CaseRun run, int player, SlowLink? link, SoundSystem sound, string folder)
    {
        string[] command =
        [
            .. link?.Enter ?? [], "snapclient", "-h", link?.ServerAddress ?? "127.0.0.1", "-p", $"{StreamPort}", "--player", "pulse",
            "--hostID", $"lab{player}", "-i", $"{player + 1}", "--logsink", "stdout",
        ];
        // As the browsers' own (RealTime): what feeds the card goes before what computes.
        var client = await OwnedProcess.StartAsync("snapclient", command, Path.Combine(folder, $"snapclient{player + 1}.log"), sound.Environment(player));
        if (!run.OrdinaryFeeders)
        {
            RealTime.Raise(client.Id, RealTime.Feeder);
        }

        return client.LogOutput();
    }
}
