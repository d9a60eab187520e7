using Tutti.Protocol;
using Tutti.Server.Rooms;
using static Tutti.Server.Tests.Rooms.SharedStage;

namespace Tutti.Server.Tests.Rooms;

/// <summary>What becomes of rooms and devices when an account is no more.</summary>
public sealed class DepartureTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void A_room_passes_on_to_the_longest_standing_DJ_and_the_former_host_is_out_with_all_devices()
    {
        var stage = Friends().Arrives(Hanna, "hanna-phone").Arrives(Lars, "lars-phone").Asked(Hanna, new PeopleRequest.EndAccount());
        Assert.Equal([(Dina.Id, MemberRole.Host), (Lars.Id, MemberRole.Listener)], stage.State.Members.Select(member => (member.Id, member.Role)));
        Assert.Equal(["lars-phone"], stage.Model.Devices.Select(device => device.Id));
        Assert.Contains(stage.Events, @event => @event is RoomEvent.Expelled { MemberId: "a-hanna", Reason: ErrorCode.CredentialRevoked });
        Assert.False(stage.Model.Kept.Closed);
        stage.Asked(Dina, new PeopleRequest.Hold(new SettingsChange(Locked: true)));
    }

    [Fact]
    public void Without_a_DJ_it_is_the_longest_standing_member_s_and_never_a_guest_s()
    {
        var stage = Friends().Enters(Gero, later: 3).Asked(Hanna, new PeopleRequest.SetRole(Gero.Id, MemberRole.Dj)).Asked(Dina, new PeopleRequest.EndAccount());
        stage.Asked(Hanna, new PeopleRequest.EndAccount());
        Assert.Equal(Lars.Id, Assert.Single(stage.State.Members, member => member.Role == MemberRole.Host).Id);
        stage.Asked(Lars, new PeopleRequest.EndAccount());
        Assert.True(stage.Model.Kept.Closed);
    }

    [Fact]
    public void Who_is_no_member_leaves_nothing()
    {
        Assert.Equal(ErrorCode.MemberNotFound, Friends().Refused(Gero, new PeopleRequest.EndAccount()));
        Assert.Equal(ErrorCode.MemberNotFound, new Stage().Refused(Hanna, new PeopleRequest.EndAccount()));
    }

    [Fact]
    public async Task Nothing_is_kept_of_a_personal_room_nor_of_its_devices()
    {
        await using var house = new House();
        var departures = new Departures(house.Directory, House.Personal, house.Shelf);
        var own = Assert.IsType<RoomLookup.Found>(await house.Directory.OpenPersonalAsync(Hanna, Ct)).Room;
        var phone = await house.JoinAsync(own, "hanna-phone", actor: Hanna);
        Assert.IsType<CommandOutcome.Accepted>(await own.SendAsync(Stage.Add("t1"), Hanna, Ct));
        await own.SendAsync(new RoomCommand.Volume(own.State.Volume), Hanna, Ct);
        house.Time.Advance(TimeSpan.FromSeconds(3));
        await house.Store.Saved.WaitAsync();
        await house.Shelf.SaveAllAsync();
        Assert.True(house.Store.Rooms.ContainsKey(own.Code));
        Assert.NotEmpty(house.Devices.Devices);

        await departures.OfAccountAsync(Hanna, Ct);
        Assert.False(house.Store.Rooms.ContainsKey(own.Code));
        Assert.Empty(house.Devices.Devices);
        Assert.NotNull(phone.Dismissal);
        var anew = Assert.IsType<RoomLookup.Found>(await house.Directory.OpenPersonalAsync(Hanna, Ct)).Room;
        Assert.Empty(anew.State.Queue);
        Assert.Empty(anew.Devices);
    }

    [Fact]
    public async Task Rooms_that_sleep_in_the_store_pass_on_as_well()
    {
        var store = new FakeStore();
        string code;
        await using (var before = new House(store: store))
        {
            var made = Assert.IsType<RoomLookup.Found>(await before.Directory.CreateAsync(new RoomWish("Garden"), Hanna, Ct)).Room;
            Assert.IsType<CommandOutcome.Accepted>(await made.AskAsync(new PeopleRequest.Enter(EntryProof.Nothing), Lars, Ct));
            code = made.Code;
        }

        // Where no room can be opened just now, the rest waits and the asker hears of it.
        await using (var full = new House(new SyncOptions { MaxRooms = 1 }, store))
        {
            await full.OpenAsync();
            Assert.False(await new Departures(full.Directory, House.Personal, full.Shelf).OfAccountAsync(Hanna, Ct));
        }

        await using var house = new House(store: store);
        Assert.True(await new Departures(house.Directory, House.Personal, house.Shelf).OfAccountAsync(Hanna, Ct));
        var room = await house.OpenAsync(code);
        Assert.Equal((Lars.Id, MemberRole.Host), (Assert.Single(room.State.Members).Id, room.State.Members[0].Role));
    }
}
