using Tutti.Protocol;
using Tutti.Server.Rooms;
using static Tutti.Server.Tests.Rooms.SharedStage;

namespace Tutti.Server.Tests.Rooms;

/// <summary>The table of rights: who may give which command.</summary>
public sealed class RightsTests
{
    /// <summary>Each command, and the rights that it takes.</summary>
    private static readonly (string Name, RoomCommand Command, RoomRight[] Needed)[] s_commands =
    [
        ("play", new RoomCommand.Play([]), [RoomRight.Play]),
        ("play from a place", new RoomCommand.Play([], 0, 5), [RoomRight.Play, RoomRight.Seek]),
        ("play a track", Stage.Play("t1"), [RoomRight.Play, RoomRight.Skip, RoomRight.Add]),
        ("pause", new RoomCommand.Pause(), [RoomRight.Play]),
        ("resume", new RoomCommand.Resume(), [RoomRight.Play]),
        ("stop", new RoomCommand.Stop(), [RoomRight.Play]),
        ("seek", new RoomCommand.Seek(1), [RoomRight.Seek]),
        ("next", new RoomCommand.Next(), [RoomRight.Skip]),
        ("previous", new RoomCommand.Previous(), [RoomRight.Skip]),
        ("to an item", new RoomCommand.ChangeTrack("q1", null), [RoomRight.Skip]),
        ("another track instead", new RoomCommand.ChangeTrack(null, "t1"), [RoomRight.Skip, RoomRight.Add, RoomRight.Remove]),
        ("volume", new RoomCommand.Volume(3), [RoomRight.Volume]),
        ("levelling", new RoomCommand.Levelling(true), [RoomRight.Volume]),
        ("crossfade", new RoomCommand.Crossfade(3), [RoomRight.Volume]),
        ("add", Stage.Add("t1"), [RoomRight.Add]),
        ("add next", new RoomCommand.QueueAdd(["t1"], QueuePlace.Next), [RoomRight.Add, RoomRight.Reorder]),
        ("add first", new RoomCommand.QueueAdd(["t1"], QueuePlace.AtIndex(0)), [RoomRight.Add, RoomRight.Reorder]),
        ("remove", new RoomCommand.QueueRemove(["q1"]), [RoomRight.Remove]),
        ("move", new RoomCommand.QueueMove("q1", 0), [RoomRight.Reorder]),
        ("clear", new RoomCommand.QueueClear(), [RoomRight.Remove]),
    ];

    public static TheoryData<string, RoomRight, MemberRole> Cells
    {
        get
        {
            var cells = new TheoryData<string, RoomRight, MemberRole>();
            foreach (var (name, _, needed) in s_commands)
            {
                foreach (var right in needed)
                {
                    foreach (var role in Enum.GetValues<MemberRole>())
                    {
                        cells.Add(name, right, role);
                    }
                }
            }

            return cells;
        }
    }

    /// <summary>With one right reserved for a role and all others free: exactly those below the role are refused.</summary>
    [Theory]
    [MemberData(nameof(Cells))]
    public void A_command_takes_the_least_role_that_has_its_right(string name, RoomRight right, MemberRole least)
    {
        var command = s_commands.First(entry => entry.Name == name).Command;
        var stage = Friends(RoomRules.Shared with { Rights = Only(right, least) });
        foreach (var (person, role) in new[] { (Lars, MemberRole.Listener), (Dina, MemberRole.Dj), (Hanna, MemberRole.Host) })
        {
            Assert.Equal(role < least ? ErrorCode.NotAllowed : null, Rights.ToCommand(stage.Model, person, command)?.Code);
        }
    }

    [Fact]
    public void Every_command_but_those_about_ones_own_devices_is_in_the_table()
    {
        Type[] own = [typeof(RoomCommand.DeviceSet), typeof(RoomCommand.Everywhere), typeof(RoomCommand.OnlyHere), typeof(RoomCommand.HandOver)];
        var all = typeof(RoomCommand).GetNestedTypes().Where(type => type.IsSubclassOf(typeof(RoomCommand)));
        Assert.Empty(all.Except(s_commands.Select(entry => entry.Command.GetType())).Except(own));
    }

    [Fact]
    public void Strangers_may_nothing_whatever_the_table_says()
    {
        var stage = Friends(RoomRules.Shared with { Rights = Only(RoomRight.Kick, MemberRole.Host) });
        foreach (var command in s_commands.Select(entry => entry.Command).Append(new RoomCommand.Everywhere()))
        {
            foreach (var stranger in new Actor[] { Gero, Actor.Anyone.Instance, new Actor.Person("a-else", "Else", false) })
            {
                Assert.Equal(ErrorCode.JoinNeeded, Assert.IsType<Decision.Refused>(stage.Do(command, stranger)).Code);
                Assert.Equal(ErrorCode.RoomNotFound, Assert.IsType<Decision.Refused>(Personal().Do(command, stranger)).Code);
            }
        }
    }

    [Fact]
    public void Among_friends_everyone_adds_and_takes_back_their_own_and_DJs_control()
    {
        var stage = Friends();
        Assert.IsType<Decision.Accepted>(stage.Do(Stage.Add("t1"), Lars));
        Assert.IsType<Decision.Accepted>(stage.Do(Stage.Add("t2"), Dina));
        Assert.Equal(("Lars", "a-lars"), (stage.State.Queue[0].AddedBy, stage.State.Queue[0].AddedById));
        Assert.Equal(ErrorCode.NotAllowed, Assert.IsType<Decision.Refused>(stage.Do(new RoomCommand.QueueRemove([stage.State.Queue[1].Id]), Lars)).Code);
        Assert.IsType<Decision.Accepted>(stage.Do(new RoomCommand.QueueRemove([stage.State.Queue[0].Id]), Lars));
        Assert.Equal(ErrorCode.NotAllowed, Assert.IsType<Decision.Refused>(stage.Do(new RoomCommand.Play([]), Lars)).Code);
        Assert.IsType<Decision.Accepted>(stage.Do(new RoomCommand.Play([]), Dina));
    }

    [Fact]
    public void What_sounds_is_no_longer_ones_own_to_take_back()
    {
        var stage = Friends();
        stage.Do(Stage.Add("t1"), Lars);
        stage.Do(new RoomCommand.Play([]), Dina);
        Assert.IsType<Decision.Refused>(stage.Do(new RoomCommand.QueueRemove([stage.State.Queue[0].Id]), Lars));
    }

    [Fact]
    public void Only_ones_own_devices_are_set_and_switched()
    {
        var stage = Friends().Arrives(Dina, "dina-phone").Arrives(Lars, "lars-phone");
        stage.Did(new RoomInput.DeviceReported("lars-phone", Stage.Report()));
        foreach (RoomCommand command in new RoomCommand[]
        {
            new RoomCommand.DeviceSet("lars-phone", new DeviceChange(Volume: 0)), new RoomCommand.OnlyHere("lars-phone"), new RoomCommand.HandOver("lars-phone", "dina-phone"),
        })
        {
            Assert.Equal(ErrorCode.NotAllowed, Assert.IsType<Decision.Refused>(stage.Do(command, Dina)).Code);
        }

        Assert.IsType<Decision.Accepted>(stage.Do(new RoomCommand.OnlyHere("lars-phone"), Lars));
        Assert.True(stage.Model.FindDevice("dina-phone")!.Sound.On);
    }

    private static RightsTable Only(RoomRight right, MemberRole least)
    {
        MemberRole Of(RoomRight candidate) => candidate == right ? least : MemberRole.Listener;
        return new RightsTable(
            Of(RoomRight.Play), Of(RoomRight.Seek), Of(RoomRight.Skip), Of(RoomRight.Volume), Of(RoomRight.Add), Of(RoomRight.Reorder), Of(RoomRight.Remove),
            Of(RoomRight.Invite), Of(RoomRight.Kick));
    }
}
