using System.CommandLine;
using Tutti.Cli.Output;
using Tutti.Client;
using Tutti.Protocol;
using Tutti.Protocol.Rest;

namespace Tutti.Cli.Commands;

/// <summary>The queue: <c>queue</c> with <c>list</c>, <c>add</c>, <c>remove</c>, <c>move</c>, <c>clear</c>, <c>jump</c>; and <c>history</c>.</summary>
internal static class QueueCommands
{
    public static IEnumerable<Command> All(Runner runner)
    {
        var queue = new Command("queue", "What plays next; without a subcommand: lists it") { List(runner), Add(runner), Remove(runner), Move(runner), Jump(runner), Clear(runner) };
        runner.Runs(queue, ListAsync);
        yield return queue;
        yield return History(runner);
    }

    private static Command List(Runner runner)
    {
        var command = new Command("list", "Lists the queue");
        runner.Runs(command, ListAsync);
        return command;
    }

    private static async Task ListAsync(Call call, CancellationToken ct) => call.Printer.Show(
        await call.Room.QueueAsync(ct),
        CliJson.Answers.QueueList,
        queue => call.Printer.Table(
            ["", ">index", "item", "title", "artist", ">length", "added by", "fault"],
            queue.Items.Select((item, index) => new[]
            {
                item.Current ? "▶" : "", $"{index}", item.Id, item.Track.Title, item.Track.Artist, item.Track.Live ? "live" : TimeText.Of(item.Track.DurationSeconds), item.AddedBy,
                item.Fault?.Message ?? "",
            }),
            "the queue is empty"));

    private static Command Add(Runner runner)
    {
        var next = new Option<bool>("--next", "-n") { Description = "Right after the current item, not at the end" };
        var at = new Option<int?>("--at") { Description = "At this index, from 0", HelpName = "INDEX" };
        var link = new Option<Uri?>("--link") { Description = "The address of an audio file or of an internet radio station, instead of tracks", HelpName = "URL" };
        var command = new Command("add", "Adds tracks, or what is behind a link, at the end, next, or at an index") { next, at, link };
        var tracks = new TrackChoice(command);
        runner.Runs(command, async (call, ct) =>
        {
            if (call.Get(next) && call.Get(at) is not null)
            {
                throw new UsageException("--next and --at exclude each other.");
            }

            var place = call.Get(at) is { } index ? QueuePlace.AtIndex(index) : call.Get(next) ? QueuePlace.Next : QueuePlace.End;
            var ids = await tracks.ResolveAsync(call, ct);
            call.Show((ids, call.Get(link)) switch
            {
                ([], { } address) => await call.Room.AddLinkAsync(address, place, ct),
                ([_, ..], null) => await ManyTracks.AddAsync(call.Room, ids, place, ct),
                _ => throw new UsageException("Say which tracks: ids, words, --album or --playlist; or a --link alone."),
            });
        });
        return command;
    }

    private static Command Remove(Runner runner)
    {
        var items = new Argument<string[]>("item") { Description = "Items: ids, or indexes from 0", Arity = ArgumentArity.OneOrMore };
        var command = new Command("remove", "Removes items; removing the current one moves to the next") { items };
        runner.Runs(command, async (call, ct) =>
        {
            PlaybackState? state = null;
            foreach (var id in await ItemsAsync(call, call.Get(items), ct))
            {
                state = await call.Room.RemoveAsync(id, ct);
            }

            call.Show(state!);
        });
        return command;
    }

    private static Command Move(Runner runner)
    {
        var item = Item();
        var to = new Argument<int>("index") { Description = "The index that it then has, from 0" };
        var command = new Command("move", "Moves an item to another index") { item, to };
        runner.Runs(command, async (call, ct) =>
            call.Show(await call.Room.MoveAsync((await ItemsAsync(call, [call.Get(item)], ct))[0], call.Get(to), ct)));
        return command;
    }

    private static Command Jump(Runner runner)
    {
        var item = Item();
        var command = new Command("jump", "Goes to an item at once") { item };
        runner.Runs(command, async (call, ct) =>
            call.Show(await call.Room.ChangeToItemAsync((await ItemsAsync(call, [call.Get(item)], ct))[0], ct)));
        return command;
    }

    private static Command Clear(Runner runner)
    {
        var command = new Command("clear", "Removes all but the current item");
        runner.Runs(command, async (call, ct) => call.Show(await call.Room.ClearAsync(ct)));
        return command;
    }

    private static Command History(Runner runner)
    {
        var limit = new Option<int>("--limit") { Description = "At most this many", HelpName = "N", DefaultValueFactory = _ => 20 };
        var command = new Command("history", "What was played, newest first") { limit };
        runner.Runs(command, async (call, ct) => call.Printer.Show(
            await call.Room.HistoryAsync(call.Get(limit), ct),
            CliJson.Answers.HistoryList,
            history => call.Printer.Table(
                ["when", "title", "artist", "added by"],
                history.History.Select(line => new[]
                {
                    TimeText.Minute(line.AtMicros.Value), line.Track.Title, line.Track.Artist, line.AddedBy,
                }),
                "nothing was played yet")));
        return command;
    }

    private static Argument<string> Item() => new("item") { Description = "An item: its id, or its index from 0" };

    // All at once before any is removed: an index means the queue as it was when the command was typed.
    private static async Task<string[]> ItemsAsync(Call call, string[] named, CancellationToken ct)
    {
        if (!named.Any(name => int.TryParse(name, out _)))
        {
            return named;
        }

        var queue = await call.Room.QueueAsync(ct);
        return [.. named.Select(name => !int.TryParse(name, out var index) ? name
            : index >= 0 && index < queue.Items.Count ? queue.Items[index].Id
            : throw new NothingFoundException($"There is no item at index {index}; the queue has {queue.Items.Count}."))];
    }
}
