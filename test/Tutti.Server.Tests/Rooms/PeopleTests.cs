using Tutti.Protocol;
using Tutti.Server.Rooms;
using static Tutti.Server.Tests.Rooms.SharedStage;

namespace Tutti.Server.Tests.Rooms;

/// <summary>Roles, kicks and bans, who is host when the host is away, guests who sign up, and the end of a room.</summary>
public sealed class PeopleTests
{
    [Fact]
    public void The_host_gives_and_takes_roles_and_nobody_else_does()
    {
        var stage = Friends();
        Assert.Equal(ErrorCode.HostOnly, stage.Refused(Dina, new PeopleRequest.SetRole(Lars.Id, MemberRole.Dj)));
        stage.Asked(Hanna, new PeopleRequest.SetRole(Lars.Id, MemberRole.Dj)).Asked(Hanna, new PeopleRequest.SetRole(Dina.Id, MemberRole.Listener));
        Assert.Equal((MemberRole.Dj, MemberRole.Listener), (stage.State.RoleOf(Lars.Id), stage.State.RoleOf(Dina.Id)));
        Assert.Equal(ErrorCode.MemberNotFound, stage.Refused(Hanna, new PeopleRequest.SetRole("a-none", MemberRole.Dj)));
        Assert.Equal(ErrorCode.HostOnly, stage.Refused(Hanna, new PeopleRequest.SetRole(Hanna.Id, MemberRole.Dj)));
    }

    [Fact]
    public void Making_somebody_host_gives_the_room_away()
    {
        var stage = Friends().Asked(Hanna, new PeopleRequest.SetRole(Lars.Id, MemberRole.Host));
        Assert.Equal((MemberRole.Host, MemberRole.Dj), (stage.State.RoleOf(Lars.Id), stage.State.RoleOf(Hanna.Id)));
        Assert.Single(stage.State.Members, member => member.Role == MemberRole.Host);
    }

    [Fact]
    public void When_the_host_goes_the_longest_standing_DJ_is_host_then_a_member_and_the_host_gets_it_back()
    {
        var stage = Friends().Enters(Gero, later: 5).Asked(Hanna, new PeopleRequest.SetRole(Gero.Id, MemberRole.Dj));
        stage.Arrives(Hanna, "hanna-phone").Arrives(Lars, "lars-phone").Arrives(Gero, "gero-phone").Arrives(Dina, "dina-phone");
        Assert.Equal(Hanna.Id, stage.State.Host);

        stage.Did(new RoomInput.DeviceLeft("hanna-phone"));
        Assert.Equal(Dina.Id, stage.State.Host);
        Assert.Equal(MemberRole.Host, stage.State.RoleOf(Dina.Id));
        stage.Did(new RoomInput.DeviceLeft("dina-phone"));
        Assert.Equal(Gero.Id, stage.State.Host);
        stage.Did(new RoomInput.DeviceLeft("gero-phone"));
        Assert.Equal(Lars.Id, stage.State.Host);

        stage.Arrives(Dina, "dina-phone");
        Assert.Equal(Dina.Id, stage.State.Host);
        stage.Arrives(Hanna, "hanna-phone");
        Assert.Equal(Hanna.Id, stage.State.Host);
        Assert.Equal(MemberRole.Dj, stage.State.RoleOf(Dina.Id));
    }

    [Fact]
    public void A_lost_connection_passes_the_host_on_only_after_its_grace()
    {
        var stage = Friends().Arrives(Hanna, "hanna-phone").Arrives(Dina, "dina-phone").Did(new RoomInput.DeviceLost("hanna-phone"));
        stage.Later(9_999_999);
        Assert.Equal(Hanna.Id, stage.State.Host);
        stage.Later(1);
        Assert.Equal(Dina.Id, stage.State.Host);
    }

    [Fact]
    public void Who_stands_in_looks_after_the_room_and_can_neither_take_it_nor_end_it()
    {
        var stage = Friends().Arrives(Dina, "dina-phone");
        Assert.Equal(MemberRole.Host, stage.State.RoleOf(Dina.Id));
        Assert.Equal(ErrorCode.HostOnly, stage.Refused(Dina, new PeopleRequest.SetRole(Dina.Id, MemberRole.Host)));
        Assert.Equal(ErrorCode.HostOnly, stage.Refused(Dina, new PeopleRequest.SetRole(Hanna.Id, MemberRole.Listener)));
        Assert.Equal(ErrorCode.NotAllowed, stage.Refused(Dina, new PeopleRequest.Expel(Hanna.Id, false)));
        Assert.Equal(ErrorCode.HostOnly, stage.Refused(Dina, new PeopleRequest.Close()));
        stage.Asked(Dina, new PeopleRequest.Expel(Lars.Id, false));
    }

    [Fact]
    public void What_outlives_a_stand_in_stays_with_whose_room_it_is()
    {
        // Nobody is here but a listener of a public room, who therefore stands in.
        var stage = Friends().Arrives(Lars, "lars-phone");
        Assert.Equal(MemberRole.Host, stage.State.RoleOf(Lars.Id));
        SettingsChange[] changes = [new(Locked: true), new(PasswordHash: "hash"), new(Public: false), new(Name: "Mine"), new(Rights: RightsTable.Friends with { Kick = MemberRole.Listener })];
        Assert.All(changes, change => Assert.Equal(ErrorCode.HostOnly, stage.Refused(Lars, new PeopleRequest.Hold(change))));
        Assert.Equal(ErrorCode.HostOnly, stage.Refused(Lars, new PeopleRequest.SetRole(Lars.Id, MemberRole.Dj)));
        var invite = new Invite("i1", "hash", MemberRole.Dj, Lars.Id, stage.Now, null, null);
        Assert.Equal(ErrorCode.NotAllowed, stage.Refused(Lars, new PeopleRequest.MakeInvite(invite)));
        stage.Asked(Lars, new PeopleRequest.MakeInvite(invite with { Role = MemberRole.Listener }));

        // Whose room it is may do it all, here or not.
        Assert.All(changes, change => stage.Asked(Hanna, new PeopleRequest.Hold(change)));
        stage.Asked(Hanna, new PeopleRequest.SetRole(Lars.Id, MemberRole.Dj));
    }

    [Fact]
    public void A_kick_takes_all_devices_along_and_the_same_ways_lead_back_in()
    {
        var stage = Friends().Arrives(Lars, "lars-phone").Arrives(Lars, "lars-tablet").Arrives(Dina, "dina-phone");
        stage.Asked(Dina, new PeopleRequest.Expel(Lars.Id, false));
        Assert.Null(stage.State.FindMember(Lars.Id));
        Assert.Equal(["dina-phone"], stage.Model.Devices.Select(device => device.Id));
        Assert.Contains(stage.Events, happened => happened is RoomEvent.Expelled { MemberId: "a-lars", Reason: ErrorCode.Kicked });
        stage.Arrives(Lars, "lars-phone");
    }

    [Fact]
    public void A_ban_holds_for_the_person_and_for_their_devices_under_any_name_until_it_is_taken_back()
    {
        var stage = Friends().Enters(Gero).Arrives(Gero, "gero-phone").Asked(Hanna, new PeopleRequest.Expel(Gero.Id, true));
        Assert.Equal(ErrorCode.Banned, stage.Refused(Gero, new PeopleRequest.Enter(EntryProof.Nothing)));
        Assert.Equal(ErrorCode.Banned, stage.Refused(new Actor.Person("a-other", "Other", false), "gero-phone"));
        Assert.Equal(ErrorCode.NotAllowed, stage.Refused(Lars, new PeopleRequest.Pardon(Gero.Id)));
        stage.Asked(Hanna, new PeopleRequest.Pardon(Gero.Id)).Enters(Gero);
    }

    [Fact]
    public void Who_is_banned_does_not_come_back_as_another_guest_on_the_same_device()
    {
        var stage = Friends().Enters(Gero, later: 1).Arrives(Gero, "gero-phone").Arrives(Lars, "lars-phone");
        stage.Asked(Hanna, new PeopleRequest.Expel(Gero.Id, true));
        var anew = new Actor.Person("g-anew", "Otto", true);
        stage.Enters(anew, later: 1);
        Assert.Equal(ErrorCode.Banned, stage.Refused(anew, "gero-phone"));
        stage.Arrives(anew, "otto-phone");

        // Who was here before, and whose room it is, may use what they had lent.
        stage.Arrives(Lars, "gero-phone").Did(new RoomInput.DeviceLeft("gero-phone")).Arrives(Hanna, "gero-phone");
    }

    [Fact]
    public void A_ban_takes_back_the_invitations_that_the_banned_made_and_no_others()
    {
        var stage = Friends().Enters(Gero);
        foreach (var maker in (Actor.Person[])[Gero, Lars])
        {
            stage.Asked(maker, new PeopleRequest.MakeInvite(new Invite($"of-{maker.Name}", $"hash-{maker.Name}", MemberRole.Listener, maker.Id, stage.Now, null, null)));
        }

        stage.Asked(Hanna, new PeopleRequest.Expel(Gero.Id, true));
        Assert.Equal(["of-Lars"], stage.Model.Kept.Door.Invites.Select(invite => invite.Id));
        stage.Asked(Hanna, new PeopleRequest.Expel(Lars.Id, false));
        Assert.Equal(["of-Lars"], stage.Model.Kept.Door.Invites.Select(invite => invite.Id));
    }

    [Fact]
    public void Nobody_puts_out_whom_they_do_not_stand_above()
    {
        var stage = Friends().Asked(Hanna, new PeopleRequest.SetRole(Lars.Id, MemberRole.Dj));
        Assert.Equal(ErrorCode.NotAllowed, stage.Refused(Dina, new PeopleRequest.Expel(Lars.Id, false)));
        Assert.Equal(ErrorCode.NotAllowed, stage.Refused(Dina, new PeopleRequest.Expel(Hanna.Id, true)));
        Assert.Equal(ErrorCode.NotAllowed, stage.Refused(Dina, new PeopleRequest.Expel(Dina.Id, false)));
        Assert.Equal(ErrorCode.NotAllowed, stage.Refused(Hanna, new PeopleRequest.Expel(Hanna.Id, false)));
        Assert.Equal(ErrorCode.MemberNotFound, stage.Refused(Hanna, new PeopleRequest.Expel("g-none", false)));
    }

    [Fact]
    public void Members_leave_and_the_host_cannot_without_giving_the_room_away()
    {
        var stage = Friends().Asked(Lars, new PeopleRequest.Leave());
        Assert.Null(stage.State.FindMember(Lars.Id));
        Assert.Equal(ErrorCode.HostOnly, stage.Refused(Hanna, new PeopleRequest.Leave()));
        Assert.Equal(ErrorCode.MemberNotFound, stage.Refused(Lars, new PeopleRequest.Leave()));
    }

    [Fact]
    public void A_guest_who_signs_up_keeps_role_standing_queue_history_and_device()
    {
        var stage = Friends().Enters(Gero, later: 3).Asked(Hanna, new PeopleRequest.SetRole(Gero.Id, MemberRole.Dj)).Arrives(Gero, "gero-phone");
        var since = stage.State.FindMember(Gero.Id)!.SinceMicros;
        stage.Do(Stage.Play("t1"), Gero);
        stage.MediaArrives().Later(1_000_000);
        var signedUp = new Actor.Person("a-gero", "Gerold", false);
        stage.Asked(signedUp, new PeopleRequest.WasGuest(Gero.Id));

        Assert.Null(stage.State.FindMember(Gero.Id));
        Assert.Equal(new MemberInfo("a-gero", "Gerold", false, MemberRole.Dj, since), stage.State.FindMember("a-gero"));
        Assert.Equal("a-gero", stage.State.Queue[0].AddedById);
        Assert.Equal(("Gerold", "a-gero"), (stage.Model.Kept.History[0].AddedBy, stage.Model.Kept.History[0].AddedById));
        Assert.Equal("a-gero", stage.Model.FindDevice("gero-phone")!.MemberId);
        Assert.Single(stage.State.Members, member => member.Name.StartsWith("Gero", StringComparison.Ordinal));
    }

    [Fact]
    public void Nobody_becomes_a_member_who_has_an_account_and_no_guest_becomes_anybody()
    {
        var stage = Friends().Enters(Gero);
        var before = stage.State.Members;
        stage.Asked(Gero, new PeopleRequest.WasGuest(Lars.Id)).Asked(Dina, new PeopleRequest.WasGuest(Lars.Id)).Asked(Gero, new PeopleRequest.WasGuest(Gero.Id));
        Assert.Equal(before, stage.State.Members);
    }

    [Fact]
    public void Who_is_banned_does_not_come_back_as_the_guest_they_also_were()
    {
        var stage = Friends().Enters(Gero).Asked(Hanna, new PeopleRequest.Expel(Lars.Id, true)).Asked(Lars, new PeopleRequest.WasGuest(Gero.Id));
        Assert.Null(stage.State.FindMember(Lars.Id));
        Assert.NotNull(stage.State.FindMember(Gero.Id));
    }

    [Fact]
    public void The_host_decides_how_the_room_is_held()
    {
        var stage = Friends();
        var change = new SettingsChange("Terrace", false, true, "hash", RightsTable.Friends with { Add = MemberRole.Host });
        Assert.Equal(ErrorCode.HostOnly, stage.Refused(Dina, new PeopleRequest.Hold(change)));
        stage.Asked(Hanna, new PeopleRequest.Hold(change));
        Assert.Equal(new RoomIdentity("ABCDEF", "Terrace", new RoomRules(RoomKind.Shared, false, true, true, RightsTable.Friends with { Add = MemberRole.Host })), stage.State.Room);
        stage.Asked(Hanna, new PeopleRequest.Hold(new SettingsChange(PasswordHash: "")));
        Assert.False(stage.State.Room.Rules!.Password);
        Assert.Null(stage.Model.Kept.Door.PasswordHash);
    }

    [Fact]
    public void An_open_room_is_renamed_and_closed_by_anyone_but_has_nobody_to_keep_out()
    {
        var stage = new Stage();
        stage.Model = stage.Model with { State = stage.State with { Room = new RoomIdentity("ABCDEF", "ABCDEF") } };
        stage.Asked(Actor.Anyone.Instance, new PeopleRequest.Hold(new SettingsChange(Name: "Shed")));
        Assert.Equal("Shed", stage.State.Room.Name);
        Assert.Equal(ErrorCode.NoMembers, stage.Refused(Hanna, new PeopleRequest.Hold(new SettingsChange(Locked: true))));
        stage.Asked(Gero, new PeopleRequest.Close());
        Assert.True(stage.Model.Kept.Closed);
    }

    [Fact]
    public void Home_is_neither_renamed_nor_closed_and_a_personal_room_is_not_closed()
    {
        Assert.Equal(ErrorCode.HostOnly, new Stage().Refused(Hanna, new PeopleRequest.Hold(new SettingsChange(Name: "Mine"))));
        Assert.Equal(ErrorCode.HostOnly, new Stage().Refused(Hanna, new PeopleRequest.Close()));
        Assert.Equal(ErrorCode.HostOnly, Personal().Refused(Hanna, new PeopleRequest.Close()));
    }

    [Fact]
    public void A_personal_room_shows_its_devices_when_they_are_away()
    {
        var stage = Personal().Arrives(Hanna, "hanna-phone").Did(new RoomInput.DeviceLost("hanna-phone")).Later(60_000_000);
        var away = Assert.Single(stage.Model.Devices);
        Assert.True(away is { IsAway: true, Report: null });
        Assert.Null(RoomAgenda.Of(stage.Model, stage.Options).WakeAt);

        stage.Did(new RoomInput.Commanded(new RoomCommand.DeviceSet("hanna-phone", new DeviceChange(Name: "Bath")), null, Hanna));
        stage.Arrives(Hanna, "hanna-phone");
        Assert.False(stage.Model.Devices[0].IsAway);
        stage.Did(new RoomInput.DeviceForgotten("hanna-phone"));
        Assert.Single(stage.Model.Devices);
        stage.Did(new RoomInput.DeviceLeft("hanna-phone")).Did(new RoomInput.DeviceForgotten("hanna-phone"));
        Assert.Empty(stage.Model.Devices);
    }
}
