using Microsoft.Extensions.Options;
using Tutti.Protocol;
using Tutti.Server.Access;
using Tutti.Server.Access.Accounts;
using Tutti.Server.Access.Credentials;
using Tutti.Server.Access.Guessing;
using Tutti.Server.Access.Tokens;
using Tutti.Server.Storage;
using Tutti.Server.Tests.Rooms;
using Tutti.Server.Tests.Storage;

namespace Tutti.Server.Tests.Access;

/// <summary>What may happen between the steps of signing in, setting up and changing a password.</summary>
public sealed class AccountDeskTests() : DatabaseTests(new SqliteTestDatabase())
{
    private readonly ManualTimeProvider _time = new();
    private readonly TestFolder _folder = new();
    private readonly Passwords _passwords = new();

    [Fact]
    public async Task The_set_up_code_is_there_again_when_no_administrator_came_of_it()
    {
        var code = new SetUpCode();
        code.Draw();
        var drawn = code.Code!;
        _passwords.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => Desk(code).Accounts.SetUpAsync(drawn, "Ann", House.Password));
        Assert.Equal(drawn, code.Code);
    }

    [Fact]
    public async Task Who_was_let_in_by_the_password_of_before_gets_no_credential_for_it()
    {
        var (accounts, credentials) = Desk(new SetUpCode());
        Assert.IsType<AccountOutcome.Done>(await accounts.SignUpAsync("Ann", House.Password, null, Ct));
        var here = ClientAddress.Of(System.Net.IPAddress.Loopback);
        var thief = Assert.IsType<AccountOutcome.Done>(await accounts.SignInAsync("Ann", House.Password, here, null, Ct)).Account;

        var ann = Assert.IsType<AccountOutcome.Done>(await accounts.SignInAsync("Ann", House.Password, here, null, Ct)).Account;
        var (own, _) = (await credentials.AddBrowserAsync(ann, "Firefox", Ct))!.Value;
        Assert.IsType<AccountOutcome.Done>(await accounts.ChangePasswordAsync(ann.Id, House.Password, "another long one", own.Id, here, Ct));
        Assert.Null(await credentials.AddBrowserAsync(thief, "Firefox", Ct));
        Assert.Null(await credentials.AddBearerAsync(thief, "cli", Ct));
        Assert.Equal(own.Id, Assert.Single(await credentials.ListAsync(ann.Id, Ct)).Id);

        // Of two who change it at once, one is late.
        var changes = await Task.WhenAll(Enumerable.Range(0, 4).Select(n => accounts.ChangePasswordAsync(ann.Id, "another long one", $"yet another one {n}", own.Id, here, Ct)));
        Assert.Single(changes, change => change is AccountOutcome.Done);
        Assert.Equal(3, changes.Count(change => change is AccountOutcome.Refused { Code: ErrorCode.WrongCredentials }));
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
        _passwords.Dispose();
    }

    private (AccountDesk Accounts, CredentialDesk Credentials) Desk(SetUpCode code)
    {
        var options = Options.Create(new AccessOptions());
        var credentials = new CredentialDesk(new CredentialStore(Db), new TokenSigner(new DataFolder(_folder.Path), _time, options), _time, options);
        return (new AccountDesk(new AccountStore(Db), credentials, _passwords, new GuessLimits(), code, _time), credentials);
    }
}
