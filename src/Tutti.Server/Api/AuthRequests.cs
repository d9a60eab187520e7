namespace Tutti.Server.Api;

/// <summary>A new account.</summary>
/// <param name="Name">2 to 32 letters and digits, with spaces, dots, hyphens, underscores or apostrophes between them.</param>
/// <param name="Password">8 to 256 characters.</param>
/// <param name="Link">The secret of a sign-up link, where the server asks for one.</param>
/// <param name="Session"><c>cookie</c> (when left out) or <c>bearer</c>.</param>
public sealed record SignUpRequest(string Name, string Password, string? Link = null, string Session = SessionForms.Cookie)
{
    /// <summary>Keeps the password out of logs and exceptions.</summary>
    public override string ToString() => "…";
}

/// <summary>Makes the administrator.</summary>
/// <param name="Code">What the server printed when it started.</param>
/// <inheritdoc cref="SignUpRequest"/>
public sealed record SetUpRequest(string Code, string Name, string Password, string Session = SessionForms.Cookie)
{
    /// <summary>Keeps the password out of logs and exceptions.</summary>
    public override string ToString() => "…";
}

/// <inheritdoc cref="SignUpRequest"/>
public sealed record SignInRequest(string Name, string Password, string Session = SessionForms.Cookie)
{
    /// <summary>Keeps the password out of logs and exceptions.</summary>
    public override string ToString() => "…";
}

/// <param name="Password">The one until now.</param>
/// <param name="NewPassword">8 to 256 characters.</param>
public sealed record ChangePasswordRequest(string Password, string NewPassword)
{
    /// <summary>Keeps the password out of logs and exceptions.</summary>
    public override string ToString() => "…";
}

/// <param name="Link">The secret of a link for a new password.</param>
/// <param name="Password">8 to 256 characters.</param>
/// <param name="Session"><c>cookie</c> (when left out) or <c>bearer</c>.</param>
public sealed record ResetPasswordRequest(string Link, string Password, string Session = SessionForms.Cookie)
{
    /// <summary>Keeps link and password out of logs and exceptions.</summary>
    public override string ToString() => "…";
}

/// <param name="Password">Says that it is really you.</param>
public sealed record DeleteAccountRequest(string Password)
{
    /// <summary>Keeps the password out of logs and exceptions.</summary>
    public override string ToString() => "…";
}

/// <summary>What the administrator lets an account do.</summary>
/// <param name="MayUpload">Whether it may upload.</param>
public sealed record AccountRightsRequest(bool MayUpload);

/// <param name="Name">What it is for, 1 to 64 characters.</param>
/// <param name="Days">Its life, 1 to 3650; left out: until it is revoked.</param>
public sealed record CreateTokenRequest(string Name, int? Days = null);

/// <summary>How somebody who signs in is known from then on.</summary>
internal static class SessionForms
{
    /// <summary>By an http-only cookie: for browsers.</summary>
    public const string Cookie = "cookie";

    /// <summary>By a signed token that the answer holds: for apps and scripts.</summary>
    public const string Bearer = "bearer";
}
