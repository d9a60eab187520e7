using System.Collections.Immutable;
using Tutti.Protocol;
using Tutti.Server.Rooms;
using Tutti.Timing;
using static Tutti.Server.Tests.Rooms.SharedStage;

namespace Tutti.Server.Tests.Rooms;

/// <summary>The door of a shared room: who comes in by what.</summary>
public sealed class EntryTests
{
    private const string Token = "token";
    private static readonly EntryProof s_invited = new(InviteTokenHash: InviteToken.Hash(Token));

    [Theory]
    [InlineData(true, false, false, null)]
    [InlineData(true, true, false, ErrorCode.PasswordNeeded)]
    [InlineData(false, false, false, ErrorCode.InviteNeeded)]
    [InlineData(false, true, false, ErrorCode.PasswordNeeded)]
    [InlineData(true, false, true, ErrorCode.RoomLocked)]
    public void Who_comes_with_nothing(bool isPublic, bool password, bool locked, ErrorCode? expected)
    {
        var stage = Held(isPublic, password, locked);
        Assert.Equal(expected, (stage.Ask(Gero, new PeopleRequest.Enter(EntryProof.Nothing)) as Decision.Refused)?.Code);
        Assert.Equal(expected is null, stage.State.FindMember(Gero.Id) is not null);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public void An_invitation_lets_in_past_privacy_and_password(bool isPublic, bool password)
    {
        var stage = Invited(Held(isPublic, password, locked: false)).Asked(Gero, new PeopleRequest.Enter(s_invited));
        Assert.Equal(MemberRole.Listener, stage.State.RoleOf(Gero.Id));
    }

    [Fact]
    public void No_invitation_opens_a_lock()
    {
        Assert.Equal(ErrorCode.RoomLocked, Invited(Held(locked: true)).Refused(Gero, new PeopleRequest.Enter(s_invited)));
    }

    [Fact]
    public void The_password_that_was_right_lets_in_and_one_that_was_right_before_does_not()
    {
        var stage = Held(password: true);
        Assert.Equal(ErrorCode.PasswordWrong, stage.Refused(Gero, new PeopleRequest.Enter(new EntryProof(MatchedPasswordHash: "old"))));
        stage.Asked(Gero, new PeopleRequest.Enter(new EntryProof(MatchedPasswordHash: "hash")));
    }

    [Fact]
    public void An_invitation_ends_when_it_is_said_to()
    {
        var stage = Invited(Held(isPublic: false), expires: 1_000_000);
        stage.Now += 999_999;
        stage.Asked(Gero, new PeopleRequest.Enter(s_invited));
        stage.Now += 1;
        Assert.Equal(ErrorCode.InviteExpired, stage.Refused(new Actor.Person("g-else", "Else", true), new PeopleRequest.Enter(s_invited)));
    }

    [Fact]
    public void An_invitation_is_good_for_so_many_people_and_for_one_person_counts_once()
    {
        var stage = Invited(Held(isPublic: false), uses: 1).Asked(Gero, new PeopleRequest.Enter(s_invited)).Asked(Gero, new PeopleRequest.Enter(s_invited));
        Assert.Equal(ErrorCode.InviteUsedUp, stage.Refused(new Actor.Person("g-else", "Else", true), new PeopleRequest.Enter(s_invited)));
    }

    [Theory]
    [InlineData(MemberRole.Dj, null, false, MemberRole.Dj, 1)]
    [InlineData(MemberRole.Listener, null, false, MemberRole.Listener, 0)]
    [InlineData(MemberRole.Dj, 1_000_000L, true, MemberRole.Listener, 0)]
    public void An_invitation_for_more_makes_a_member_more(MemberRole role, long? expires, bool late, MemberRole expected, int uses)
    {
        var stage = Friends();
        var invite = new Invite("i1", InviteToken.Hash(Token), role, Hanna.Id, stage.Now, expires is { } end ? stage.Now + end : null, 1);
        stage.Asked(Hanna, new PeopleRequest.MakeInvite(invite));
        stage.Now += late ? 1_000_000 : 0;
        stage.Asked(Lars, new PeopleRequest.Enter(s_invited)).Asked(Lars, new PeopleRequest.Enter(s_invited)).Asked(Dina, new PeopleRequest.Enter(s_invited));
        Assert.Equal((expected, MemberRole.Dj, uses), (stage.State.RoleOf(Lars.Id), stage.State.RoleOf(Dina.Id), stage.Model.Kept.Door.Invites.Single().Uses));
    }

    [Fact]
    public void A_revoked_invitation_and_one_that_never_was_are_alike()
    {
        var stage = Invited(Held(isPublic: false)).Asked(Hanna, new PeopleRequest.RevokeInvite("i1"));
        Assert.Equal(ErrorCode.InviteInvalid, stage.Refused(Gero, new PeopleRequest.Enter(s_invited)));
        Assert.Equal(ErrorCode.InviteInvalid, stage.Refused(Gero, new PeopleRequest.Enter(new EntryProof(InviteToken.Hash("made up")))));
        Assert.Equal(ErrorCode.InviteInvalid, stage.Refused(Hanna, new PeopleRequest.RevokeInvite("i1")));
    }

    [Fact]
    public void An_invitation_makes_DJs_only_when_the_host_says_so()
    {
        var stage = Friends();
        var invite = new Invite("i1", InviteToken.Hash(Token), MemberRole.Dj, Dina.Id, stage.Now, null, null);
        Assert.Equal(ErrorCode.NotAllowed, stage.Refused(Dina, new PeopleRequest.MakeInvite(invite)));
        stage.Asked(Hanna, new PeopleRequest.MakeInvite(invite with { MadeBy = Hanna.Id })).Asked(Gero, new PeopleRequest.Enter(s_invited));
        Assert.Equal(MemberRole.Dj, stage.State.RoleOf(Gero.Id));
    }

    [Fact]
    public void Only_so_many_invitations_are_good_at_once_and_spent_ones_do_not_count()
    {
        var stage = Friends();
        for (var n = 0; n < ProtocolLimits.Invites; n++)
        {
            stage.Asked(Hanna, new PeopleRequest.MakeInvite(new Invite($"i{n}", $"h{n}", MemberRole.Listener, Hanna.Id, stage.Now, n == 0 ? stage.Now + 5 : null, null)));
        }

        var more = new PeopleRequest.MakeInvite(new Invite("more", "more", MemberRole.Listener, Hanna.Id, stage.Now, null, null));
        Assert.Equal(ErrorCode.TooManyInvites, stage.Refused(Hanna, more));
        stage.Now += 5;
        stage.Asked(Hanna, more);
    }

    [Fact]
    public void Members_come_in_however_the_room_is_held_by_now()
    {
        var stage = Friends().Asked(Hanna, new PeopleRequest.Hold(new SettingsChange(Public: false, Locked: true, PasswordHash: "hash")));
        stage.Arrives(Lars, "lars-phone");
    }

    [Fact]
    public void Somebody_with_an_account_comes_into_a_public_room_by_its_code_alone_and_a_guest_needs_a_name_first()
    {
        var stage = Friends().Arrives(new Actor.Person("a-new", "New", false), "new-phone1");
        Assert.Equal(MemberRole.Listener, stage.State.FindMember("a-new")!.Role);
        Assert.Equal(ErrorCode.JoinNeeded, stage.Refused(Gero, "gero-phone"));
        Assert.Equal(ErrorCode.JoinNeeded, stage.Refused(Actor.Anyone.Instance, "some-phone"));
        stage.Enters(Gero).Arrives(Gero, "gero-phone");
    }

    [Fact]
    public void Nobody_but_its_owner_comes_into_a_personal_room_nor_learns_that_it_is_there()
    {
        var stage = Personal().Arrives(Hanna, "hanna-phone");
        foreach (var stranger in new Actor[] { Dina, Gero, Actor.Anyone.Instance })
        {
            Assert.Equal(ErrorCode.RoomNotFound, stage.Refused(stranger, "some-phone"));
            Assert.Equal(ErrorCode.RoomNotFound, Rights.ToBeHere(stage.Model, stranger)!.Code);
        }

        Assert.Equal(ErrorCode.RoomNotFound, stage.Refused(Gero, new PeopleRequest.Enter(s_invited)));
        Assert.Equal(ErrorCode.NoMembers, stage.Refused(Hanna, new PeopleRequest.MakeInvite(new Invite("i", "h", MemberRole.Listener, Hanna.Id, stage.Now, null, null))));
    }

    [Fact]
    public void A_device_of_somebody_else_cannot_be_taken_over()
    {
        var stage = Friends().Arrives(Dina, "dina-phone");
        Assert.Equal(ErrorCode.DeviceTaken, stage.Refused(Lars, "dina-phone"));
        stage.Arrives(Dina, "dina-phone");
    }

    [Fact]
    public void A_full_room_lets_the_oldest_absent_guest_go()
    {
        var stage = Friends();
        for (var n = stage.State.Members.Length; n < ProtocolLimits.Members; n++)
        {
            stage.Enters(new Actor.Person($"g-{n}", "Guest", true), later: 1);
        }

        stage.Arrives(new Actor.Person("g-3", "Guest", true), "stays-0001");
        stage.Enters(Gero, later: 1);
        Assert.Equal(ProtocolLimits.Members, stage.State.Members.Length);
        Assert.NotNull(stage.State.FindMember("g-3"));
        Assert.Null(stage.State.FindMember("g-4"));
    }

    [Fact]
    public void Wrong_passwords_run_out_of_patience_and_time_brings_it_back()
    {
        var patience = new PasswordPatience();
        var now = new ServerMicros(0);
        Assert.All(Enumerable.Range(0, 10), _ => Assert.True(patience.TryTake(now)));
        Assert.False(patience.TryTake(now));
        patience.Forgive();
        Assert.True(patience.TryTake(now));
        Assert.False(patience.TryTake(now + 5_999_999));
        Assert.True(patience.TryTake(now + 6_000_000));
    }

    [Fact]
    public void A_password_is_known_again_and_no_other_is()
    {
        var hash = RoomPassword.Hash("Übung 1");
        Assert.True(RoomPassword.Matches("Übung 1", hash));
        Assert.False(RoomPassword.Matches("übung 1", hash));
        Assert.NotEqual(hash, RoomPassword.Hash("Übung 1"));
        Assert.DoesNotContain("bung", hash, StringComparison.Ordinal);
    }

    [Fact]
    public void Personal_codes_come_from_account_and_key_alone_and_are_room_codes()
    {
        var rooms = new PersonalRooms(new HandoverKey(new byte[HandoverKey.Bytes]));
        var other = new PersonalRooms(new HandoverKey(Enumerable.Repeat((byte)1, HandoverKey.Bytes).ToArray()));
        var code = rooms.CodeOf("a-1");
        Assert.Equal(code, rooms.CodeOf("a-1"));
        Assert.Equal(code, RoomCodes.Normalize(code.ToLowerInvariant()));
        Assert.Equal(3, ImmutableHashSet.Create(code, rooms.CodeOf("a-2"), other.CodeOf("a-1")).Count);
    }

    private static Stage Held(bool isPublic = true, bool password = false, bool locked = false) =>
        Friends().Asked(Hanna, new PeopleRequest.Hold(new SettingsChange(Public: isPublic, Locked: locked, PasswordHash: password ? "hash" : null)));

    private static Stage Invited(Stage stage, long? expires = null, int? uses = null) => stage.Asked(
        Hanna,
        new PeopleRequest.MakeInvite(new Invite(
            "i1", InviteToken.Hash(Token), MemberRole.Listener, Hanna.Id, stage.Now, expires is { } micros ? stage.Now + micros : null, uses)));
}
