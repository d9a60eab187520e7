namespace Tutti.Protocol.Rest;

/// <summary>What anybody may know of a server's access.</summary>
/// <param name="Mode"><c>open</c>: whoever reaches the server may listen and control; <c>accounts</c>: who is signed in or invited.</param>
/// <param name="SetUp">Whether the administrator is still to be made, with the code that the server printed.</param>
/// <param name="SignUp"><c>open</c>, or <c>link</c>: needs a sign-up link from the administrator.</param>
/// <param name="Caller">Who asks.</param>
/// <param name="GuestOf">The rooms in which they are a guest, the one that they joined last first.</param>
public sealed record AuthState(string Mode, bool SetUp, string SignUp, CallerDetail Caller, IReadOnlyList<string> GuestOf);

/// <summary>Who asks.</summary>
/// <param name="Kind"><c>account</c>, <c>guest</c> or <c>anonymous</c>.</param>
/// <param name="Id">The account's or guest's id.</param>
/// <param name="Name">Shown to people.</param>
/// <param name="Administrator">Whether they administer the server.</param>
/// <param name="MayUpload">Whether they may upload: administrators, and those whom they gave the right.</param>
/// <param name="Room">A guest's room; of several the one that they joined last.</param>
public sealed record CallerDetail(string Kind, string? Id, string? Name, bool Administrator, bool MayUpload, string? Room);

/// <summary>An account.</summary>
/// <param name="Id">Its lasting id.</param>
/// <param name="Name">Shown to people, and signed in with.</param>
/// <param name="Administrator">Whether it administers the server.</param>
/// <param name="CreatedMicros">µs since the Unix epoch.</param>
public sealed record AccountDetail(string Id, string Name, bool Administrator, long CreatedMicros);

/// <summary>Signed in. Printing it does not show the token.</summary>
/// <param name="Account">As whom.</param>
/// <param name="Session">Its id, by which it can be ended.</param>
/// <param name="Token">With <c>session: bearer</c>: what to send as <c>Authorization: Bearer …</c>.</param>
/// <param name="Antiforgery">With a cookie: what to send as <c>X-Tutti-Antiforgery</c> where a client sends no <c>Origin</c>.</param>
/// <param name="ExpiresMicros">µs since the Unix epoch; a browser's session lives on as it is used.</param>
public sealed record SignedIn(AccountDetail Account, string Session, string? Token, string? Antiforgery, long? ExpiresMicros)
{
    /// <summary>Keeps the token out of logs.</summary>
    public override string ToString() => $"signed in as {Account.Name}";
}

/// <summary>A sign-in of a browser or an app, or a personal access token.</summary>
/// <param name="Id">By which it can be ended.</param>
/// <param name="Kind"><c>browser</c>, <c>bearer</c> or <c>token</c>.</param>
/// <param name="Name">For people.</param>
/// <param name="CreatedMicros">µs since the Unix epoch.</param>
/// <param name="UsedMicros">µs since the Unix epoch, to some minutes.</param>
/// <param name="ExpiresMicros">µs since the Unix epoch; null: never.</param>
/// <param name="Current">Whether this call came with it.</param>
public sealed record CredentialDetail(string Id, string Kind, string Name, long CreatedMicros, long UsedMicros, long? ExpiresMicros, bool Current);

/// <summary>Sign-ins, or tokens.</summary>
/// <param name="Items">All of them.</param>
/// <param name="Total">How many.</param>
public sealed record CredentialList(IReadOnlyList<CredentialDetail> Items, int Total);

/// <summary>A personal access token that was made; this is the only time that it is shown. Printing it does not show it.</summary>
/// <param name="Token">The secret.</param>
/// <param name="Detail">What the list shows of it.</param>
public sealed record TokenCreated(string Token, CredentialDetail Detail)
{
    /// <summary>Keeps the token out of logs.</summary>
    public override string ToString() => $"token {Detail.Name}";
}

/// <summary>A sign-up link that was made; this is the only time that its secret is shown. Printing it does not show it.</summary>
/// <param name="Id">By which it can be taken back.</param>
/// <param name="Link">The secret: what goes into the sign-up's <c>link</c>.</param>
/// <param name="Url">The page that takes it, as a path on the server.</param>
/// <param name="ExpiresMicros">µs since the Unix epoch.</param>
public sealed record SignUpLinkCreated(string Id, string Link, string Url, long ExpiresMicros)
{
    /// <summary>Keeps the secret out of logs.</summary>
    public override string ToString() => $"sign-up link {Id}";
}

/// <summary>A sign-up link that nobody has used yet.</summary>
/// <param name="Id">By which it can be taken back.</param>
/// <param name="CreatedMicros">µs since the Unix epoch.</param>
/// <param name="ExpiresMicros">µs since the Unix epoch.</param>
public sealed record SignUpLinkDetail(string Id, long CreatedMicros, long ExpiresMicros);

/// <summary>Sign-up links that nobody has used yet.</summary>
/// <param name="Links">All of them.</param>
/// <param name="Total">How many.</param>
public sealed record SignUpLinkList(IReadOnlyList<SignUpLinkDetail> Links, int Total);

/// <summary>The accounts of the server, by name.</summary>
/// <param name="Accounts">All of them.</param>
/// <param name="Total">How many.</param>
public sealed record AccountList(IReadOnlyList<AccountLine> Accounts, int Total);

/// <summary>An account as the administrator sees it.</summary>
/// <param name="Id">Its lasting id.</param>
/// <param name="Name">Shown to people, and signed in with.</param>
/// <param name="Administrator">Whether it administers the server.</param>
/// <param name="MayUpload">Whether it was given the right to upload; administrators need none.</param>
/// <param name="CreatedMicros">µs since the Unix epoch.</param>
/// <param name="UsedMicros">When it was used last, µs since the Unix epoch, to some minutes; null: it is signed in nowhere.</param>
public sealed record AccountLine(string Id, string Name, bool Administrator, bool MayUpload, long CreatedMicros, long? UsedMicros);

/// <summary>A link for a new password; this is the only time that its secret is shown. Printing it does not show it.</summary>
/// <param name="Account">The name of the account that it is for.</param>
/// <param name="Link">The secret: what goes into the reset's <c>link</c>.</param>
/// <param name="Url">The page that takes it, as a path on the server.</param>
/// <param name="ExpiresMicros">µs since the Unix epoch.</param>
public sealed record ResetLinkCreated(string Account, string Link, string Url, long ExpiresMicros)
{
    /// <summary>Keeps the secret out of logs.</summary>
    public override string ToString() => $"link for a new password of {Account}";
}
