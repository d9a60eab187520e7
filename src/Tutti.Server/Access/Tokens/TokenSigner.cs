using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Tutti.Protocol;

namespace Tutti.Server.Access.Tokens;

/// <summary>
/// Signs and reads JSON Web Tokens (RFC 7519): ES256 and nothing else, issuer and key id of this server, and an audience for each purpose, so that a
/// guest's pass is no bearer token and a known browser is no sign-in.
/// </summary>
public sealed class TokenSigner
{
    private const string AccountAudience = "tutti";
    private const string GuestAudience = "tutti-guest";
    private const string BrowserAudience = "tutti-browser";
    private const string CredentialClaim = "sid";
    private const string RoomClaim = "room";
    private const string NameClaim = "name";
    private static readonly TimeSpan s_browserLife = TimeSpan.FromDays(400);

    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false };
    private readonly DataFolder _folder;
    private readonly TimeProvider _time;
    private readonly AccessOptions _options;
    private volatile Ring _ring;

    /// <exception cref="DataFolderException">The folder cannot be used, or the key file is damaged.</exception>
    public TokenSigner(DataFolder folder, TimeProvider time, IOptions<AccessOptions> options)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_folder, _time, _options) = (folder, time, options.Value);
        _ring = ReadRing();
    }

    /// <summary>Makes a new key when the newest is old enough.</summary>
    public void Renew()
    {
        var fresh = ReadRing();
        if (fresh.SigningKeyId != _ring.SigningKeyId)
        {
            _ring = fresh;
        }
    }

    public string ForAccount(AccountId account, string credentialId, UtcMicros now, UtcMicros expiresAt) =>
        Sign(AccountAudience, account.Value, now, expiresAt, new Claim(CredentialClaim, credentialId));

    internal string ForGuest(Caller.Guest guest, UtcMicros now, UtcMicros expiresAt) =>
        Sign(GuestAudience, guest.GuestId, now, expiresAt, new Claim(RoomClaim, guest.RoomCode), new Claim(NameClaim, guest.Name));

    internal string ForBrowser(AccountId account, string browserId, UtcMicros now) =>
        Sign(BrowserAudience, account.Value, now, now + s_browserLife, new Claim(CredentialClaim, browserId));

    /// <summary>Whatever the text is, the answer is what it says or that it is not good; never an exception.</summary>
    internal TokenReading Read(string text)
    {
        // Three parts: signed. Encrypted tokens have five, and are never given out.
        if (text.Length > ProtocolLimits.TokenMaxLength || text.AsSpan().Count('.') != 2)
        {
            return TokenReading.Invalid.Instance;
        }

        var result = _handler.ValidateToken(text, _ring.Rules);
        if (!result.IsValid)
        {
            return result.Exception is SecurityTokenInvalidLifetimeException or SecurityTokenExpiredException ? TokenReading.Expired.Instance : TokenReading.Invalid.Instance;
        }

        var token = (JsonWebToken)result.SecurityToken;
        var expiresAt = new UtcMicros((token.ValidTo.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond);
        return (token.Audiences.ToArray(), token.Subject) switch
        {
            ([AccountAudience], { Length: > 0 } account) when Claim(token, CredentialClaim) is { } id =>
                new TokenReading.OfAccount(new AccountId(account), id, expiresAt),
            ([GuestAudience], { Length: > 0 } guest) when Claim(token, RoomClaim) is { } room && Claim(token, NameClaim) is { } name =>
                new TokenReading.OfGuest(new Caller.Guest(guest, room, name), expiresAt),
            ([BrowserAudience], { Length: > 0 } account) when Claim(token, CredentialClaim) is { } id =>
                new TokenReading.OfBrowser(new AccountId(account), id),
            _ => TokenReading.Invalid.Instance,
        };
    }

    private static string? Claim(JsonWebToken token, string name) => token.TryGetPayloadValue<string>(name, out var value) ? value : null;

    private string Sign(string audience, string subject, UtcMicros now, UtcMicros expiresAt, params ReadOnlySpan<Claim> claims)
    {
        var ring = _ring;
        return _handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = ring.Issuer,
            Audience = audience,
            IssuedAt = now.ToDateTime(),
            Expires = expiresAt.ToDateTime(),
            Subject = new ClaimsIdentity([new Claim(JwtRegisteredClaimNames.Sub, subject), .. claims]),
            SigningCredentials = ring.Signing,
        });
    }

    private Ring ReadRing()
    {
        var longestLife = new[] { TimeSpan.FromHours(_options.BearerHours), GuestPasses.Life, s_browserLife }.Max();
        var (issuer, stored) = SigningKeyFile.ReadAndRotate(_folder, UtcMicros.Now(_time), TimeSpan.FromDays(_options.SigningKeyDays), longestLife);
        SecurityKey[] keys = [.. stored.Select(static key => new ECDsaSecurityKey(Import(key)) { KeyId = key.Id })];
        return new Ring(issuer, new SigningCredentials(keys[0], SecurityAlgorithms.EcdsaSha256), new TokenValidationParameters
        {
            ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256],
            ValidIssuer = issuer,
            ValidAudiences = [AccountAudience, GuestAudience, BrowserAudience],
            IssuerSigningKeyResolver = (_, _, id, _) => keys.Where(key => key.KeyId == id),
            TryAllIssuerSigningKeys = false,
            RequireSignedTokens = true,
            RequireExpirationTime = true,
            LifetimeValidator = (_, expires, _, _) => expires is { } end && end > _time.GetUtcNow().UtcDateTime,
        });
    }

    private static ECDsa Import(SigningKey stored)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportPkcs8PrivateKey(stored.Pkcs8.AsSpan(), out _);
            return key;
        }
        catch (CryptographicException)
        {
            key.Dispose();
            throw new DataFolderException($"{SigningKeyFile.FileName} in the data folder is damaged. Delete it, and new keys are made; apps and scripts then have to sign in again.");
        }
    }

    /// <summary>The keys of one moment. Old rings are left to the collector: a reader may still be at work with one.</summary>
    private sealed record Ring(string Issuer, SigningCredentials Signing, TokenValidationParameters Rules)
    {
        public string SigningKeyId => Signing.Key.KeyId;
    }
}
