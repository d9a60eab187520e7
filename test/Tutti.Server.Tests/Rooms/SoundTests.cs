using Tutti.Protocol;
using Tutti.Server.Rooms;

namespace Tutti.Server.Tests.Rooms;

/// <summary>Where a room sounds: hand-over, only here, everywhere; and what is set of devices.</summary>
public sealed class SoundTests
{
    private const string Phone = "phone-0001";
    private const string Laptop = "laptop-001";

    [Fact]
    public void A_hand_over_switches_both_devices_at_one_instant_that_the_slower_one_can_meet()
    {
        var stage = TwoDevices(laptopRttMs: 100).Did(new RoomCommand.OnlyHere(null), Phone).Later(1_000_000);
        stage.Did(new RoomCommand.HandOver(Laptop, null), Phone);

        // 100/2 + 2×1 + 20 + 50 ms.
        var at = stage.Now + 122_000;
        Assert.Equal(new SoundSwitch(false, at), Sound(stage, Phone));
        Assert.Equal(new SoundSwitch(true, at), Sound(stage, Laptop));
    }

    [Fact]
    public void A_hand_over_leaves_other_devices_alone()
    {
        var stage = TwoDevices().Joins("kitchen-01");
        var before = Sound(stage, "kitchen-01");
        stage.Did(new RoomCommand.HandOver(Laptop, Phone));
        Assert.Equal(before, Sound(stage, "kitchen-01"));
    }

    [Fact]
    public void A_hand_over_to_the_device_itself_changes_nothing()
    {
        var stage = TwoDevices();
        var before = stage.Model.Devices;
        stage.Did(new RoomCommand.HandOver(Phone, Phone));
        Assert.Equal(before, stage.Model.Devices);
    }

    [Fact]
    public void Only_here_silences_the_others_and_everywhere_brings_them_back()
    {
        var stage = TwoDevices().Did(new RoomCommand.OnlyHere(null), Phone);
        Assert.True(Sound(stage, Phone).On);
        Assert.False(Sound(stage, Laptop).On);
        stage.Did(new RoomCommand.Everywhere());
        Assert.True(Sound(stage, Laptop).On);
    }

    [Fact]
    public void A_later_switch_never_comes_before_an_earlier_one()
    {
        var stage = TwoDevices(laptopRttMs: 2_000).Did(new RoomCommand.OnlyHere(null), Phone);
        var first = Sound(stage, Laptop).AtMicros;
        stage.Did(new RoomInput.DeviceReported(Laptop, Stage.Report(rttMs: 1)));
        stage.Did(new RoomCommand.Everywhere());
        Assert.Equal(new SoundSwitch(true, first), Sound(stage, Laptop));
    }

    [Theory]
    [InlineData(OutputState.Off)]
    [InlineData(OutputState.Starting)]
    public void Sound_is_not_handed_to_a_device_whose_output_is_closed(OutputState output)
    {
        var stage = new Stage().Joins(Phone).Joins(Laptop, output);
        foreach (RoomCommand command in new RoomCommand[] { new RoomCommand.HandOver(Laptop, null), new RoomCommand.OnlyHere(Laptop) })
        {
            var refused = Assert.IsType<Decision.Refused>(stage.Do(command, Phone));
            Assert.Equal(ErrorCode.DeviceOutputOff, refused.Code);
            Assert.True(Sound(stage, Phone).On);
        }
    }

    [Fact]
    public void A_device_that_was_silent_is_silent_when_it_comes_back()
    {
        var stage = TwoDevices().Did(new RoomCommand.OnlyHere(null), Phone);
        stage.Did(new RoomInput.DeviceLeft(Laptop)).Joins(Laptop);
        Assert.False(Sound(stage, Laptop).On);
    }

    [Fact]
    public void A_device_is_set_from_another_and_only_in_what_was_named()
    {
        var stage = TwoDevices().Did(new RoomCommand.DeviceSet(Laptop, new DeviceChange(Name: "Desk", Volume: 30)), Phone);
        stage.Did(new RoomCommand.DeviceSet(Laptop, new DeviceChange(Icon: "laptop", Muted: true, TrimMs: 25)), Phone);
        Assert.Equal(new DeviceSettings("Desk", "laptop", 30, true, 25), stage.Model.FindDevice(Laptop)!.Settings);
        stage.Did(new RoomCommand.DeviceSet(Laptop, new DeviceChange(Icon: "", Silent: true)));
        Assert.Null(stage.Model.FindDevice(Laptop)!.Settings.Icon);
        Assert.False(Sound(stage, Laptop).On);
    }

    [Fact]
    public void Switching_sound_moves_nothing_of_the_timeline()
    {
        var stage = Stage.Playing().Joins(Phone);
        var before = stage.State;
        stage.Did(new RoomCommand.HandOver(Phone, Stage.Kitchen));
        Assert.Same(before, stage.State);
    }

    [Fact]
    public void A_silent_device_is_still_waited_for_so_that_it_can_take_over_at_any_time()
    {
        var stage = TwoDevices().Did(new RoomCommand.OnlyHere(null), Phone).Did(Stage.Play("t1")).MediaArrives().IsReady(Phone);
        Assert.NotNull(stage.State.Pending);
        stage.IsReady(Laptop);
        Assert.Equal(PlaybackStatus.Playing, stage.State.Status);
    }

    [Fact]
    public void History_has_each_thing_once_for_each_time_it_begins()
    {
        var stage = Stage.Playing().Did(new RoomCommand.Seek(1_000_000)).IsReady(Stage.Kitchen).Later(1_000_000);
        Assert.Equal(["t1"], Played(stage));
        stage.Did(new RoomCommand.Next()).MediaArrives().IsReady(Stage.Kitchen).MediaArrives().Later(61_000_000);
        Assert.Equal(["t1", "t2", "t3"], Played(stage));
        Assert.Equal($"Name of {Stage.Kitchen}", stage.Model.Kept.History[0].AddedBy);
    }

    [Fact]
    public void History_keeps_the_newest()
    {
        var kept = RoomKept.Nothing;
        for (var n = 0; n < RoomKept.HistoryLength + 3; n++)
        {
            kept = kept.WithHeard(new QueueItem($"q{n}", "x", Stage.Track("t1")!, null, null), new(n));
        }

        Assert.Equal(RoomKept.HistoryLength, kept.History.Length);
        Assert.Equal("q3", kept.History[0].ItemId);
    }

    private static Stage TwoDevices(double laptopRttMs = 10) => new Stage().Joins(Phone).Joins(Laptop, rttMs: laptopRttMs);

    private static SoundSwitch Sound(Stage stage, string deviceId) => stage.Model.FindDevice(deviceId)!.Sound;

    private static IEnumerable<string> Played(Stage stage) => stage.Model.Kept.History.Select(entry => entry.Track.Id);
}
