using System.CommandLine;
using System.Threading.Channels;
using Spectre.Console;
using Spectre.Console.Rendering;
using Tutti.Cli.Output;
using Tutti.Client;
using Tutti.Client.Rooms;
using Tutti.Protocol;
using Tutti.Protocol.Rest;
using Tutti.Timing;

namespace Tutti.Cli.Commands;

/// <summary><c>watch</c>: the live room with its devices and their sync errors, until Ctrl-C.</summary>
internal static class WatchCommand
{
    private const double MostSeconds = 86_400;
    private static readonly TimeSpan s_frame = TimeSpan.FromMilliseconds(200);

    public static Command Make(Runner runner)
    {
        var forSeconds = new Option<double?>("--for") { Description = "Ends by itself after this long", HelpName = "SECONDS" };
        var command = new Command("watch", "Shows the live room with each device's sync error, until Ctrl-C") { forSeconds };
        runner.Runs(command, async (call, ct) =>
        {
            var time = TimeProvider.System;
            if (call.Get(forSeconds) is not (null or (>= 0 and <= MostSeconds)))
            {
                throw new UsageException($"--for takes 0 to {MostSeconds} seconds.");
            }

            using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
            var options = new RoomConnectionOptions { Device = new DeviceIdentity(RoomConnectionOptions.NewDeviceId(), "tutti watch", DeviceKind.Control) };
            await using var room = await call.Client.JoinAsync(await CodeAsync(call, ct), options, ct);
            if (call.Get(forSeconds) is { } seconds)
            {
                limit.CancelAfter(TimeSpan.FromSeconds(seconds));
            }

            try
            {
                await (call.Printer is { IsTerminal: true, IsJson: false } ? DrawAsync(call.Printer, room, time, limit.Token) : PrintAsync(call.Printer, room, limit.Token));
            }
            catch (OperationCanceledException) when (!ct.IsCancellationRequested)
            {
                // As long as was asked for.
            }
        });
        return command;
    }

    /// <summary>The socket takes codes only: one's own room is asked for over REST.</summary>
    private static async Task<string> CodeAsync(Call call, CancellationToken ct) => call.RoomCode ?? (await call.Room.StateAsync(ct)).Room;

    /// <summary>A line for each change: for programs, and for files.</summary>
    private static async Task PrintAsync(Printer printer, RoomConnection room, CancellationToken ct)
    {
        await foreach (var _ in ChangesAsync(room, ct))
        {
            var line = Line(room);
            printer.Show(line, CliJson.Own.WatchLine, now => printer.Line(Words(now)));
        }
    }

    /// <summary>A picture that stays where it is: for people.</summary>
    private static Task DrawAsync(Printer printer, RoomConnection room, TimeProvider time, CancellationToken ct) =>
        printer.Console.Live(new Text("")).AutoClear(true).StartAsync(async live =>
        {
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(ct);
            var following = FollowAsync(room, ended);
            while (!ended.IsCancellationRequested)
            {
                live.UpdateTarget(Picture(room));
                await Task.Delay(s_frame, time, ended.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            await following;
            ct.ThrowIfCancellationRequested();
        });

    // Ends the picture when the room ends, with its reason.
    private static async Task FollowAsync(RoomConnection room, CancellationTokenSource ended)
    {
        try
        {
            await foreach (var _ in room.StatesAsync(ended.Token))
            {
            }
        }
        finally
        {
            await ended.CancelAsync();
        }
    }

    /// <summary>Ticks whenever anything about the room has changed; ends, or throws, with the room.</summary>
    private static async IAsyncEnumerable<bool> ChangesAsync(RoomConnection room, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        var ticks = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
        Task[] sources = [PassAsync(room.StatesAsync(ct)), PassAsync(room.DevicesAsync(ct)), PassAsync(room.StatusesAsync(ct))];
        await foreach (var tick in ticks.Reader.ReadAllAsync(ct))
        {
            yield return tick;
        }

        await Task.WhenAll(sources);

        async Task PassAsync<T>(IAsyncEnumerable<T> source)
        {
            try
            {
                await foreach (var _ in source)
                {
                    ticks.Writer.TryWrite(true);
                }

                ticks.Writer.TryComplete();
            }
            catch (Exception exception) when (exception is TuttiException or OperationCanceledException)
            {
                ticks.Writer.TryComplete(exception);
            }
        }
    }

    private static WatchLine Line(RoomConnection room)
    {
        var state = room.State;
        var sounding = room.SoundingNow() ?? new Sounding(state.Timeline.ItemId, state.Timeline.PositionMicros, Moving: false);
        var track = state.Find(sounding.ItemId)?.Track;
        return new WatchLine(
            room.Status switch { ConnectionStatus.Open => "open", ConnectionStatus.Closed => "closed", _ => "reconnecting" },
            room.ServerNow?.Value,
            state.Status,
            sounding.ItemId,
            track is { Live: true } ? 0 : Math.Round(sounding.PositionMicros / 1e6, 3),
            track is null ? null : new RoomTrack(track.Id, track.Title, track.Artist, track.Album, track.HasLength ? track.DurationMicros / 1e6 : 0, track.CoverUrl, track.Live, track.Embedded),
            state.Volume,
            state.Version,
            room.Devices);
    }

    private static string Words(WatchLine line)
    {
        var devices = line.Devices.Where(device => device.Report?.SyncErrorMs is not null).Select(device => $"{device.Name} {StateText.SyncError(device)}");
        return $"{(line.Connection == "open" ? StateText.Status(line.Status) : line.Connection)}  "
            + (line.Track is { } track ? $"{StateText.Track(track.Title, track.Artist)}  {StateText.Place(track, line.PositionSeconds)}" : "nothing in the queue")
            + $"  volume {line.Volume}  {string.Join("  ", devices)}".TrimEnd();
    }

    private static Rows Picture(RoomConnection room)
    {
        var line = Line(room);
        var parts = new List<IRenderable>
        {
            new Text($"{room.State.Room.Name} ({room.State.Room.Code})", new Style(decoration: Decoration.Bold)),
            new Text(Words(line with { Devices = [] })),
            new Text(room.Status switch
            {
                ConnectionStatus.Reconnecting again => $"the line is broken ({again.Reason}), trying again",
                _ when room.Clock is { } clock => $"server clock ± {clock.UncertaintyMicros / 1_000:0.000} ms  round trip {clock.RttMicros / 1_000:0.0} ms",
                _ => "",
            }, new Style(decoration: Decoration.Dim)),
            new Text(""),
        };
        var table = new Table().NoBorder();
        foreach (var heading in StateText.DeviceHeadings)
        {
            table.AddColumn(new TableColumn(new Text(heading.TrimStart('>'), new Style(decoration: Decoration.Dim))) { Alignment = heading.StartsWith('>') ? Justify.Right : Justify.Left });
        }

        foreach (var device in line.Devices)
        {
            table.AddRow(StateText.Row(device).Select(cell => new Text(cell)));
        }

        parts.Add(table);
        return new Rows(parts);
    }
}
