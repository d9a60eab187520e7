using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Tutti.Protocol;
using Tutti.Server.Access;
using Tutti.Server.Access.Accounts;
using Tutti.Server.Access.Credentials;
using Tutti.Server.Access.Tokens;
using Tutti.Server.Storage;
using Tutti.Server.Tests.Rooms;
using Tutti.Server.Tests.Storage;

namespace Tutti.Server.Tests.Access;

/// <summary>Credentials that live sockets depend on: their ends are noticed, by whichever process they come about.</summary>
public sealed class CredentialWatchTests() : DatabaseTests(new SqliteTestDatabase())
{
    private readonly ManualTimeProvider _time = new();
    private readonly TestFolder _folder = new();

    [Fact]
    public async Task An_expired_one_is_noticed_at_the_next_look()
    {
        var house = await HouseAsync();
        var (_, token) = (await house.Desk.AddBearerAsync(house.Ann, "cli", Ct))!.Value;
        var ended = new List<ErrorCode>();
        house.Watch.Watch(await GoodAsync(house, token), ended.Add);
        await house.Watch.LookAsync(Ct);
        Assert.Empty(ended);
        _time.Advance(TimeSpan.FromHours(new AccessOptions().BearerHours));
        await house.Watch.LookAsync(Ct);
        await house.Watch.LookAsync(Ct);
        Assert.Equal([ErrorCode.CredentialExpired], ended);
    }

    [Fact]
    public async Task One_that_another_process_revoked_is_noticed_at_the_next_look()
    {
        var house = await HouseAsync();
        var (record, token) = (await house.Desk.AddBearerAsync(house.Ann, "cli", Ct))!.Value;
        var ended = new List<ErrorCode>();
        house.Watch.Watch(await GoodAsync(house, token), ended.Add);
        await new CredentialStore(Open()).DeleteAsync(house.Ann.Id, record.Id, Ct);
        await house.Watch.LookAsync(Ct);
        Assert.Equal([ErrorCode.CredentialRevoked], ended);
        _time.Advance(TimeSpan.FromSeconds(new AccessOptions().WatchSeconds));
        Assert.Equal(ErrorCode.CredentialRevoked, Assert.IsType<CredentialReading.Bad>(await house.Desk.ReadBearerAsync(token, Ct)).Code);
    }

    [Fact]
    public async Task A_guest_s_pass_ends_with_its_time()
    {
        var house = await HouseAsync();
        var (pass, _) = new GuestPasses(house.Signer, _time).Issue(new Caller.Guest("g", "ABC234", "Gus"));
        var ended = new List<ErrorCode>();
        house.Watch.Watch(await GoodAsync(house, pass), ended.Add);
        _time.Advance(GuestPasses.Life);
        await house.Watch.LookAsync(Ct);
        Assert.Equal([ErrorCode.CredentialExpired], ended);
    }

    [Fact]
    public async Task Who_watches_no_longer_is_not_told()
    {
        var house = await HouseAsync();
        var (record, token) = (await house.Desk.AddBearerAsync(house.Ann, "cli", Ct))!.Value;
        house.Watch.Watch(await GoodAsync(house, token), code => Assert.Fail(code.ToString())).Dispose();
        await house.Desk.RevokeAsync(house.Ann.Id, record.Id, Ct);
        await house.Watch.LookAsync(Ct);
    }

    [Fact]
    public async Task A_browser_s_session_lives_on_as_it_is_used_and_ends_when_it_is_not()
    {
        var house = await HouseAsync();
        var (_, cookie) = (await house.Desk.AddBrowserAsync(house.Ann, "Firefox", Ct))!.Value;
        var days = TimeSpan.FromDays(new AccessOptions().SessionDays);
        for (var visit = 0; visit < 3; visit++)
        {
            _time.Advance(days * 0.9);
            Assert.IsType<CredentialReading.Good>(await house.Desk.ReadCookieAsync(cookie, Ct));
            await house.Desk.TidyAsync(Ct);
        }

        _time.Advance(days);
        Assert.IsType<CredentialReading.Bad>(await house.Desk.ReadCookieAsync(cookie, Ct));
        await house.Desk.TidyAsync(Ct);
        Assert.Empty(await house.Desk.ListAsync(house.Ann.Id, Ct));
    }

    [Fact]
    public async Task An_open_socket_alone_keeps_a_browser_s_session_alive_and_is_written_down_now_and_then()
    {
        var house = await HouseAsync();
        var (record, cookie) = (await house.Desk.AddBrowserAsync(house.Ann, "a tablet on the wall", Ct))!.Value;
        var shown = Assert.IsType<CredentialReading.Good>(await house.Desk.ReadCookieAsync(cookie, Ct)).Credential;
        house.Watch.Watch(shown, code => Assert.Fail(code.ToString()));
        var days = TimeSpan.FromDays(new AccessOptions().SessionDays);
        for (var quarter = 0; quarter < 3; quarter++)
        {
            _time.Advance(days * 0.9);
            await house.Watch.LookAsync(Ct);
            await house.Desk.TidyAsync(Ct);
        }

        var usedAt = Assert.Single(await house.Desk.ListAsync(house.Ann.Id, Ct)).UsedAt;
        Assert.Equal(UtcMicros.Now(_time), usedAt);
        _time.Advance(TimeSpan.FromMinutes(1));
        await house.Watch.LookAsync(Ct);
        await house.Desk.TidyAsync(Ct);
        Assert.Equal(usedAt, Assert.Single(await house.Desk.ListAsync(house.Ann.Id, Ct), one => one.Id == record.Id).UsedAt);
        Assert.IsType<CredentialReading.Good>(await house.Desk.ReadCookieAsync(cookie, Ct));
    }

    [Fact]
    public async Task One_kind_does_not_pass_for_another()
    {
        var house = await HouseAsync();
        var (_, cookie) = (await house.Desk.AddBrowserAsync(house.Ann, "Firefox", Ct))!.Value;
        var (_, token) = (await house.Desk.AddTokenAsync(house.Ann.Id, "script", null, Ct))!.Value;
        Assert.IsType<CredentialReading.Bad>(await house.Desk.ReadBearerAsync("tutti_" + cookie.Replace('.', '_'), Ct));
        Assert.IsType<CredentialReading.Bad>(await house.Desk.ReadCookieAsync(token["tutti_".Length..].Replace('_', '.'), Ct));
        var (bearer, _) = (await house.Desk.AddBearerAsync(house.Ann, "cli", Ct))!.Value;
        Assert.IsType<CredentialReading.Bad>(await house.Desk.ReadCookieAsync($"{bearer.Id}.", Ct));
        Assert.IsType<CredentialReading.Bad>(await house.Desk.ReadBearerAsync($"tutti_{bearer.Id}_", Ct));
    }

    [Fact]
    public async Task What_was_read_is_good_for_some_seconds_without_asking_the_database()
    {
        var house = await HouseAsync();
        var (record, token) = (await house.Desk.AddBearerAsync(house.Ann, "cli", Ct))!.Value;
        await GoodAsync(house, token);
        await new CredentialStore(Open()).DeleteAsync(house.Ann.Id, record.Id, Ct);
        await GoodAsync(house, token);
        _time.Advance(TimeSpan.FromSeconds(new AccessOptions().WatchSeconds));
        Assert.IsType<CredentialReading.Bad>(await house.Desk.ReadBearerAsync(token, Ct));
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }

    private static async Task<Credential> GoodAsync(HouseOfOne house, string token) =>
        Assert.IsType<CredentialReading.Good>(await house.Desk.ReadBearerAsync(token, Ct)).Credential;

    private async Task<HouseOfOne> HouseAsync()
    {
        var store = new CredentialStore(Db);
        var options = Options.Create(new AccessOptions());
        var signer = new TokenSigner(new DataFolder(_folder.Path), _time, options);
        var desk = new CredentialDesk(store, signer, _time, options);
        var watch = new CredentialWatch(desk, store, signer, _time, options, NullLogger<CredentialWatch>.Instance);
        var ann = new AccountRecord(new AccountId("ann"), "Ann", "hash", true, UtcMicros.Now(_time));
        await new AccountStore(Db).AddAsync(ann, "ann", null, Ct);
        return new HouseOfOne(desk, watch, signer, ann);
    }

    private sealed record HouseOfOne(CredentialDesk Desk, CredentialWatch Watch, TokenSigner Signer, AccountRecord Ann);
}
