using Tutti.Protocol;
using Tutti.Server.Access;
using Tutti.Server.Access.Accounts;
using Tutti.Server.Access.Door;

namespace Tutti.Server.Tests.Access;

/// <summary>Who may what, as a table; and what names and passwords will do.</summary>
public sealed class DoorPolicyTests
{
    private static readonly Caller s_admin = new Caller.Account(new AccountId("a"), "Ann", IsAdministrator: true);
    private static readonly Caller s_account = new Caller.Account(new AccountId("b"), "Bob", IsAdministrator: false);
    private static readonly Caller s_guest = new Caller.Guest("g", "ABC234", "Gus");
    private static readonly Caller s_nobody = Caller.Anonymous.Instance;

    private static readonly Caller s_uploader = new Caller.Account(new AccountId("c"), "Cleo", IsAdministrator: false, MayUpload: true);

    //                          nobody  guest  account  uploader  administrator     (1 = may, else why not)
    [Theory]
    [InlineData(AccessMode.Open, Need.Nobody, 1, 1, 1, 1, 1)]
    [InlineData(AccessMode.Open, Need.Visitor, 1, 1, 1, 1, 1)]
    [InlineData(AccessMode.Open, Need.Resident, 1, 1, 1, 1, 1)]
    [InlineData(AccessMode.Open, Need.Account, 6001, 6001, 1, 1, 1)]
    [InlineData(AccessMode.Open, Need.Uploader, 6001, 6001, 6019, 1, 1)]
    [InlineData(AccessMode.Open, Need.Administrator, 6001, 6001, 6007, 6007, 1)]
    [InlineData(AccessMode.Accounts, Need.Nobody, 1, 1, 1, 1, 1)]
    [InlineData(AccessMode.Accounts, Need.Visitor, 6001, 1, 1, 1, 1)]
    [InlineData(AccessMode.Accounts, Need.Resident, 6001, 6001, 1, 1, 1)]
    [InlineData(AccessMode.Accounts, Need.Account, 6001, 6001, 1, 1, 1)]
    [InlineData(AccessMode.Accounts, Need.Uploader, 6001, 6001, 6019, 1, 1)]
    [InlineData(AccessMode.Accounts, Need.Administrator, 6001, 6001, 6007, 6007, 1)]
    public void Who_may_what(AccessMode mode, Need need, int nobody, int guest, int account, int uploader, int admin) => Assert.Equal(
        [nobody, guest, account, uploader, admin],
        new[] { s_nobody, s_guest, s_account, s_uploader, s_admin }.Select(caller => (int)(DoorPolicy.Refusal(mode, caller, need)?.Code ?? (ErrorCode)1)));

    [Theory]
    [InlineData("ABC234", true)]
    [InlineData("abc234", true)]
    [InlineData("HOME", false)]
    [InlineData("ABC235", false)]
    [InlineData("", false)]
    public void A_guest_is_one_in_one_room_and_may_go_to_others_where_everybody_may(string room, bool own)
    {
        Assert.Equal(own ? s_guest : s_nobody, DoorPolicy.Within(room, s_guest));
        Assert.Equal(own ? null : ErrorCode.GuestElsewhere, DoorPolicy.RoomRefusal(AccessMode.Accounts, s_guest, room)?.Code);
        Assert.Null(DoorPolicy.RoomRefusal(AccessMode.Open, s_guest, room));
        Assert.Equal((s_nobody, s_guest), (DoorPolicy.Outside(AccessMode.Open, s_guest), DoorPolicy.Outside(AccessMode.Accounts, s_guest)));
        foreach (var caller in new[] { s_account, s_nobody })
        {
            Assert.Equal(caller, DoorPolicy.Within(room, caller));
            Assert.Equal(caller, DoorPolicy.Outside(AccessMode.Open, caller));
            Assert.Null(DoorPolicy.RoomRefusal(AccessMode.Accounts, caller, room));
        }
    }

    [Theory]
    [InlineData("Ann", true)]
    [InlineData("Jörg-Uwe O'Neil", true)]
    [InlineData("李明", true)]
    [InlineData("x", false)]
    [InlineData("", false)]
    [InlineData(" ann", false)]
    [InlineData("ann.", false)]
    [InlineData("a/b", false)]
    [InlineData("a\u0301nn", false)]
    [InlineData("an\u200bn", false)]
    [InlineData("abcdefghijklmnopqrstuvwxyz1234567", false)]
    public void Names(string name, bool isFit) => Assert.Equal(isFit, AccountNames.IsFit(name));

    [Fact]
    public void Names_that_differ_in_case_alone_are_one() => Assert.Equal(AccountNames.KeyOf("JÖRG "), AccountNames.KeyOf("jörg"));

    [Theory]
    [InlineData("correct horse battery", true)]
    [InlineData("k7#pQ2xz", true)]
    [InlineData("k7#pQ2x", false)]
    [InlineData("aaaaaaaaaaaaaaaa", false)]
    [InlineData("Password123", false)]
    [InlineData("12345678", false)]
    [InlineData("bobby-bob1", false)]
    public void Passwords_that_will_do(string password, bool isFit) => Assert.Equal(isFit, Passwords.Unfit(password, "Bobby-Bob") is null);

    [Fact]
    public void Longer_than_anybody_types_is_refused() => Assert.NotNull(Passwords.Unfit(string.Concat(Enumerable.Repeat("abcdefgh", 40)), "ann"));
}
