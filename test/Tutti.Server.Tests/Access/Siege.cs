using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Tutti.Protocol;
using Tutti.Server.Access;
using Tutti.Server.Access.Tokens;
using Tutti.Server.Library;
using Tutti.Server.Media;
using Tutti.Server.Rooms;
using Tutti.Server.Tests.Hosting;
using Tutti.Server.Tests.Rooms;
using Tutti.Timing;

namespace Tutti.Server.Tests.Access;

/// <summary>One way of trying to get where one does not belong.</summary>
/// <param name="Shown">A bearer, or null for nothing.</param>
/// <param name="Call">Over REST; null: over the socket, into <paramref name="SocketRoom"/>.</param>
internal sealed record Attempt(string How, string? Shown, ErrorCode Refusal, Call? Call, string? SocketRoom = null);

internal sealed record Call(string What, Func<HttpRequestMessage> Request);

/// <summary>A private room of Ann's, a sound that was played in it, and everybody who wants in and may not.</summary>
internal sealed class Siege
{
    private readonly List<Attempt> _attempts = [];
    private readonly House _house;
    private string _own = "";

    private Siege(House house) => _house = house;

    public string Room { get; private set; } = "";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<Siege> LayAsync(House house)
    {
        var siege = new Siege(house);
        siege.Room = await siege.RoomAsync();
        siege._own = (await (await house.Ann.Http.GetAsync("/api/rooms/MINE", Ct)).JsonAsync())["code"]!.ToString();
        await (await house.Ann.Http.PatchAsJsonAsync($"/api/rooms/{siege.Room}/settings", new { @public = false }, Ct)).JsonAsync();
        await siege.AddKeysAsync();
        await siege.AddInvitationsAsync();
        await siege.AddExpelledAsync();
        await siege.AddOthersOwnAsync();
        await siege.AddAdministrationAsync();
        return siege;
    }

    public IEnumerable<Attempt> Attempts() => _attempts;

    /// <summary>Credentials that are none, or none for here: everything in the room, the sound itself and the socket.</summary>
    private async Task AddKeysAsync()
    {
        var secondRoom = await RoomAsync();
        var track = await TrackAsync();
        Call[] inRoom = [.. InRoom(Room, track), new("command", () => new(HttpMethod.Post, "/api/playback/stop"))];
        var sounds = await SoundsAsync(track);
        foreach (var key in await KeysAsync(secondRoom))
        {
            _attempts.AddRange(inRoom.Select(call => new Attempt($"{key.How}: {call.What}", key.Text, key.Code, call)));
            // Who is the guest of some room may hear; who has but a pass, and is in none, may not.
            var code = key.Code == ErrorCode.GuestElsewhere ? ErrorCode.JoinNeeded : key.Code;
            _attempts.AddRange(sounds.Select(call => new Attempt($"{key.How}: {call.What}", key.Text, code, call)));
            _attempts.Add(new($"{key.How}: socket", key.Text, key.Code, null, Room));
        }
    }

    /// <summary>Invitations that are good no more, shown by strangers and by people with accounts.</summary>
    private async Task AddInvitationsAsync()
    {
        var (bob, elsewhere) = (await _house.SomebodyAsync(), await RoomAsync());
        var used = await InviteAsync(Room, uses: 1);
        await JoinedAsync(null, Room, used);
        var revoked = await InviteAsync(Room);
        await RevokeLastAsync();
        var expired = InviteToken.Create();
        var room = Assert.IsType<RoomLookup.Found>(await _house.Server.Services.GetRequiredService<IRoomDirectory>().OpenAsync(Room, Ct)).Room;
        var now = _house.Server.Services.GetRequiredService<IServerClock>().Now;
        var invite = new Invite(InviteToken.NewId(), InviteToken.Hash(expired), MemberRole.Dj, "", now, now + 1, null);
        Assert.IsType<CommandOutcome.Accepted>(await room.AskAsync(new PeopleRequest.MakeInvite(invite), await AnnAsync(), Ct));
        (string What, string? Token, ErrorCode Code)[] invitations =
        [
            ("none", null, ErrorCode.InviteNeeded),
            ("used up", used, ErrorCode.InviteUsedUp),
            ("revoked", revoked, ErrorCode.InviteInvalid),
            ("expired", expired, ErrorCode.InviteExpired),
            ("of another room", await InviteAsync(elsewhere), ErrorCode.InviteInvalid),
            ("made up", InviteToken.Create(), ErrorCode.InviteInvalid),
        ];
        foreach (var (what, token, code) in invitations)
        {
            _attempts.Add(new($"invitation {what}: stranger", null, code, Join(Room, token)));
            _attempts.Add(new($"invitation {what}: account", bob.Token, code, Join(Room, token)));
            _attempts.Add(new($"invitation {what}: guest of another room", _house.Pass(elsewhere), code, Join(Room, token)));
        }

        _attempts.Add(new("account without invitation: socket", bob.Token, ErrorCode.InviteNeeded, null, Room));
    }

    /// <summary>Those who were put out, with everything that they had.</summary>
    private async Task AddExpelledAsync()
    {
        var (kim, ben) = (await _house.SomebodyAsync(), await _house.SomebodyAsync());
        var (kimsInvite, bensInvite, guestsInvite) = (await InviteAsync(Room, uses: 1), await InviteAsync(Room), await InviteAsync(Room));
        var (kimsId, _) = await JoinedAsync(kim.Token, Room, kimsInvite);
        var (bensId, _) = await JoinedAsync(ben.Token, Room, bensInvite);
        var (kickedId, kicked) = await JoinedAsync(null, Room, guestsInvite);
        var (bannedId, banned) = await JoinedAsync(null, Room, guestsInvite);
        foreach (var (id, ban) in new[] { (kimsId, false), (bensId, true), (kickedId, false), (bannedId, true) })
        {
            await (await _house.Ann.Http.DeleteAsync($"/api/rooms/{Room}/participants/{id}?ban={ban}", Ct)).JsonAsync();
        }

        var calls = InRoom(Room, await TrackAsync()).ToArray();
        foreach (var (how, token) in new[] { ("kicked", kim.Token), ("banned", ben.Token), ("kicked guest", kicked!), ("banned guest", banned!) })
        {
            _attempts.AddRange(calls.Select(call => new Attempt($"{how}: {call.What}", token, ErrorCode.JoinNeeded, call)));
        }

        foreach (var (how, pass) in new[] { ("kicked guest", kicked!), ("banned guest", banned!) })
        {
            _attempts.AddRange((await SoundsAsync(await TrackAsync())).Select(call => new Attempt($"{how}: {call.What}", pass, ErrorCode.JoinNeeded, call)));
        }

        _attempts.Add(new("kicked: socket", kim.Token, ErrorCode.InviteNeeded, null, Room));
        _attempts.Add(new("kicked: own invitation again", kim.Token, ErrorCode.InviteUsedUp, Join(Room, kimsInvite)));
        _attempts.Add(new("banned: socket", ben.Token, ErrorCode.Banned, null, Room));
        _attempts.Add(new("banned: with a good invitation", ben.Token, ErrorCode.Banned, Join(Room, bensInvite)));
        _attempts.Add(new("kicked guest: socket", kicked, ErrorCode.JoinNeeded, null, Room));
        _attempts.Add(new("banned guest: socket", banned, ErrorCode.JoinNeeded, null, Room));
        _attempts.Add(new("banned guest: with a good invitation", banned, ErrorCode.Banned, Join(Room, guestsInvite)));
    }

    /// <summary>Ann's personal room, by its code: to everybody else it does not exist.</summary>
    private async Task AddOthersOwnAsync()
    {
        var bob = await _house.SomebodyAsync();
        Call[] calls = [.. InRoom(_own, await TrackAsync()), new("door", () => new(HttpMethod.Get, $"/api/rooms/{_own}/door")), Join(_own, null)];
        _attempts.AddRange(calls.Select(call => new Attempt($"another's own room: {call.What}", bob.Token, ErrorCode.RoomNotFound, call)));
        _attempts.Add(new("another's own room: socket", bob.Token, ErrorCode.RoomNotFound, null, _own));
    }

    /// <summary>Others' accounts: to see them, and to get in by a password of one's own choice.</summary>
    private async Task AddAdministrationAsync()
    {
        var (bob, forgetful) = (await _house.SomebodyAsync(), await _house.SomebodyAsync());
        var accounts = (await (await _house.Ann.Http.GetAsync("/auth/accounts", Ct)).JsonAsync())["accounts"]!.AsArray();
        var ids = accounts.ToDictionary(account => account!["name"]!.ToString(), account => account!["id"]!.ToString());
        var ann = ids[_house.Ann.Name];
        var used = await ResetLinkAsync(ids[forgetful.Name]);
        await (await _house.Server.Http.PostAsJsonAsync("/auth/reset", new { link = used, password = House.Password, session = "bearer" }, Ct)).JsonAsync();
        Call[] calls = [new("accounts", () => new(HttpMethod.Get, "/auth/accounts")), new("a link for Ann", () => new(HttpMethod.Post, $"/auth/accounts/{ann}/reset-link"))];
        _attempts.AddRange(calls.Select(call => new Attempt($"administration by somebody else: {call.What}", bob.Token, ErrorCode.AdministratorNeeded, call)));
        _attempts.AddRange(calls.Select(call => new Attempt($"administration by nobody: {call.What}", null, ErrorCode.SignInNeeded, call)));
        _attempts.AddRange(calls.Select(call => new Attempt($"administration by a guest: {call.What}", _house.Pass(Room), ErrorCode.SignInNeeded, call)));
        foreach (var (what, link) in new[] { ("used", used), ("made up", used[..^4] + "AAAA") })
        {
            var call = new Call("a password for Ann", () => new(HttpMethod.Post, "/auth/reset") { Content = JsonContent.Create(new { link, password = "one of mine" }) });
            _attempts.Add(new($"a link for a new password, {what}", null, ErrorCode.ResetLinkRefused, call));
        }
    }

    private async Task<string> ResetLinkAsync(string account) =>
        (await (await _house.Ann.Http.PostAsync($"/auth/accounts/{account}/reset-link", null, Ct)).JsonAsync())["link"]!.ToString();

    private static IEnumerable<Call> InRoom(string room, string track) =>
    [
        new("see", () => new(HttpMethod.Get, $"/api/rooms/{room}")),
        new("see", () => new(HttpMethod.Get, $"/api/rooms/{room}/playback/state")),
        new("see", () => new(HttpMethod.Get, $"/api/rooms/{room}/devices")),
        new("see", () => new(HttpMethod.Get, $"/api/rooms/{room}/participants")),
        new("see", () => new(HttpMethod.Get, $"/api/rooms/{room}/invites")),
        new("command", () => new(HttpMethod.Post, $"/api/rooms/{room}/playback/play") { Content = JsonContent.Create(new { trackId = track }) }),
        new("command", () => new(HttpMethod.Post, $"/api/rooms/{room}/playback/stop")),
        new("command", () => new(HttpMethod.Post, $"/api/rooms/{room}/playback/volume") { Content = JsonContent.Create(new { volume = 100 }) }),
        new("command", () => new(HttpMethod.Post, $"/api/rooms/{room}/queue") { Content = JsonContent.Create(new { trackIds = new[] { track } }) }),
        new("command", () => new(HttpMethod.Patch, $"/api/rooms/{room}/settings") { Content = JsonContent.Create(new { @public = true }) }),
        new("command", () => new(HttpMethod.Post, $"/api/rooms/{room}/invites") { Content = JsonContent.Create(new { uses = 1 }) }),
    ];

    private async Task<IEnumerable<Call>> SoundsAsync(string track)
    {
        var media = _house.Server.Services.GetRequiredService<MediaService>();
        var key = Assert.IsType<MediaOutcome.Ready>(await media.PrepareAsync(_house.Server.FirstFile, 1, Ct)).Media.Key;
        string[] paths = [$"/media/{key}/flac/0", $"/media/{key}/opus/0", $"/media/{key}/peaks", $"/api/tracks/{track}/file", $"/api/tracks/{track}/cover", $"/api/tracks/{track}"];
        return paths.Select(path => new Call("hear", () => new(HttpMethod.Get, path)));
    }

    private static Call Join(string room, string? invite) =>
        new("join", () => new(HttpMethod.Post, $"/api/rooms/{room}/join") { Content = JsonContent.Create(new { name = "Eve", invite }) });

    private async Task<(string Id, string? Pass)> JoinedAsync(string? bearer, string room, string invite)
    {
        using var client = bearer is null ? _house.Server.NewClient() : _house.Server.NewClient(("Authorization", $"Bearer {bearer}"));
        var joined = await (await client.PostAsJsonAsync($"/api/rooms/{room}/join", new { name = "Gero", invite }, Ct)).JsonAsync();
        return (joined["memberId"]!.ToString(), joined["guest"]?["pass"]?.ToString());
    }

    private async Task<string> RoomAsync() => (await (await _house.Ann.Http.PostAsync("/api/rooms", null, Ct)).JsonAsync())["code"]!.ToString();

    private async Task<string> InviteAsync(string room, int? uses = null) =>
        (await (await _house.Ann.Http.PostAsJsonAsync($"/api/rooms/{room}/invites", new { uses }, Ct)).JsonAsync())["token"]!.ToString();

    private async Task RevokeLastAsync()
    {
        var id = (await (await _house.Ann.Http.GetAsync($"/api/rooms/{Room}/invites", Ct)).JsonAsync())["invites"]!.AsArray()[^1]!["id"];
        await (await _house.Ann.Http.DeleteAsync($"/api/rooms/{Room}/invites/{id}", Ct)).JsonAsync();
    }

    private async Task<Actor.Person> AnnAsync()
    {
        var people = await (await _house.Ann.Http.GetAsync($"/api/rooms/{Room}/participants", Ct)).JsonAsync();
        return new Actor.Person(people["me"]!.ToString(), "Ann", IsGuest: false);
    }

    private async Task<string> TrackAsync()
    {
        await _house.Server.Services.GetRequiredService<MusicLibrary>().NextVersionAsync(seen: 0, Ct);
        return (await (await _house.Ann.Http.GetAsync("/api/tracks", Ct)).JsonAsync())["tracks"]!.AsArray()[0]!["id"]!.ToString();
    }

    /// <summary>What an intruder shows, and the number that it must be refused with.</summary>
    private async Task<Key[]> KeysAsync(string secondRoom)
    {
        var (bob, gone) = (await _house.SomebodyAsync(), await _house.SomebodyAsync());
        await gone.Http.PostAsync("/auth/logout", null, Ct);
        var token = (await (await bob.Http.PostAsJsonAsync("/auth/tokens", new { name = "t" }, Ct)).JsonAsync())["token"]!.ToString();

        var time = new ManualTimeProvider();
        using var elsewhere = new TestFolder();
        var other = new TokenSigner(new DataFolder(elsewhere.Path), time, Options.Create(new AccessOptions()));
        var real = _house.Server.Services.GetRequiredService<TokenSigner>();
        var past = new UtcMicros(1_700_000_000_000_000);
        return
        [
            new("nothing", null, ErrorCode.SignInNeeded),
            .. Forgeries.Of(bob.Token).Select(forgery => new Key($"forged: {forgery.What}", forgery.Text, ErrorCode.CredentialInvalid)),
            .. Forgeries.Of(_house.Pass(secondRoom)).Select(forgery => new Key($"forged guest: {forgery.What}", forgery.Text, ErrorCode.CredentialInvalid)),
            new("expired", real.ForAccount(new AccountId("x"), bob.Session, past, past + TimeSpan.FromHours(1)), ErrorCode.CredentialExpired),
            new("another issuer", other.ForAccount(new AccountId("x"), bob.Session, UtcMicros.Now(time), UtcMicros.Now(time) + TimeSpan.FromDays(3_650)), ErrorCode.CredentialInvalid),
            new("another server's guest", new GuestPasses(other, time).Issue(new Caller.Guest("g", "HOME", "Gus")).Pass, ErrorCode.CredentialInvalid),
            new("guest of another room", _house.Pass(secondRoom), ErrorCode.GuestElsewhere),
            new("signed out", gone.Token, ErrorCode.CredentialRevoked),
            new("a known browser's proof", real.ForBrowser(new AccountId("x"), "b", UtcMicros.Now(TimeProvider.System)), ErrorCode.CredentialInvalid),
            new("a token with another secret", token[..^43] + new string('A', 43), ErrorCode.CredentialInvalid),
            new("a token of nobody", "tutti_" + new string('a', 26) + "_" + new string('A', 43), ErrorCode.CredentialInvalid),
        ];
    }

    private sealed record Key(string How, string? Text, ErrorCode Code);
}
