using Tutti.Client.Rest;
using Tutti.Protocol.Rest;

namespace Tutti.Client;

/// <summary>
/// Accounts: signing in and out, personal access tokens, sign-up links. Signing in gives a token; a <see cref="TuttiClient"/> made with it then
/// acts for that account.
/// </summary>
public sealed class AccountApi
{
    private readonly RestTransport _rest;

    internal AccountApi(RestTransport rest) => _rest = rest;

    /// <summary>Who asks, and how one gets in here.</summary>
    public Task<AuthState> StateAsync(CancellationToken ct = default) => _rest.GetAsync("auth", AnswerJson.Default.AuthState, ct);

    /// <summary>Makes the administrator with the one-time code that the server printed, and signs in.</summary>
    /// <exception cref="TuttiException">6013 <c>setUpRefused</c>, 6010 <c>nameTaken</c>, 6011 <c>passwordUnfit</c>.</exception>
    public Task<SignedIn> SetUpAsync(string code, string name, string password, CancellationToken ct = default) =>
        EnterAsync("auth/setup", new SignInBody(name, password, Code: code), ct);

    /// <summary>Makes an account, and signs in.</summary>
    /// <param name="name">2 to 32 characters.</param>
    /// <param name="password">8 to 256 characters.</param>
    /// <param name="link">The secret of a sign-up link, where the server asks for one.</param>
    /// <param name="ct">Gives up waiting.</param>
    /// <exception cref="TuttiException">6012 <c>signUpClosed</c>, 6010 <c>nameTaken</c>, 6011 <c>passwordUnfit</c>.</exception>
    public Task<SignedIn> SignUpAsync(string name, string password, string? link = null, CancellationToken ct = default) =>
        EnterAsync("auth/signup", new SignInBody(name, password, Link: link), ct);

    /// <summary>Signs in.</summary>
    /// <exception cref="TuttiException">6002 <c>wrongCredentials</c>, 6003 <c>lockedOut</c> with <see cref="TuttiException.RetryAfter"/>.</exception>
    public Task<SignedIn> SignInAsync(string name, string password, CancellationToken ct = default) =>
        EnterAsync("auth/login", new SignInBody(name, password), ct);

    /// <summary>Ends the sign-in that this client's token is of, and the sockets that live by it.</summary>
    public Task SignOutAsync(CancellationToken ct = default) => _rest.SendAsync(HttpMethod.Post, "auth/logout", ct);

    /// <summary>Who am I, where am I signed in, and my tokens.</summary>
    /// <exception cref="TuttiException">6001 <c>signInNeeded</c>.</exception>
    public Task<Dashboard> DashboardAsync(CancellationToken ct = default) => _rest.GetAsync("auth/dashboard", AnswerJson.Default.Dashboard, ct);

    /// <summary>Where I am signed in.</summary>
    public Task<CredentialList> SessionsAsync(CancellationToken ct = default) => _rest.GetAsync("auth/sessions", AnswerJson.Default.CredentialList, ct);

    /// <summary>Ends a sign-in; sockets that live by it are closed.</summary>
    /// <exception cref="TuttiException">6014 <c>credentialNotFound</c>.</exception>
    public Task EndSessionAsync(string id, CancellationToken ct = default) =>
        _rest.SendAsync(HttpMethod.Delete, $"auth/sessions/{PathPart.Of(id)}", ct);

    /// <summary>My personal access tokens.</summary>
    public Task<CredentialList> TokensAsync(CancellationToken ct = default) => _rest.GetAsync("auth/tokens", AnswerJson.Default.CredentialList, ct);

    /// <summary>Makes a personal access token for a script.</summary>
    /// <param name="name">What it is for, 1 to 64 characters.</param>
    /// <param name="days">Its life, 1 to 3650; null: until it is revoked.</param>
    /// <param name="ct">Gives up waiting.</param>
    /// <exception cref="TuttiException">6015 <c>tooManyTokens</c>.</exception>
    public Task<TokenCreated> CreateTokenAsync(string name, int? days = null, CancellationToken ct = default) => _rest.SendAsync(
        HttpMethod.Post, "auth/tokens", new CreateTokenBody(name, days), RestJson.Default.CreateTokenBody, AnswerJson.Default.TokenCreated, ct);

    /// <summary>Revokes a personal access token; sockets that live by it are closed.</summary>
    /// <exception cref="TuttiException">6014 <c>credentialNotFound</c>.</exception>
    public Task RevokeTokenAsync(string id, CancellationToken ct = default) =>
        _rest.SendAsync(HttpMethod.Delete, $"auth/tokens/{PathPart.Of(id)}", ct);

    /// <summary>Changes the password and ends every other sign-in.</summary>
    /// <exception cref="TuttiException">6002 <c>wrongCredentials</c>, 6011 <c>passwordUnfit</c>.</exception>
    public Task ChangePasswordAsync(string password, string newPassword, CancellationToken ct = default) =>
        _rest.SendAsync(HttpMethod.Post, "auth/password", new PasswordBody(password, newPassword), RestJson.Default.PasswordBody, ct);

    /// <summary>Deletes the account and everything that lets anybody in as it.</summary>
    /// <param name="password">Says that it is really you.</param>
    /// <param name="ct">Gives up waiting.</param>
    /// <exception cref="TuttiException">6002 <c>wrongCredentials</c>, 6016 <c>lastAdministrator</c>.</exception>
    public Task DeleteAsync(string password, CancellationToken ct = default) =>
        _rest.SendAsync(HttpMethod.Delete, "auth/account", new PasswordBody(password), RestJson.Default.PasswordBody, ct);

    /// <summary>Sign-up links that nobody has used yet; for administrators.</summary>
    public Task<SignUpLinkList> SignUpLinksAsync(CancellationToken ct = default) => _rest.GetAsync("auth/signup-links", AnswerJson.Default.SignUpLinkList, ct);

    /// <summary>Makes a link that lets one person sign up; for administrators.</summary>
    public Task<SignUpLinkCreated> CreateSignUpLinkAsync(CancellationToken ct = default) =>
        _rest.PostAsync("auth/signup-links", AnswerJson.Default.SignUpLinkCreated, ct);

    /// <summary>Takes a sign-up link back; for administrators.</summary>
    /// <exception cref="TuttiException">6014 <c>credentialNotFound</c>.</exception>
    public Task DeleteSignUpLinkAsync(string id, CancellationToken ct = default) =>
        _rest.SendAsync(HttpMethod.Delete, $"auth/signup-links/{PathPart.Of(id)}", ct);

    /// <summary>Who has an account here, by name; for administrators.</summary>
    public Task<AccountList> AccountsAsync(CancellationToken ct = default) => _rest.GetAsync("auth/accounts", AnswerJson.Default.AccountList, ct);

    /// <summary>Makes a link that lets one person give their account a new password; for administrators.</summary>
    /// <exception cref="TuttiException">6017 <c>accountNotFound</c>.</exception>
    public Task<ResetLinkCreated> CreateResetLinkAsync(string accountId, CancellationToken ct = default) =>
        _rest.PostAsync($"auth/accounts/{PathPart.Of(accountId)}/reset-link", AnswerJson.Default.ResetLinkCreated, ct);

    /// <summary>Gives an account the right to upload, or takes it back; for administrators.</summary>
    /// <exception cref="TuttiException">6017 <c>accountNotFound</c>.</exception>
    public Task SetMayUploadAsync(string accountId, bool mayUpload, CancellationToken ct = default) => _rest.SendAsync(
        HttpMethod.Patch, $"auth/accounts/{PathPart.Of(accountId)}", new RightsBody(mayUpload), RestJson.Default.RightsBody, ct);

    /// <summary>Sets a new password by such a link, ends every sign-in and token of the account, and signs in.</summary>
    /// <exception cref="TuttiException">6018 <c>resetLinkRefused</c>, 6011 <c>passwordUnfit</c>.</exception>
    public Task<SignedIn> ResetPasswordAsync(string link, string password, CancellationToken ct = default) => _rest.SendAsync(
        HttpMethod.Post, "auth/reset", new ResetBody(link, password), RestJson.Default.ResetBody, AnswerJson.Default.SignedIn, ct);

    private Task<SignedIn> EnterAsync(string path, SignInBody body, CancellationToken ct) =>
        _rest.SendAsync(HttpMethod.Post, path, body, RestJson.Default.SignInBody, AnswerJson.Default.SignedIn, ct);
}
