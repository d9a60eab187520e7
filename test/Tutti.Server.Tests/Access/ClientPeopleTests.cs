using Microsoft.Extensions.DependencyInjection;
using Tutti.Client;
using Tutti.Protocol;
using Tutti.Server.Library;

namespace Tutti.Server.Tests.Access;

/// <summary>The .NET SDK about people: a room of one's own, who comes in and who goes; and files into the library.</summary>
public sealed class ClientPeopleTests(OpenHouse house) : IClassFixture<OpenHouse>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_room_is_held_and_people_come_and_go()
    {
        using var ann = Client(house.Ann.Token);
        var made = await ann.Rooms.CreateAsync(new RoomChange { Name = "Friday", Public = false, Rights = new RightsChange { Skip = MemberRole.Listener } }, Ct);
        Assert.Equal("shared", made.Kind);
        var people = ann.Room(made.Code).People;
        Assert.Equal((false, MemberRole.Listener, MemberRole.Dj), (await people.SettingsAsync(Ct)).Rules is { } rules ? (rules.Public, rules.Rights.Skip, rules.Rights.Seek) : default);
        Assert.True((await people.SetAsync(new RoomChange { Password = "open sesame" }, Ct)).Rules!.Password);

        var invite = await people.InviteAsync(MemberRole.Dj, TimeSpan.FromHours(1), uses: 1, Ct);
        Assert.DoesNotContain(invite.Token, invite.ToString());
        using var nobody = Client(null);
        var door = nobody.Room(made.Code).People;
        Assert.Equal("password", (await door.DoorAsync(Ct)).Needs);
        Assert.Equal(ErrorCode.PasswordWrong, await RefusalAsync(() => door.JoinAsync("Gero", password: "sesame", ct: Ct)));
        var gero = await door.JoinAsync("Gero", invite.Token, ct: Ct);
        Assert.Equal(MemberRole.Dj, gero.Role);
        Assert.Equal(ErrorCode.InviteUsedUp, await RefusalAsync(() => door.JoinAsync("Ida", invite.Token, ct: Ct)));
        var ida = await door.JoinAsync("Ida", password: "open sesame", ct: Ct);

        using var guest = Client(gero.Guest!.Pass);
        Assert.Equal(gero.MemberId, (await guest.Room(made.Code).People.ListAsync(Ct)).Me);
        Assert.Equal(ErrorCode.HostOnly, await RefusalAsync(() => guest.Room(made.Code).People.SetRoleAsync(ida.MemberId!, MemberRole.Dj, Ct)));
        Assert.Equal(MemberRole.Dj, (await people.SetRoleAsync(ida.MemberId!, MemberRole.Dj, Ct)).Participants.Single(person => person.Id == ida.MemberId).Role);
        Assert.DoesNotContain((await people.RemoveAsync(ida.MemberId!, ct: Ct)).Participants, person => person.Id == ida.MemberId);
        await people.RemoveAsync(gero.MemberId!, ban: true, Ct);
        Assert.Equal("Gero", Assert.Single((await people.BansAsync(Ct)).Banned).Name);
        await people.PardonAsync(gero.MemberId!, Ct);
        Assert.Empty((await people.BansAsync(Ct)).Banned);

        var second = await people.InviteAsync(ct: Ct);
        Assert.Contains((await people.InvitesAsync(Ct)).Invites, kept => kept.Id == second.Id);
        Assert.DoesNotContain((await people.RevokeInviteAsync(second.Id, Ct)).Invites, kept => kept.Id == second.Id);
        Assert.Contains((await ann.Account.DashboardAsync(Ct)).Rooms, room => room.Code == made.Code && room.Role == MemberRole.Host);
        await ann.Room(made.Code).CloseAsync(Ct);
        Assert.DoesNotContain((await ann.Rooms.ListAsync(Ct)).Rooms, room => room.Code == made.Code);
        Assert.Throws<InvalidOperationException>(() => ann.Mine.People);
    }

    [Fact]
    public async Task A_file_is_uploaded_in_pieces_and_becomes_a_track()
    {
        await house.Server.TracksAsync();
        using var ann = Client(house.Ann.Token);
        var file = await File.ReadAllBytesAsync(house.Server.FirstFile, Ct);
        var id = await ann.Uploads.BeginAsync("from the sdk.wav", file.Length, DateTimeOffset.FromUnixTimeMilliseconds(1_795_278_120_123), Ct);
        await ann.Uploads.AddAsync(id, 0, new MemoryStream(file[..1_000]), Ct);
        Assert.Equal(
            ("receiving", 1_000L, 1_795_278_120_123L), await ann.Uploads.GetAsync(id, Ct) is var begun ? (begun.State, begun.ReceivedBytes, begun.ModifiedMs!.Value) : default);
        Assert.Equal(ErrorCode.UploadOffsetWrong, await RefusalAsync(() => ann.Uploads.AddAsync(id, 5, new MemoryStream(file[5..]), Ct)));
        await ann.Uploads.AddAsync(id, 1_000, new MemoryStream(file[1_000..]), Ct);
        Assert.Equal("accepted", (await ann.Uploads.GetAsync(id, Ct)).State);
        var other = await ann.Uploads.BeginAsync("other.mp3", 5, ct: Ct);
        Assert.Contains((await ann.Uploads.ListAsync(Ct)).Uploads, upload => upload.Id == other);
        await ann.Uploads.CancelAsync(other, Ct);
        Assert.Equal(ErrorCode.UploadNotFound, await RefusalAsync(() => ann.Uploads.GetAsync(other, Ct)));
        using var nobody = Client(null);
        Assert.Equal(ErrorCode.SignInNeeded, await RefusalAsync(() => nobody.Uploads.ListAsync(Ct)));
    }

    [Fact]
    public async Task Who_was_given_the_right_uploads_sees_what_is_theirs_and_removes_it()
    {
        await house.Server.TracksAsync();
        using var ann = Client(house.Ann.Token);
        var person = await house.SomebodyAsync();
        using var bob = Client(person.Token);
        Assert.Equal(ErrorCode.UploadRightNeeded, await RefusalAsync(() => bob.Uploads.BeginAsync("a.wav", 10, ct: Ct)));
        var id = (await ann.Account.AccountsAsync(Ct)).Accounts.Single(account => account.Name == person.Name).Id;
        Assert.Equal(ErrorCode.AdministratorNeeded, await RefusalAsync(() => bob.Account.SetMayUploadAsync(id, true, Ct)));
        Assert.Equal(ErrorCode.AccountNotFound, await RefusalAsync(() => ann.Account.SetMayUploadAsync("nobody", true, Ct)));
        await ann.Account.SetMayUploadAsync(id, true, Ct);
        // What was read of an account is good for some seconds: another sign-in is read anew.
        using var again = Client((await bob.Account.SignInAsync(person.Name, House.Password, Ct)).Token);
        Assert.True((await again.Account.StateAsync(Ct)).Caller.MayUpload);

        var quota = (await again.Uploads.ListAsync(Ct)).AccountQuotaBytes;
        Assert.Equal(ErrorCode.UploadTooLarge, await RefusalAsync(() => again.Uploads.BeginAsync("a.wav", quota, ct: Ct)));
        var file = await File.ReadAllBytesAsync(house.Server.FirstFile, Ct);
        var upload = await again.Uploads.BeginAsync("bobs own.wav", file.Length, ct: Ct);
        Assert.Equal(file.Length, (await again.Uploads.ListAsync(Ct)).AccountUsedBytes);
        Assert.DoesNotContain((await ann.Uploads.ListAsync(Ct)).Uploads, other => other.Id == upload);
        await again.Uploads.AddAsync(upload, 0, new MemoryStream(file), Ct);
        var library = house.Server.Services.GetRequiredService<MusicLibrary>();
        string? track;
        for (var seen = library.Version; (track = (await again.Uploads.GetAsync(upload, Ct)).TrackId) is null; seen++)
        {
            await library.NextVersionAsync(seen, Ct);
        }

        Assert.Equal("bobs own", Assert.Single((await again.Uploads.TracksAsync(ct: Ct)).Tracks).Title);
        Assert.Equal(ErrorCode.AdministratorNeeded, await RefusalAsync(() => again.Uploads.TracksAsync(everybodys: true, ct: Ct)));
        Assert.Contains((await ann.Uploads.TracksAsync(everybodys: true, ct: Ct)).Tracks, one => one.Id == track);
        using var cleo = Client((await house.SomebodyAsync()).Token);
        Assert.Equal(ErrorCode.UploadNotOwn, await RefusalAsync(() => cleo.Uploads.RemoveAsync(track, Ct)));
        Assert.Equal(ErrorCode.TrackNotUploaded, await RefusalAsync(async () => await ann.Uploads.RemoveAsync(await house.Server.TrackIdAsync(1), Ct)));
        await again.Uploads.RemoveAsync(track, Ct);
        Assert.Equal(0, (await again.Uploads.ListAsync(Ct)).AccountUsedBytes);
    }

    private static async Task<ErrorCode?> RefusalAsync(Func<Task> call) => (await Assert.ThrowsAsync<TuttiException>(call)).Known;

    private TuttiClient Client(string? token) => new(house.Server.Url, new TuttiClientOptions { Token = token });
}
