using Tutti.Protocol;

namespace Tutti.Client.Rest;

internal sealed record RoleBody(MemberRole Role);

internal sealed record InviteBody(MemberRole Role, int? ExpiresSeconds, int? Uses);

internal sealed record JoinBody(string? Name, string? Invite, string? Password, string? Guest)
{
    /// <summary>Keeps password and passes out of logs and exceptions.</summary>
    public override string ToString() => "…";
}
