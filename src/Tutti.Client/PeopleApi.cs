using Tutti.Client.Rest;
using Tutti.Protocol;
using Tutti.Protocol.Rest;

namespace Tutti.Client;

/// <summary>
/// The people of one room and how it is held (docs/protocol.md §4a). Who lacks the right is refused with 2101 <c>notAllowed</c> or 2102
/// <c>hostOnly</c>.
/// </summary>
public sealed class PeopleApi
{
    private readonly RestTransport _rest;
    private readonly string _room;

    internal PeopleApi(RestTransport rest, string room) => (_rest, _room) = (rest, room);

    /// <summary>What stands between me and the room; for those who are not in it yet, too.</summary>
    public Task<DoorView> DoorAsync(CancellationToken ct = default) => _rest.GetAsync($"{_room}/door", AnswerJson.Default.DoorView, ct);

    /// <summary>Comes in: with the account of this client's token, or as a guest by name.</summary>
    /// <param name="name">A guest's name, 1 to 64 characters; not needed with an account.</param>
    /// <param name="invite">The token of an invitation.</param>
    /// <param name="password">The room's password.</param>
    /// <param name="guestPass">With an account: the pass of the guest that one was before.</param>
    /// <param name="ct">Gives up waiting.</param>
    /// <returns>A guest's pass is <see cref="TuttiClientOptions.Token"/> for this room.</returns>
    /// <exception cref="TuttiException">What keeps one out: 2104 to 2112, 2116, and 2118 after too many wrong passwords.</exception>
    public Task<Joined> JoinAsync(string? name = null, string? invite = null, string? password = null, string? guestPass = null, CancellationToken ct = default) =>
        _rest.SendAsync(HttpMethod.Post, $"{_room}/join", new JoinBody(name, invite, password, guestPass), RestJson.Default.JoinBody, AnswerJson.Default.Joined, ct);

    /// <summary>The people of the room, their roles, and who is here.</summary>
    public Task<ParticipantList> ListAsync(CancellationToken ct = default) => _rest.GetAsync($"{_room}/participants", AnswerJson.Default.ParticipantList, ct);

    /// <summary>Makes somebody listener, DJ, or host: the room is theirs then.</summary>
    /// <exception cref="TuttiException">2113 <c>memberNotFound</c>.</exception>
    public Task<ParticipantList> SetRoleAsync(string memberId, MemberRole role, CancellationToken ct = default) => _rest.SendAsync(
        HttpMethod.Patch, Member(memberId), new RoleBody(role), RestJson.Default.RoleBody, AnswerJson.Default.ParticipantList, ct);

    /// <summary>Puts somebody out, for now or for good; oneself: leaves the room.</summary>
    /// <exception cref="TuttiException">2113 <c>memberNotFound</c>.</exception>
    public Task<ParticipantList> RemoveAsync(string memberId, bool ban = false, CancellationToken ct = default) =>
        _rest.DeleteAsync(Member(memberId) + (ban ? "?ban=true" : ""), AnswerJson.Default.ParticipantList, ct);

    /// <summary>Who may not come in any more.</summary>
    public Task<BanList> BansAsync(CancellationToken ct = default) => _rest.GetAsync($"{_room}/bans", AnswerJson.Default.BanList, ct);

    /// <summary>Takes a ban back.</summary>
    /// <exception cref="TuttiException">2113 <c>memberNotFound</c>.</exception>
    public Task<ParticipantList> PardonAsync(string memberId, CancellationToken ct = default) =>
        _rest.DeleteAsync($"{_room}/bans/{PathPart.Of(memberId)}", AnswerJson.Default.ParticipantList, ct);

    /// <summary>The invitations that are good.</summary>
    public Task<InviteList> InvitesAsync(CancellationToken ct = default) => _rest.GetAsync($"{_room}/invites", AnswerJson.Default.InviteList, ct);

    /// <summary>Makes an invitation: link and QR code, shown this once.</summary>
    /// <param name="role">What those become who come in by it: listener or DJ.</param>
    /// <param name="life">How long it is good, a minute to a year; zero: for ever; null: a week.</param>
    /// <param name="uses">How many people may come in by it, 1 to 1,000; null: any number.</param>
    /// <param name="ct">Gives up waiting.</param>
    /// <exception cref="TuttiException">2115 <c>noMembers</c> in an open room, 2117 <c>tooManyInvites</c>.</exception>
    public Task<InviteMade> InviteAsync(MemberRole role = MemberRole.Listener, TimeSpan? life = null, int? uses = null, CancellationToken ct = default) => _rest.SendAsync(
        HttpMethod.Post, $"{_room}/invites", new InviteBody(role, (int?)life?.TotalSeconds, uses), RestJson.Default.InviteBody, AnswerJson.Default.InviteMade, ct);

    /// <summary>Revokes an invitation.</summary>
    /// <exception cref="TuttiException">2110 <c>inviteInvalid</c>.</exception>
    public Task<InviteList> RevokeInviteAsync(string inviteId, CancellationToken ct = default) =>
        _rest.DeleteAsync($"{_room}/invites/{PathPart.Of(inviteId)}", AnswerJson.Default.InviteList, ct);

    /// <summary>How the room is held.</summary>
    public Task<RoomSettings> SettingsAsync(CancellationToken ct = default) => _rest.GetAsync($"{_room}/settings", AnswerJson.Default.RoomSettings, ct);

    /// <summary>Changes name, public or private, lock, password, or the table of rights.</summary>
    /// <exception cref="TuttiException">2102 <c>hostOnly</c>, 2115 <c>noMembers</c>.</exception>
    public Task<RoomSettings> SetAsync(RoomChange change, CancellationToken ct = default) => _rest.SendAsync(
        HttpMethod.Patch, $"{_room}/settings", change, RestJson.Default.RoomChange, AnswerJson.Default.RoomSettings, ct);

    private string Member(string memberId) => $"{_room}/participants/{PathPart.Of(memberId)}";
}
