using Dapper;
using Tutti.Server.Access;
using Tutti.Server.Access.Accounts;
using Tutti.Server.Access.Credentials;
using Tutti.Server.Storage;
using Tutti.Server.Tests.Storage;

namespace Tutti.Server.Tests.Access;

/// <summary>Accounts and credentials as they are kept, on both dialects.</summary>
public abstract class AccountStorageTests(TestDatabase kind) : DatabaseTests(kind)
{
    private static readonly UtcMicros s_now = new(1_795_000_000_000_000);

    private AccountStore Accounts => new(Db);

    private CredentialStore Credentials => new(Db);

    [Fact]
    public async Task An_account_comes_back_as_it_was()
    {
        var ann = await AddAsync("Ann Ö", isAdministrator: true);
        Assert.Equal(ann, await Accounts.FindAsync(ann.Id, Ct));
        Assert.Equal(ann, await Accounts.FindByNameAsync("ann ö", Ct));
        Assert.Null(await Accounts.FindByNameAsync("ann", Ct));
        Assert.True(await Accounts.HasAdministratorAsync(Ct));
        Assert.False(await Accounts.ReplacePasswordHashAsync(ann.Id, "none of hers", "other", Ct));
        Assert.True(await Accounts.ReplacePasswordHashAsync(ann.Id, ann.PasswordHash, "other", Ct));
        Assert.False(await Accounts.ReplacePasswordHashAsync(ann.Id, ann.PasswordHash, "a third", Ct));
        Assert.Equal("other", (await Accounts.FindAsync(ann.Id, Ct))!.PasswordHash);
    }

    [Fact]
    public async Task Of_many_who_take_one_name_at_once_one_gets_it()
    {
        var other = new AccountStore(Open());
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 12).Select(n => (n % 2 == 0 ? Accounts : other).AddAsync(Record("Ann", $"a{n}"), "ann", null, Ct)));
        Assert.Single(outcomes, AddedAccount.Added);
        Assert.Equal(11, outcomes.Count(outcome => outcome is AddedAccount.NameTaken));
    }

    [Fact]
    public async Task A_sign_up_link_lets_one_in_and_is_kept_when_the_name_was_taken()
    {
        await AddAsync("Ann");
        var (link, secret) = SignUpLink.New(s_now, TimeSpan.FromHours(1));
        await Accounts.AddSignUpLinkAsync(link, Ct);
        Assert.Equal([link], await Accounts.SignUpLinksAsync(s_now, Ct));
        Assert.Equal(AddedAccount.NameTaken, await Accounts.AddAsync(Record("Ann", "a2"), "ann", Randoms.HashOf(secret), Ct));
        Assert.Equal(AddedAccount.LinkNotGood, await Accounts.AddAsync(Record("Bob", "b0"), "bob", Randoms.HashOf("guess"), Ct));
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 12).Select(n => Accounts.AddAsync(Record($"Bob{n}", $"b{n}"), $"bob{n}", Randoms.HashOf(secret), Ct)));
        Assert.Single(outcomes, AddedAccount.Added);
        Assert.Equal(11, outcomes.Count(outcome => outcome is AddedAccount.LinkNotGood));
        Assert.Empty(await Accounts.SignUpLinksAsync(s_now, Ct));
    }

    [Fact]
    public async Task A_sign_up_link_ends_with_its_time_or_when_it_is_taken_back()
    {
        var (late, lateSecret) = SignUpLink.New(s_now, TimeSpan.FromHours(-1));
        await Accounts.AddSignUpLinkAsync(late, Ct);
        Assert.Equal(AddedAccount.LinkNotGood, await Accounts.AddAsync(Record("Ann", "a"), "ann", Randoms.HashOf(lateSecret), Ct));
        var (link, secret) = SignUpLink.New(s_now, TimeSpan.FromHours(1));
        await Accounts.AddSignUpLinkAsync(link, Ct);
        Assert.True(await Accounts.DeleteSignUpLinkAsync(link.Id, Ct));
        Assert.False(await Accounts.DeleteSignUpLinkAsync(link.Id, Ct));
        Assert.Equal(AddedAccount.LinkNotGood, await Accounts.AddAsync(Record("Ann", "a"), "ann", Randoms.HashOf(secret), Ct));
    }

    [Fact]
    public async Task The_last_administrator_stays_while_there_are_others()
    {
        var admin = await AddAsync("Ann", isAdministrator: true);
        var bob = await AddAsync("Bob");
        Assert.False(await Accounts.DeleteAsync(admin.Id, Ct));
        Assert.True(await Accounts.DeleteAsync(bob.Id, Ct));
        await AddAsync("Cleo", isAdministrator: true);
        Assert.True(await Accounts.DeleteAsync(admin.Id, Ct));
        Assert.True(await Accounts.HasAdministratorAsync(Ct));
    }

    [Fact]
    public async Task Credentials_go_with_their_account()
    {
        var ann = await AddAsync("Ann");
        var bob = await AddAsync("Bob");
        var mine = await AddCredentialAsync(ann, CredentialKind.Token, expiresAt: null);
        var later = await AddCredentialAsync(ann, CredentialKind.Browser, s_now + TimeSpan.FromDays(1), s_now + TimeSpan.FromSeconds(1));
        var his = await AddCredentialAsync(bob, CredentialKind.Bearer, s_now + TimeSpan.FromHours(1));
        Assert.Equal([later, mine], await Credentials.ListAsync(ann.Id, Ct));
        var found = (await Credentials.FindAsync(mine.Id, Ct))!.Value;
        Assert.Equal((mine, ann.Id, "Ann"), (found.Credential, found.Account.Id, found.Account.Name));
        Assert.False(await Credentials.DeleteAsync(bob.Id, mine.Id, Ct));
        Assert.True(await Accounts.DeleteAsync(ann.Id, Ct));
        Assert.Null(await Credentials.FindAsync(mine.Id, Ct));
        Assert.Equal([his.Id], await Credentials.StillThereAsync([mine.Id, later.Id, his.Id, "none"], Ct));
    }

    [Fact]
    public async Task A_password_that_was_changed_while_it_was_checked_lets_nobody_in()
    {
        var ann = await AddAsync("Ann");
        var credential = new CredentialRecord(Randoms.Id(), ann.Id, CredentialKind.Browser, "Firefox", "hash", s_now, s_now, s_now + TimeSpan.FromDays(1));
        Assert.True(await Accounts.ReplacePasswordHashAsync(ann.Id, ann.PasswordHash, "new", Ct));
        Assert.False(await Credentials.AddAsync(credential, ann.PasswordHash, Ct));
        Assert.True(await Credentials.AddAsync(credential, "new", Ct));
        Assert.False(await Credentials.AddAsync(credential with { Id = Randoms.Id(), Account = new AccountId("nobody") }, passwordHash: null, Ct));
        Assert.Equal([credential], await Credentials.ListAsync(ann.Id, Ct));
    }

    [Fact]
    public async Task Use_is_noted_and_what_has_expired_goes()
    {
        var ann = await AddAsync("Ann");
        var token = await AddCredentialAsync(ann, CredentialKind.Token, expiresAt: null);
        var browser = await AddCredentialAsync(ann, CredentialKind.Browser, s_now + TimeSpan.FromDays(1));
        var bearer = await AddCredentialAsync(ann, CredentialKind.Bearer, s_now + TimeSpan.FromDays(1));
        var used = s_now + TimeSpan.FromHours(5);
        await Credentials.NoteUseAsync([(token.Id, used, null), (browser.Id, used, used + TimeSpan.FromDays(1)), ("gone", used, null)], Ct);
        await Credentials.DeleteExpiredAsync(s_now + TimeSpan.FromDays(1), Ct);
        Assert.Equal(new[] { token.Id, browser.Id }.Order(), (await Credentials.StillThereAsync([token.Id, browser.Id, bearer.Id], Ct)).Order());
        Assert.Equal((used, (UtcMicros?)(used + TimeSpan.FromDays(1))), (await Credentials.FindAsync(browser.Id, Ct)) is { Credential: var row } ? (row.UsedAt, row.ExpiresAt) : default);
    }

    [Fact]
    public async Task A_deleted_account_is_noted_until_it_is_cleared_away()
    {
        var (ann, bob) = (await AddAsync("Ann", isAdministrator: true), await AddAsync("Bob"));
        Assert.False(await Accounts.DeleteAsync(ann.Id, Ct));
        Assert.Empty(await Accounts.EndedAsync(Ct));
        Assert.True(await Accounts.DeleteAsync(bob.Id, Ct));
        Assert.Equal([(bob.Id, "Bob")], await Accounts.EndedAsync(Ct));
        await Accounts.ClearedAsync(bob.Id, Ct);
        Assert.Empty(await Accounts.EndedAsync(Ct));
    }

    [Fact]
    public async Task Accounts_are_listed_by_name_with_their_last_use()
    {
        var (bob, ann) = (await AddAsync("bob"), await AddAsync("Ann"));
        await AddCredentialAsync(bob, CredentialKind.Browser, expiresAt: null);
        Assert.Equal([(ann, (UtcMicros?)null), (bob, s_now)], await Accounts.ListAsync(Ct));
    }

    [Fact]
    public async Task A_link_for_a_new_password_is_used_by_one()
    {
        var ann = await AddAsync("Ann");
        var links = new ResetLinkStore(Db, Accounts);
        Assert.False(await links.PutAsync(new ResetLink(new AccountId("nobody"), "h", s_now + TimeSpan.FromDays(1)), Ct));
        Assert.True(await links.PutAsync(new ResetLink(ann.Id, "first", s_now + TimeSpan.FromDays(1)), Ct));
        Assert.True(await links.PutAsync(new ResetLink(ann.Id, "second", s_now + TimeSpan.FromDays(1)), Ct));
        Assert.Null(await links.FindAsync("first", s_now, Ct));
        Assert.Null(await links.FindAsync("second", s_now + TimeSpan.FromDays(1), Ct));
        Assert.Equal(ann, await links.FindAsync("second", s_now, Ct));
        Assert.False(await links.UseAsync("second", "late", s_now + TimeSpan.FromDays(1), Ct));
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => links.UseAsync("second", $"hash {n}", s_now, Ct)));
        Assert.Single(outcomes, used => used);
        Assert.Equal($"hash {Array.IndexOf(outcomes, true)}", (await Accounts.FindAsync(ann.Id, Ct))!.PasswordHash);
    }

    [Fact]
    public async Task Asking_for_a_thousand_ids_is_no_trouble()
    {
        var ann = await AddAsync("Ann");
        var one = await AddCredentialAsync(ann, CredentialKind.Token, null);
        Assert.Equal([one.Id], await Credentials.StillThereAsync([.. Enumerable.Range(0, 1_500).Select(n => $"none{n}"), one.Id], Ct));
    }

    [Fact]
    public async Task No_secret_is_kept_as_it_is()
    {
        var (link, secret) = SignUpLink.New(s_now, TimeSpan.FromHours(1));
        await Accounts.AddSignUpLinkAsync(link, Ct);
        await using var connection = await Db.OpenAsync(Ct);
        Assert.NotEqual(secret, await connection.ExecuteScalarAsync<string>("SELECT hash FROM sign_up_links;"));
    }

    private static AccountRecord Record(string name, string id, bool isAdministrator = false) => new(new AccountId(id), name, "hash", isAdministrator, s_now);

    private async Task<AccountRecord> AddAsync(string name, bool isAdministrator = false)
    {
        var account = Record(name, Randoms.Id(), isAdministrator);
        Assert.Equal(AddedAccount.Added, await Accounts.AddAsync(account, AccountNames.KeyOf(name), null, Ct));
        return account;
    }

    private async Task<CredentialRecord> AddCredentialAsync(AccountRecord account, CredentialKind kind, UtcMicros? expiresAt, UtcMicros? createdAt = null)
    {
        var credential = new CredentialRecord(Randoms.Id(), account.Id, kind, "Firefox", "hash", createdAt ?? s_now, s_now, expiresAt);
        Assert.True(await Credentials.AddAsync(credential, passwordHash: null, Ct));
        return credential;
    }
}

public sealed class SqliteAccountStorageTests() : AccountStorageTests(new SqliteTestDatabase());

public sealed class PostgresAccountStorageTests(PostgresCluster cluster) : AccountStorageTests(new PostgresTestDatabase(cluster));
