using Microsoft.AspNetCore.Http.HttpResults;
using QRCoder;
using Tutti.Protocol;
using Tutti.Protocol.Rest;
using Tutti.Server.Access.Accounts;
using Tutti.Server.Rooms;
using Tutti.Timing;

namespace Tutti.Server.Api;

/// <summary>The people of a room and how it is held (docs/protocol.md §4a).</summary>
internal static class PeopleEndpoints
{
    /// <param name="room">A group whose requests are about one room.</param>
    public static void MapPeople(this RouteGroupBuilder room)
    {
        var people = room.MapGroup("").WithTags("People");
        people.MapGet("/settings", (HttpContext http) => TypedResults.Ok(http.Settings())).WithSummary("How the room is held");
        people.MapPatch("/settings", HoldAsync)
            .Produces<RoomSettings>().TakesJson().Changes().Refuses(ErrorCode.HostOnly, ErrorCode.NoMembers)
            .WithSummary("Name, public or private, lock, password, table of rights");

        people.MapGet("/participants", (HttpContext http) => TypedResults.Ok(http.Participants())).WithSummary("The people of the room, their roles, and who is here");
        var changes = people.MapGroup("/participants").Changes().Refuses(ErrorCode.MemberNotFound, ErrorCode.NotAllowed, ErrorCode.HostOnly);
        changes.MapPatch("/{memberId}", (string memberId, RoleRequest body, HttpContext http, CancellationToken ct) =>
                http.AskAsync(new PeopleRequest.SetRole(memberId, body.Role), http.Participants, ct))
            .Produces<ParticipantList>().TakesJson().WithSummary("Makes somebody listener, DJ, or host: the room is theirs then");
        changes.MapDelete("/{memberId}", (string memberId, HttpContext http, CancellationToken ct, bool ban = false) =>
                http.AskAsync(Going(memberId, ban, http), http.Participants, ct))
            .Produces<ParticipantList>().WithSummary("Puts somebody out, with ban=true for good; oneself: leaves the room");

        people.MapGet("/bans", Bans).Refuses(ErrorCode.NotAllowed).WithSummary("Who may not come in any more");
        people.MapDelete("/bans/{memberId}", (string memberId, HttpContext http, CancellationToken ct) =>
                http.AskAsync(new PeopleRequest.Pardon(memberId), http.Participants, ct))
            .Produces<ParticipantList>().Changes().Refuses(ErrorCode.NotAllowed, ErrorCode.MemberNotFound).WithSummary("Takes a ban back");

        people.MapGet("/invites", Invites).Refuses(ErrorCode.NotAllowed).WithSummary("The invitations that are good");
        people.MapPost("/invites", InviteAsync)
            .Produces<InviteMade>(StatusCodes.Status201Created).TakesJson().Changes().Refuses(ErrorCode.NotAllowed, ErrorCode.NoMembers, ErrorCode.TooManyInvites)
            .WithSummary("Makes an invitation: link and QR code");
        people.MapDelete("/invites/{inviteId}", (string inviteId, HttpContext http, CancellationToken ct) =>
                http.AskAsync(new PeopleRequest.RevokeInvite(inviteId), http.InviteList, ct))
            .Produces<InviteList>().Changes().Refuses(ErrorCode.NotAllowed, ErrorCode.InviteInvalid).WithSummary("Revokes an invitation");
    }

    private static RoomSettings Settings(this HttpContext http)
    {
        var room = http.Room().State.Room;
        return new RoomSettings(room.Code, room.Name, room.Rules);
    }

    private static async Task<IResult> HoldAsync(SettingsRequest body, HttpContext http, Passwords passwords, CancellationToken ct)
    {
        var reading = SettingsReading.Of(body, http.Room().State.Room.Rules?.Rights ?? RightsTable.Friends);
        if (reading.Wrong is { } wrong)
        {
            return Problems.Of(ErrorCode.InvalidField, wrong);
        }

        // Before anything is hashed for somebody who may not set it.
        var nameAlone = reading.Password is null && reading.Change with { Name = null } == new SettingsChange();
        return http.Room().RefusalToHold(http.Actor(), nameAlone) is { } refusal
            ? Problems.Of(refusal.Code, refusal.Message)
            : await http.AskAsync(new PeopleRequest.Hold(await reading.HashedAsync(passwords, ct)), http.Settings, ct);
    }

    private static PeopleRequest Going(string memberId, bool ban, HttpContext http) =>
        http.Actor() is Actor.Person me && me.Id == memberId && !ban ? new PeopleRequest.Leave() : new PeopleRequest.Expel(memberId, ban);

    private static ParticipantList Participants(this HttpContext http)
    {
        var (state, devices) = (http.Room().State, http.Room().Devices);
        var list = state.Members.OrderBy(member => member.SinceMicros.Value).Select(member => new Participant(
            member.Id, member.Name, member.Guest, state.RoleOf(member.Id)!.Value, devices.Any(device => device.Connected && device.MemberId == member.Id), member.SinceMicros));
        return new ParticipantList([.. list], state.Members.Length, (http.Actor() as Actor.Person)?.Id is { } me && state.FindMember(me) is not null ? me : null);
    }

    private static Results<Ok<BanList>, ProblemHttpResult> Bans(HttpContext http)
    {
        var bans = http.Room().Door.Bans;
        return http.Room().Allows(http.Actor(), RoomRight.Kick)
            ? TypedResults.Ok(new BanList([.. bans.Select(ban => new BanDetail(ban.MemberId, ban.Name, ban.AtMicros))], bans.Length))
            : Problems.Of(ErrorCode.NotAllowed, "Who is banned is for those to see who may ban.");
    }

    private static Results<Ok<InviteList>, ProblemHttpResult> Invites(HttpContext http) =>
        http.Room().Allows(http.Actor(), RoomRight.Invite)
            ? TypedResults.Ok(http.InviteList())
            : Problems.Of(ErrorCode.NotAllowed, "Invitations are for those to see who may invite.");

    private static InviteList InviteList(this HttpContext http)
    {
        var (state, door, now) = (http.Room().State, http.Room().Door, http.RequestServices.GetRequiredService<IServerClock>().Now);
        InviteDetail[] good = [.. door.Invites.Where(invite => !invite.IsExpiredAt(now) && !invite.IsUsedUp).Select(invite => InviteDetail.Of(invite, state))];
        return new InviteList(good, good.Length);
    }

    private static async Task<IResult> InviteAsync(InviteRequest? body, HttpContext http, IServerClock clock, IServerAddresses addresses, CancellationToken ct)
    {
        var wish = body ?? new InviteRequest();
        if (wish.Wrong is { } wrong)
        {
            return Problems.Of(ErrorCode.InvalidField, wrong);
        }

        var (room, now, token) = (http.Room(), clock.Now, InviteToken.Create());
        var seconds = wish.ExpiresSeconds ?? InviteRequest.UsualSeconds;
        var invite = new Invite(
            InviteToken.NewId(), InviteToken.Hash(token), wish.Role, (http.Actor() as Actor.Person)?.Id ?? "", now,
            seconds == 0 ? null : now + (seconds * ServerMicros.PerSecond), wish.Uses);
        if (await room.AskAsync(new PeopleRequest.MakeInvite(invite), http.Actor(), ct) is CommandOutcome.Refused(var code, var message))
        {
            return Problems.Of(code, message);
        }

        // Behind the hash sign: a browser sends that to no server, so the token stands in no log.
        var url = $"{Origin(http, addresses)}/r/{room.Code}#invite={token}";
        return TypedResults.Created(
            $"/api/rooms/{room.Code}/invites", new InviteMade(invite.Id, token, url, Qr(url), InviteDetail.Of(invite, room.State)));
    }

    /// <summary>The server as others reach it: "localhost" is another computer to every other device.</summary>
    private static string Origin(HttpContext http, IServerAddresses addresses) =>
        http.Request.Host.Host is "localhost" or "127.0.0.1" or "[::1]" && addresses.Lan is [var likeliest, ..]
            ? new Uri(likeliest).GetLeftPart(UriPartial.Authority)
            : $"{http.Request.Scheme}://{http.Request.Host}";

    private static string Qr(string text)
    {
        using var data = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        using var code = new SvgQRCode(data);
        return code.GetGraphic(4);
    }
}
