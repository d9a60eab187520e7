using Tutti.Protocol;
using Tutti.Server.Access;
using Tutti.Server.Access.Accounts;
using Tutti.Server.Access.Credentials;
using Tutti.Timing;

namespace Tutti.Server.Api;

/// <summary>What somebody who is not signed in may know.</summary>
/// <param name="Mode"><c>open</c>: whoever reaches the server may listen and control; <c>accounts</c>: who is signed in or invited.</param>
/// <param name="SetUp">Whether the administrator is still to be made, with the code that the server printed.</param>
/// <param name="SignUp"><c>open</c>, or <c>link</c>: needs a sign-up link from the administrator.</param>
/// <param name="Caller">Who asks.</param>
public sealed record AuthState(string Mode, bool SetUp, string SignUp, CallerDetail Caller);

/// <param name="Kind"><c>account</c>, <c>guest</c> or <c>anonymous</c>.</param>
/// <param name="Room">A guest's room.</param>
public sealed record CallerDetail(string Kind, string? Id, string? Name, bool Administrator, string? Room)
{
    public static CallerDetail Of(Caller caller) => caller switch
    {
        Caller.Account account => new("account", account.Id.Value, account.Name, account.IsAdministrator, null),
        Caller.Guest guest => new("guest", guest.GuestId, guest.Name, false, guest.RoomCode),
        _ => new("anonymous", null, null, false, null),
    };
}

/// <param name="CreatedMicros">µs since the Unix epoch.</param>
public sealed record AccountDetail(string Id, string Name, bool Administrator, long CreatedMicros)
{
    public static AccountDetail Of(AccountRecord account) => new(account.Id.Value, account.Name, account.IsAdministrator, account.CreatedAt.Value);
}

/// <summary>Signed in.</summary>
/// <param name="Session">Its id, by which it can be ended.</param>
/// <param name="Token">With <c>session: bearer</c>: what to send as <c>Authorization: Bearer …</c>.</param>
/// <param name="Antiforgery">With a cookie: what to send as <c>X-Tutti-Antiforgery</c> where a client sends no <c>Origin</c>.</param>
/// <param name="ExpiresMicros">µs since the Unix epoch; a browser's session lives on as it is used.</param>
public sealed record SignedIn(AccountDetail Account, string Session, string? Token, string? Antiforgery, long? ExpiresMicros);

/// <summary>A sign-in of a browser or an app, or a personal access token.</summary>
/// <param name="Kind"><c>browser</c>, <c>bearer</c> or <c>token</c>.</param>
/// <param name="UsedMicros">µs since the Unix epoch, to some minutes.</param>
/// <param name="ExpiresMicros">µs since the Unix epoch; null: never.</param>
/// <param name="Current">Whether this request came with it.</param>
public sealed record CredentialDetail(string Id, string Kind, string Name, long CreatedMicros, long UsedMicros, long? ExpiresMicros, bool Current)
{
    public static CredentialDetail Of(CredentialRecord credential, string? currentId) => new(
        credential.Id, credential.Kind.ToString().ToLowerInvariant(), credential.Name, credential.CreatedAt.Value, credential.UsedAt.Value,
        credential.ExpiresAt?.Value, credential.Id == currentId);
}

/// <summary>Who am I, what is mine, and what lets anybody in as me.</summary>
/// <param name="Devices">Those that are somewhere first, then the one seen last.</param>
/// <param name="Rooms">Shared rooms that I belong to, my own first, with my own role: standing in for a host does not count. The personal room is always there, as MINE.</param>
public sealed record Dashboard(
    AccountDetail Account,
    string? Antiforgery,
    IReadOnlyList<CredentialDetail> Sessions,
    IReadOnlyList<CredentialDetail> Tokens,
    IReadOnlyList<OwnDevice> Devices,
    IReadOnlyList<RoomSummary> Rooms);

/// <summary>A device of mine, wherever it is.</summary>
/// <param name="State"><c>playing</c>, <c>silent</c> (it follows without sound) or <c>away</c>.</param>
/// <param name="Output">Whether its output is open: a browser that was not touched yet makes no sound.</param>
/// <param name="Room">Where it is; null while away.</param>
/// <param name="SeenMicros">Server time at which it last came into a room or was changed, µs since the Unix epoch.</param>
public sealed record OwnDevice(
    string Id, string Name, DeviceKind Kind, string? Icon, string State, OutputState Output, DevicePlace? Room, int Volume, bool Muted, double TrimMs, ServerMicros SeenMicros);

/// <summary>The room that a device is in.</summary>
/// <param name="Code">What <c>/api/rooms/{code}/devices</c> takes to change the device there; <c>MINE</c> for the personal room.</param>
public sealed record DevicePlace(string Code, string Name);

public sealed record CredentialList(IReadOnlyList<CredentialDetail> Items, int Total);

/// <summary>A personal access token that was made. This is the only time that it is shown.</summary>
public sealed record TokenCreated(string Token, CredentialDetail Detail);

/// <summary>A sign-up link that was made. This is the only time that its secret is shown.</summary>
/// <param name="Link">What goes into the sign-up's <c>link</c>.</param>
/// <param name="Url">The page that takes it, as a path on this server.</param>
public sealed record SignUpLinkCreated(string Id, string Link, string Url, long ExpiresMicros);

public sealed record SignUpLinkDetail(string Id, long CreatedMicros, long ExpiresMicros);

public sealed record SignUpLinkList(IReadOnlyList<SignUpLinkDetail> Links, int Total);
