using Tutti.Protocol;
using Tutti.Protocol.Rest;
using Tutti.Server.Rooms;

namespace Tutti.Server.Api;

/// <summary>The people of a room, as REST tells them.</summary>
internal static class PeopleResponses
{
    extension(InviteDetail)
    {
        public static InviteDetail Of(Invite invite, RoomState state) => new(
            invite.Id, invite.Role, state.FindMember(invite.MadeBy)?.Name ?? "", invite.MadeMicros, invite.ExpiresMicros, invite.Uses,
            invite.MaxUses is { } most ? most - invite.Uses : null);
    }
}
