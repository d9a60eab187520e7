using System.CommandLine;
using Tutti.Cli.Output;
using Tutti.Client;
using Tutti.Protocol.Rest;

namespace Tutti.Cli.Commands;

/// <summary>What sounds: <c>status</c>, <c>play</c>, <c>pause</c>, <c>resume</c>, <c>stop</c>, <c>next</c>, <c>previous</c>, <c>seek</c>, <c>volume</c>, <c>levelling</c>, <c>crossfade</c>.</summary>
internal static class PlaybackCommands
{
    public static IEnumerable<Command> All(Runner runner)
    {
        yield return Simple(runner, "status", "What sounds now", (room, ct) => room.StateAsync(ct));
        yield return Play(runner);
        yield return Simple(runner, "pause", "Holds at the place that sounds", (room, ct) => room.PauseAsync(ct));
        yield return Simple(runner, "resume", "Goes on from where it was held", (room, ct) => room.ResumeAsync(ct));
        yield return Simple(runner, "stop", "Silence; the current track goes back to its start", (room, ct) => room.StopAsync(ct));
        yield return Simple(runner, "next", "The next item of the queue", (room, ct) => room.NextAsync(ct));
        yield return Simple(runner, "previous", "The item before; beyond 3 s into a track: its start", (room, ct) => room.PreviousAsync(ct));
        yield return Seek(runner);
        yield return Volume(runner);
        yield return Levelling(runner);
        yield return Crossfade(runner);
    }

    private static Command Simple(Runner runner, string name, string what, Func<RoomApi, CancellationToken, Task<PlaybackState>> act)
    {
        var command = new Command(name, what);
        runner.Runs(command, async (call, ct) => call.Show(await act(call.Room, ct)));
        return command;
    }

    private static Command Play(Runner runner)
    {
        var from = new Option<string?>("--from") { Description = "Where in the first track, such as 83 or 1:23", HelpName = "TIME" };
        var command = new Command("play", "Plays tracks now, after the current one in the queue; without any: resumes, or starts the queue") { from };
        var tracks = new TrackChoice(command);
        runner.Runs(command, async (call, ct) =>
        {
            TimeSpan? position = call.Get(from) is not { } typed ? null
                : TimeText.TryRead(typed, out var time) ? time
                : throw new UsageException($"{typed} is no time; one looks like 83, 1:23 or 1:02:03.");
            var ids = await tracks.ResolveAsync(call, ct);
            if (ids.Length == 0 && position is not null)
            {
                throw new UsageException("--from needs a track; `tutti seek` moves within the current one.");
            }

            call.Show(await (ids.Length == 0 ? call.Room.PlayAsync(ct) : ManyTracks.PlayAsync(call.Room, ids, position, ct)));
        });
        return command;
    }

    private static Command Seek(Runner runner)
    {
        var to = new Argument<string>("time") { Description = "A place (83, 1:23) or a way from here (+10; after --: -0:30)" };
        var command = new Command("seek", "Moves within the current track") { to };
        runner.Runs(command, async (call, ct) =>
        {
            if (!TimeText.TryReadMove(call.Get(to), out var time, out var isRelative))
            {
                throw new UsageException($"{call.Get(to)} is no time; one looks like 83, 1:23, +10 or -- -0:30.");
            }

            if (isRelative)
            {
                var now = await call.Room.StateAsync(ct);
                var seconds = Math.Clamp(now.PositionSeconds + time.TotalSeconds, 0, now.DurationSeconds ?? double.MaxValue);
                time = TimeSpan.FromSeconds(seconds);
            }

            call.Show(await call.Room.SeekAsync(time, ct));
        });
        return command;
    }

    private static Command Volume(Runner runner)
    {
        var to = new Argument<string?>("percent") { Description = "0 to 100, or a change (+5; after --: -5)", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("volume", "The volume of the whole room; without a number: tells it") { to };
        runner.Runs(command, async (call, ct) =>
        {
            var typed = call.Get(to);
            if (typed is null)
            {
                call.Show(await call.Room.StateAsync(ct));
                return;
            }

            if (!int.TryParse(typed, out var percent))
            {
                throw new UsageException($"{typed} is no volume; one is 0 to 100, or a change such as +5 or -- -5.");
            }

            if (typed[0] is '+' or '-')
            {
                percent = Math.Clamp((await call.Room.StateAsync(ct)).Volume + percent, 0, 100);
            }

            call.Show(await call.Room.SetVolumeAsync(percent, ct));
        });
        return command;
    }

    private static Command Levelling(Runner runner)
    {
        var state = new Argument<string>("state") { Description = "on or off" };
        state.AcceptOnlyFromAmong("on", "off");
        var command = new Command("levelling", "Whether all tracks are made equally loud") { state };
        runner.Runs(command, async (call, ct) => call.Show(await call.Room.SetLevellingAsync(call.Get(state) == "on", ct)));
        return command;
    }

    private static Command Crossfade(Runner runner)
    {
        var seconds = new Argument<int>("seconds") { Description = "0 (not at all) to 12" };
        var command = new Command("crossfade", "For how long tracks that follow each other are heard together") { seconds };
        runner.Runs(command, async (call, ct) => call.Show(await call.Room.SetCrossfadeAsync(call.Get(seconds), ct)));
        return command;
    }
}
