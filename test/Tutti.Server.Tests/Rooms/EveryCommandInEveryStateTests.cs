using Tutti.Protocol;
using Tutti.Server.Rooms;

namespace Tutti.Server.Tests.Rooms;

/// <summary>
/// The whole table: what each command does in each state. An entry is the status that follows, or the error that refuses; a command or
/// state without an entry fails the test.
/// </summary>
public sealed class EveryCommandInEveryStateTests
{
    private static readonly Dictionary<string, Func<Stage>> s_states = new()
    {
        ["empty"] = Stage.Empty,
        ["stopped"] = Stage.Stopped,
        ["waitingForMedia"] = Stage.WaitingForMedia,
        ["waitingForDevices"] = Stage.WaitingForDevices,
        ["playing"] = Stage.Playing,
        ["seeking"] = Stage.Seeking,
        ["paused"] = Stage.Paused,
        ["playingLast"] = Stage.PlayingLast,
        ["ended"] = Stage.Ended,
    };

    // Columns in the order of s_states.
    private static readonly Dictionary<string, (Func<Stage, RoomCommand> Command, string[] Expected)> s_table = new()
    {
        ["play"] = (_ => new RoomCommand.Play([]),
            ["3001", "preparing", "preparing", "preparing", "playing", "playing", "preparing", "playing", "preparing"]),
        ["play at a place"] = (_ => new RoomCommand.Play([], 0, 7_000_000),
            ["3001", "preparing", "preparing", "preparing", "playing", "playing", "preparing", "playing", "preparing"]),
        ["play a track"] = (_ => Stage.Play("t9"),
            ["preparing", "preparing", "preparing", "preparing", "playing", "playing", "preparing", "playing", "preparing"]),
        ["play a track that is not there"] = (_ => Stage.Play("gone"), All("5001")),
        ["play from an index that is not there"] = (_ => new RoomCommand.Play(["t1"], 1), All("4003")),
        ["play beyond the end"] = (_ => new RoomCommand.Play(["t1"], 0, Stage.TrackMicros + 1), All("3004")),
        ["pause"] = (_ => new RoomCommand.Pause(),
            ["3002", "3002", "paused", "paused", "paused", "paused", "3002", "paused", "3002"]),
        ["resume"] = (_ => new RoomCommand.Resume(),
            ["3003", "3003", "3003", "3003", "3003", "3003", "preparing", "3003", "3003"]),
        ["seek"] = (_ => new RoomCommand.Seek(30_000_000),
            ["3001", "3001", "preparing", "preparing", "playing", "playing", "paused", "playing", "stopped"]),
        ["seek beyond the end"] = (_ => new RoomCommand.Seek(Stage.TrackMicros + 1),
            ["3001", "3001", "3004", "3004", "3004", "3004", "3004", "3004", "3004"]),
        ["seek before the start"] = (_ => new RoomCommand.Seek(-1),
            ["3001", "3001", "3004", "3004", "3004", "3004", "3004", "3004", "3004"]),
        ["stop"] = (_ => new RoomCommand.Stop(), All("stopped")),
        ["next"] = (_ => new RoomCommand.Next(),
            ["3001", "stopped", "preparing", "preparing", "playing", "playing", "paused", "3005", "3005"]),
        ["previous"] = (_ => new RoomCommand.Previous(),
            ["3001", "3001", "preparing", "preparing", "playing", "playing", "paused", "playing", "stopped"]),
        ["changeTrack to an item"] = (stage => new RoomCommand.ChangeTrack(stage.State.Queue.LastOrDefault()?.Id ?? "q0", null),
            ["4001", "preparing", "preparing", "preparing", "playing", "playing", "paused", "playing", "preparing"]),
        ["changeTrack to no item"] = (_ => new RoomCommand.ChangeTrack("nope", null), All("4001")),
        ["changeTrack to a track"] = (_ => new RoomCommand.ChangeTrack(null, "t9"),
            ["preparing", "preparing", "preparing", "preparing", "preparing", "preparing", "paused", "preparing", "preparing"]),
        ["changeTrack to a track that is not there"] = (_ => new RoomCommand.ChangeTrack(null, "gone"), All("5001")),
        ["volume"] = (_ => new RoomCommand.Volume(30), Same()),
        ["levelling off"] = (_ => new RoomCommand.Levelling(false), Same()),
        ["crossfade"] = (_ => new RoomCommand.Crossfade(5), Same()),
        ["crossfade too long"] = (_ => new RoomCommand.Crossfade(13), All("3007")),
        ["crossfade backwards"] = (_ => new RoomCommand.Crossfade(-1), All("3007")),
        ["volume too high"] = (_ => new RoomCommand.Volume(101), All("3006")),
        ["volume too low"] = (_ => new RoomCommand.Volume(-1), All("3006")),
        ["queueAdd"] = (_ => Stage.Add("t8", "t9"), Same()),
        ["queueAdd next"] = (_ => new RoomCommand.QueueAdd(["t8"], QueuePlace.Next), Same()),
        ["queueAdd first"] = (_ => new RoomCommand.QueueAdd(["t8"], QueuePlace.AtIndex(0)), Same()),
        ["queueAdd beyond the end"] = (_ => new RoomCommand.QueueAdd(["t8"], QueuePlace.AtIndex(9)), All("4003")),
        ["queueAdd a track that is not there"] = (_ => Stage.Add("t8", "gone"), All("5001")),
        ["queueAdd too many"] = (_ => Stage.Add([.. Enumerable.Repeat("t8", 1_001)]), All("4002")),
        ["queueRemove the current"] = (stage => new RoomCommand.QueueRemove([stage.Model.TargetItemId ?? "q0"]),
            ["4001", "4001", "preparing", "preparing", "preparing", "preparing", "paused", "stopped", "stopped"]),
        ["queueRemove the last"] = (stage => new RoomCommand.QueueRemove([stage.State.Queue.LastOrDefault()?.Id ?? "q0"]),
            ["4001", "stopped", "preparing", "preparing", "playing", "playing", "paused", "stopped", "stopped"]),
        ["queueRemove all"] = (stage => new RoomCommand.QueueRemove([.. stage.State.Queue.Select(item => item.Id).DefaultIfEmpty("q0")]),
            ["4001", "stopped", "stopped", "stopped", "stopped", "stopped", "stopped", "stopped", "stopped"]),
        ["queueMove"] = (stage => new RoomCommand.QueueMove(stage.State.Queue.LastOrDefault()?.Id ?? "q0", 0),
            ["4001", "stopped", "preparing", "preparing", "playing", "playing", "paused", "playing", "stopped"]),
        ["queueMove beyond the end"] = (stage => new RoomCommand.QueueMove(stage.State.Queue.LastOrDefault()?.Id ?? "q0", 3),
            ["4001", "4003", "4003", "4003", "4003", "4003", "4003", "4003", "4003"]),
        ["queueClear"] = (_ => new RoomCommand.QueueClear(), Same()),
        ["deviceSet"] = (_ => new RoomCommand.DeviceSet(null, new DeviceChange(Volume: 10)), WhereTheKitchenIs()),
        ["everywhere"] = (_ => new RoomCommand.Everywhere(), Same()),
        ["onlyHere"] = (_ => new RoomCommand.OnlyHere(null), WhereTheKitchenIs()),
        ["handOver to nobody"] = (_ => new RoomCommand.HandOver("nobody", Stage.Kitchen), All("2120")),
    };

    public static TheoryData<string, string> Cells
    {
        get
        {
            var cells = new TheoryData<string, string>();
            foreach (var state in s_states.Keys)
            {
                foreach (var command in s_table.Keys)
                {
                    cells.Add(state, command);
                }
            }

            return cells;
        }
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void Cell(string state, string command)
    {
        var stage = s_states[state]();
        var (make, expected) = s_table[command];
        var before = stage.State;
        var decision = stage.Do(make(stage), Stage.Kitchen);
        var actual = decision is Decision.Refused refused
            ? ((int)refused.Code).ToString()
            : stage.State.Status.ToString().ToLowerInvariant();

        var column = s_states.Keys.ToList().IndexOf(state);
        Assert.Equal(expected[column] == "same" ? before.Status.ToString().ToLowerInvariant() : expected[column], actual);
        if (decision is Decision.Refused)
        {
            Assert.Same(before, stage.State);
        }

        RoomInvariants.Check(before, stage.Model, stage.Now);
    }

    [Fact]
    public void The_table_knows_every_command()
    {
        var known = s_table.Values.Select(row => row.Command(Stage.Stopped()).GetType()).ToHashSet();
        var all = typeof(RoomCommand).GetNestedTypes().Where(type => type.IsSubclassOf(typeof(RoomCommand)));
        Assert.Empty(all.Except(known));
        Assert.All(s_table.Values, row => Assert.Equal(s_states.Count, row.Expected.Length));
    }

    private static string[] All(string expected) => [.. Enumerable.Repeat(expected, 9)];

    private static string[] Same() => All("same");

    // In the first three states no device is in the room.
    private static string[] WhereTheKitchenIs() => ["2120", "2120", "2120", .. Enumerable.Repeat("same", 6)];
}
