using System.Text;
using Tutti.Protocol;
using Tutti.Server.Rooms;
using Tutti.Timing;

namespace Tutti.Server.Tests.Rooms;

public sealed class HandoverTests
{
    private static readonly StateSeal s_seal = new(new HandoverKey(new byte[HandoverKey.Bytes]));

    [Fact]
    public void A_sealed_frame_opens_to_the_same_state()
    {
        var state = Stage.Playing().State;
        Assert.True(s_seal.TryOpen(Frame(state), out var opened));
        Assert.Equal(Frame(state), Frame(opened));
    }

    [Theory]
    [InlineData("\"volume\":80", "\"volume\":81")]
    [InlineData("\"seal\":\"", "\"seal\":\"A")]
    [InlineData("\"seal\":", "\"sael\":")]
    [InlineData("{\"type\"", "[\"type\"")]
    public void Anything_altered_does_not_open(string from, string to) =>
        Assert.False(s_seal.TryOpen(Frame(Stage.Playing().State).Replace(from, to, StringComparison.Ordinal), out _));

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("{\"seal\":1,\"state\":{}}")]
    [InlineData("{\"seal\":\"\\ud800\",\"state\":{}}")]
    public void Rubbish_does_not_open(string frame) => Assert.False(s_seal.TryOpen(frame, out _));

    [Fact]
    public void Another_key_does_not_open() =>
        Assert.False(new StateSeal(new HandoverKey(Encoding.ASCII.GetBytes("another key of thirty-two bytes!"))).TryOpen(Frame(Stage.Playing().State), out _));

    [Fact]
    public void A_room_that_nothing_is_known_of_takes_the_state_over_and_playing_goes_on_untouched()
    {
        var handed = Stage.Playing().State;
        var stage = new Stage { Model = RoomModel.Create(handed.Room, "e2", new ServerMicros(handed.Timeline.AtMicros.Value + 9_000_000)) };
        stage.Now = handed.Timeline.AtMicros + 9_000_000;
        stage.Did(new RoomInput.HandedOver(handed));
        Assert.Equal(handed.Timeline, stage.State.Timeline);
        Assert.Equal(PlaybackStatus.Playing, stage.State.Status);
        Assert.Equal("e2", stage.State.Epoch);
        Assert.True(stage.State.Version > handed.Version, "the version goes on");
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(-1, false)]
    public void A_loaded_room_takes_what_is_at_least_as_new_as_the_store(int ahead, bool adopted)
    {
        var playing = Stage.Playing();
        var stored = playing.State;
        playing.Model = Reloaded(stored, playing.Now);
        Assert.Equal(PlaybackStatus.Paused, playing.State.Status);
        playing.Did(new RoomInput.HandedOver(stored with { Version = stored.Version + ahead }));
        Assert.Equal(adopted ? PlaybackStatus.Playing : PlaybackStatus.Paused, playing.State.Status);
    }

    [Fact]
    public void A_room_that_someone_has_changed_since_keeps_its_own_state()
    {
        var playing = Stage.Playing();
        var stored = playing.State;
        playing.Model = Reloaded(stored, playing.Now);
        playing.Did(new RoomCommand.Volume(11)).Did(new RoomInput.HandedOver(stored with { Version = stored.Version + 5 }));
        Assert.Equal(11, playing.State.Volume);
        Assert.Equal(PlaybackStatus.Paused, playing.State.Status);
    }

    [Fact]
    public void Nobody_brings_a_membership_or_role_back_that_was_taken_from_them()
    {
        var stage = SharedStage.Friends();
        var kept = stage.State;
        stage.Model = Reloaded(kept, stage.Now);
        stage.Asked(SharedStage.Hanna, new PeopleRequest.Expel(SharedStage.Lars.Id, Ban: true))
            .Asked(SharedStage.Hanna, new PeopleRequest.SetRole(SharedStage.Dina.Id, MemberRole.Listener))
            .Asked(SharedStage.Hanna, new PeopleRequest.Hold(new SettingsChange(Locked: true)));
        stage.Did(new RoomInput.HandedOver(kept with { Volume = 7 }));
        Assert.Equal(7, stage.State.Volume);
        Assert.Null(stage.State.FindMember(SharedStage.Lars.Id));
        Assert.Equal(MemberRole.Listener, stage.State.RoleOf(SharedStage.Dina.Id));
        Assert.True(stage.State.Room.Rules!.Locked);
    }

    [Fact]
    public void The_state_of_another_room_is_not_taken()
    {
        var handed = Stage.Playing().State with { Room = new RoomIdentity("ABCDEF", "Else") };
        var stage = new Stage();
        stage.Did(new RoomInput.HandedOver(handed));
        Assert.Empty(stage.State.Queue);
    }

    private static string Frame(RoomState state) => Encoding.UTF8.GetString(s_seal.Seal(state).FrameUtf8.Span);

    private static RoomModel Reloaded(RoomState state, ServerMicros now) => RoomSnapshots.Restore(RoomSnapshots.Store(new RoomModel(state, [], RoomKept.Nothing, null), now), now);
}
