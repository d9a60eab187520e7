using Tutti.Client;
using Tutti.Client.Rooms;
using Tutti.Protocol;

namespace Tutti.Server.Tests.Access;

/// <summary>The .NET SDK signing in, at a server that asks for accounts.</summary>
public sealed class ClientAccountTests(ClosedHouse house) : IClassFixture<ClosedHouse>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_account_is_made_by_link_and_lives_its_life()
    {
        using var ann = await InAsync("Ann", House.Password);
        var link = await ann.Account.CreateSignUpLinkAsync(Ct);
        Assert.Contains((await ann.Account.SignUpLinksAsync(Ct)).Links, kept => kept.Id == link.Id);
        using var nobody = Client(null);
        Assert.Equal(ErrorCode.SignUpClosed, (await Assert.ThrowsAsync<TuttiException>(() => nobody.Account.SignUpAsync("Dora", "nine green bottles", ct: Ct))).Known);
        var dora = await nobody.Account.SignUpAsync("Dora", "nine green bottles", link.Link, Ct);
        Assert.DoesNotContain(dora.Token!, dora.ToString());
        using var client = Client(dora.Token);
        Assert.Equal(("account", "Dora", false), ((await client.Account.StateAsync(Ct)).Caller is var me ? (me.Kind, me.Name, me.Administrator) : default));
        var token = await client.Account.CreateTokenAsync("doorbell", 30, Ct);
        using (var script = Client(token.Token))
        {
            Assert.Equal("Dora", (await script.Account.DashboardAsync(Ct)).Account.Name);
            await client.Account.RevokeTokenAsync(token.Detail.Id, Ct);
            Assert.Equal(ErrorCode.CredentialInvalid, (await Assert.ThrowsAsync<TuttiException>(() => script.Account.DashboardAsync(Ct))).Known);
        }

        using var elsewhere = await InAsync("Dora", "nine green bottles");
        var other = (await client.Account.SessionsAsync(Ct)).Items.Single(session => !session.Current);
        await client.Account.EndSessionAsync(other.Id, Ct);
        Assert.Equal(ErrorCode.CredentialRevoked, (await Assert.ThrowsAsync<TuttiException>(() => elsewhere.Rooms.ListAsync(Ct))).Known);
        await client.Account.ChangePasswordAsync("nine green bottles", "eight green bottles", Ct);
        await client.Account.DeleteAsync("eight green bottles", Ct);
        Assert.Equal(ErrorCode.WrongCredentials, (await Assert.ThrowsAsync<TuttiException>(() => nobody.Account.SignInAsync("Dora", "eight green bottles", Ct))).Known);
        var unused = await ann.Account.CreateSignUpLinkAsync(Ct);
        await ann.Account.DeleteSignUpLinkAsync(unused.Id, Ct);
        await Assert.ThrowsAsync<TuttiException>(() => ann.Account.DeleteSignUpLinkAsync(unused.Id, Ct));
    }

    [Fact]
    public async Task A_socket_is_let_in_by_its_token_and_nobody_without()
    {
        using var ann = await InAsync("Ann", House.Password);
        await using (var room = await JoinAsync(ann))
        {
            Assert.Equal("HOME", room.State.Room.Code);
        }

        using var nobody = Client(null);
        Assert.Equal(ErrorCode.SignInNeeded, (await Assert.ThrowsAsync<TuttiException>(() => JoinAsync(nobody))).Known);
        using var forged = Client("nonsense");
        Assert.Equal(ErrorCode.CredentialInvalid, (await Assert.ThrowsAsync<TuttiException>(() => JoinAsync(forged))).Known);
    }

    [Fact]
    public async Task A_socket_whose_sign_in_ends_is_closed_for_good()
    {
        using var ann = await InAsync("Ann", House.Password);
        await using var room = await JoinAsync(ann);
        await ann.Account.SignOutAsync(Ct);
        var closed = await room.StatusesAsync(Ct).OfType<ConnectionStatus.Closed>().FirstAsync(Ct).AsTask().WaitAsync(TimeSpan.FromSeconds(20), Ct);
        Assert.Equal((int)ErrorCode.CredentialRevoked, closed.Fault?.Code);
    }

    private static Task<RoomConnection> JoinAsync(TuttiClient client) => client.JoinAsync(
        "HOME", new RoomConnectionOptions { Device = new DeviceIdentity(RoomConnectionOptions.NewDeviceId(), "Desk", DeviceKind.Control) }, Ct);

    private TuttiClient Client(string? token) => new(house.Server.Url, new TuttiClientOptions { Token = token });

    private async Task<TuttiClient> InAsync(string name, string password)
    {
        using var nobody = Client(null);
        return Client((await nobody.Account.SignInAsync(name, password, Ct)).Token);
    }
}
