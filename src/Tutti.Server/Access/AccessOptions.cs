using System.ComponentModel.DataAnnotations;

namespace Tutti.Server.Access;

/// <summary>Who may come in (section <c>Tutti:Access</c>).</summary>
public sealed record AccessOptions
{
    /// <summary>Open: whoever reaches the server may listen, control Home and make rooms. Accounts: only who is signed in or invited.</summary>
    public AccessMode Mode { get; init; } = AccessMode.Open;

    /// <summary>A browser that was not used for this long has to sign in again.</summary>
    [Range(1, 3_650)]
    public int SessionDays { get; init; } = 90;

    /// <summary>Life of a bearer token that signing in gives to an app or a script.</summary>
    [Range(1, 8_760)]
    public int BearerHours { get; init; } = 720;

    /// <summary>A new signing key is made after this; the old ones verify until what they signed has expired.</summary>
    [Range(1, 3_650)]
    public int SigningKeyDays { get; init; } = 90;

    /// <summary>Life of a sign-up link.</summary>
    [Range(1, 8_760)]
    public int SignUpLinkHours { get; init; } = 168;

    /// <summary>Life of a link for a new password.</summary>
    [Range(1, 168)]
    public int ResetLinkHours { get; init; } = 24;

    /// <summary>Accounts that one client address may make in an hour, tries with links for a new password included.</summary>
    [Range(1, 10_000)]
    public int SignUpsPerHour { get; init; } = 20;

    /// <summary>How often live sockets' credentials are looked at; a revocation by another process is noticed after this.</summary>
    [Range(1, 4)]
    public int WatchSeconds { get; init; } = 2;
}

/// <summary>Who may come in.</summary>
public enum AccessMode
{
    Open,
    Accounts,
}
