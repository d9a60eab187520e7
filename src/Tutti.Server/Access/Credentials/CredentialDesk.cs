using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Tutti.Protocol;
using Tutti.Server.Access.Accounts;
using Tutti.Server.Access.Tokens;

namespace Tutti.Server.Access.Credentials;

/// <summary>
/// Reads what is shown at the door, and gives out and takes back credentials. What was read is good for some seconds, so that a page with fifty covers
/// asks the database once; what this process revokes ends at once. Use is noted in memory and written behind.
/// </summary>
public sealed class CredentialDesk(ICredentialStore store, TokenSigner signer, TimeProvider time, IOptions<AccessOptions> options)
{
    /// <summary>Personal access tokens that one account may have.</summary>
    public const int MaxTokens = 50;

    private const string TokenPrefix = "tutti_";
    private const int NameMaxLength = 64;
    private static readonly TimeSpan s_noteAfter = TimeSpan.FromMinutes(5);
    private readonly ConcurrentDictionary<string, Entry> _known = new();
    private readonly ConcurrentDictionary<string, (UtcMicros At, UtcMicros? ExpiresAt)> _uses = new();

    // When uses were last noted, written down by now or not.
    private readonly ConcurrentDictionary<string, UtcMicros> _notedAt = new();

    /// <summary>Told when credentials end before their time; on the thread that ends them.</summary>
    public event Action<IReadOnlyCollection<string>>? Ended;

    /// <summary>A bearer token, personal access token or guest's pass.</summary>
    public async ValueTask<CredentialReading> ReadBearerAsync(string text, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.StartsWith(TokenPrefix, StringComparison.Ordinal))
        {
            return await ReadSecretAsync(text[TokenPrefix.Length..], '_', CredentialKind.Token, ct);
        }

        return signer.Read(text) switch
        {
            TokenReading.OfAccount(var account, var id, var expiresAt) => await FindAsync(id, ct) is { } entry && entry.Account.Id == account
                ? Check(entry, CredentialKind.Bearer, expiresAt)
                : CredentialReading.Bad.Revoked,
            TokenReading.OfGuest(var guest, var expiresAt) =>
                new CredentialReading.Good(new Credential($"guest {guest.RoomCode} {guest.GuestId}", null, guest, expiresAt)),
            TokenReading.Expired => CredentialReading.Bad.Expired,
            _ => CredentialReading.Bad.Invalid,
        };
    }

    /// <summary>The value of a browser's session cookie.</summary>
    public ValueTask<CredentialReading> ReadCookieAsync(string text, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(text);
        return ReadSecretAsync(text, '.', CredentialKind.Browser, ct);
    }

    /// <summary>Signs a browser in.</summary>
    /// <param name="account">As it was when its password was checked.</param>
    /// <returns>The value of its cookie; null when the password was changed since, or the account is gone.</returns>
    public async Task<(CredentialRecord Record, string Cookie)?> AddBrowserAsync(AccountRecord account, string name, CancellationToken ct)
    {
        var secret = Randoms.Secret();
        var record = New(account, CredentialKind.Browser, name, Randoms.HashOf(secret), TimeSpan.FromDays(options.Value.SessionDays));
        return await store.AddAsync(record, account.PasswordHash, ct) ? (record, $"{record.Id}.{secret}") : null;
    }

    /// <summary>Signs an app or a script in.</summary>
    /// <param name="account">As it was when its password was checked.</param>
    /// <returns>Its bearer token, a signed JWT; null when the password was changed since, or the account is gone.</returns>
    public async Task<(CredentialRecord Record, string Token)?> AddBearerAsync(AccountRecord account, string name, CancellationToken ct)
    {
        var record = New(account, CredentialKind.Bearer, name, "", TimeSpan.FromHours(options.Value.BearerHours));
        return await store.AddAsync(record, account.PasswordHash, ct) ? (record, signer.ForAccount(account.Id, record.Id, record.CreatedAt, record.ExpiresAt!.Value)) : null;
    }

    /// <summary>Makes a personal access token.</summary>
    /// <param name="life">Null: until it is revoked.</param>
    /// <returns>The token, which is shown this once; null when the account has <see cref="MaxTokens"/> already, or is gone.</returns>
    public async Task<(CredentialRecord Record, string Token)?> AddTokenAsync(AccountId account, string name, TimeSpan? life, CancellationToken ct)
    {
        if ((await store.ListAsync(account, ct)).Count(static credential => credential.Kind is CredentialKind.Token) >= MaxTokens)
        {
            return null;
        }

        var secret = Randoms.Secret();
        var now = UtcMicros.Now(time);
        var record = new CredentialRecord(Randoms.Id(), account, CredentialKind.Token, name, Randoms.HashOf(secret), now, now, now + life);
        return await store.AddAsync(record, passwordHash: null, ct) ? (record, $"{TokenPrefix}{record.Id}_{secret}") : null;
    }

    /// <summary>An account's credentials that are good, newest first.</summary>
    public async Task<IReadOnlyList<CredentialRecord>> ListAsync(AccountId account, CancellationToken ct)
    {
        var now = UtcMicros.Now(time);
        return [.. (await store.ListAsync(account, ct)).Where(credential => !credential.IsExpiredAt(now))
            .Select(credential => _uses.TryGetValue(credential.Id, out var use) ? credential with { UsedAt = use.At } : credential)];
    }

    /// <summary>Ends a credential, and the sockets that live by it.</summary>
    /// <returns>False when the account has no such credential.</returns>
    public async Task<bool> RevokeAsync(AccountId account, string id, CancellationToken ct)
    {
        var existed = await store.DeleteAsync(account, id, ct);
        if (existed)
        {
            Forget([id]);
        }

        return existed;
    }

    /// <summary>Ends every sign-in of an account but one; personal access tokens stay.</summary>
    public async Task RevokeSignInsAsync(AccountId account, string? exceptId, CancellationToken ct)
    {
        foreach (var credential in await store.ListAsync(account, ct))
        {
            if (credential.Kind is not CredentialKind.Token && credential.Id != exceptId)
            {
                await RevokeAsync(account, credential.Id, ct);
            }
        }
    }

    /// <summary>Ends everything that lets anybody in as an account, personal access tokens included.</summary>
    public async Task RevokeAllAsync(AccountId account, CancellationToken ct)
    {
        foreach (var credential in await store.ListAsync(account, ct))
        {
            await RevokeAsync(account, credential.Id, ct);
        }
    }

    /// <summary>Forgets credentials that are gone from the store, and tells <see cref="Ended"/>.</summary>
    public void Forget(IReadOnlyCollection<string> ids)
    {
        ArgumentNullException.ThrowIfNull(ids);
        foreach (var id in ids)
        {
            _known.TryRemove(id, out _);
            _uses.TryRemove(id, out _);
            _notedAt.TryRemove(id, out _);
        }

        Ended?.Invoke(ids);
    }

    /// <summary>Notes that a credential is in use, now and then; by a socket that stays open, too.</summary>
    /// <param name="known">When it was in use as far as its asker knows.</param>
    internal void NoteUse(string id, CredentialKind kind, UtcMicros? expiresAt, UtcMicros known)
    {
        var now = UtcMicros.Now(time);
        var last = _notedAt.TryGetValue(id, out var noted) && noted > known ? noted : known;
        if (now - last > s_noteAfter)
        {
            _notedAt[id] = now;
            _uses[id] = (now, kind is CredentialKind.Browser ? now + TimeSpan.FromDays(options.Value.SessionDays) : expiresAt);
        }
    }

    /// <summary>Writes down uses, and clears away what has expired. Called from time to time.</summary>
    internal async Task TidyAsync(CancellationToken ct)
    {
        var now = UtcMicros.Now(time);
        var uses = _uses.ToArray();
        if (uses.Length > 0)
        {
            await store.NoteUseAsync([.. uses.Select(use => (use.Key, use.Value.At, use.Value.ExpiresAt))], ct);
            foreach (var use in uses)
            {
                _uses.TryRemove(use);
            }
        }

        foreach (var (id, entry) in _known)
        {
            if (now - entry.ReadAt > s_noteAfter)
            {
                _known.TryRemove(id, out _);
            }
        }

        foreach (var noted in _notedAt)
        {
            if (now - noted.Value > 2 * s_noteAfter)
            {
                _notedAt.TryRemove(noted);
            }
        }

        await store.DeleteExpiredAsync(now, ct);
    }

    private CredentialRecord New(AccountRecord account, CredentialKind kind, string name, string secretHash, TimeSpan life)
    {
        var now = UtcMicros.Now(time);
        var plain = new string([.. name.Where(static letter => !char.IsControl(letter)).Take(NameMaxLength)]);
        return new CredentialRecord(Randoms.Id(), account.Id, kind, plain, secretHash, now, now, now + life);
    }

    // Text: ID, a sign between, SECRET. Neither holds the sign before the secret begins.
    private async ValueTask<CredentialReading> ReadSecretAsync(string text, char between, CredentialKind kind, CancellationToken ct)
    {
        var cut = text.IndexOf(between);
        return text.Length <= ProtocolLimits.TokenMaxLength && cut > 0 && await FindAsync(text[..cut], ct) is { } entry
            && entry.Credential.SecretHash.Length > 0 && Randoms.IsHashOf(text[(cut + 1)..], entry.Credential.SecretHash)
            ? Check(entry, kind, entry.Credential.ExpiresAt)
            : CredentialReading.Bad.Invalid;
    }

    private CredentialReading Check(Entry entry, CredentialKind kind, UtcMicros? expiresAt)
    {
        var (credential, account) = (entry.Credential, entry.Account);
        if (credential.Kind != kind)
        {
            return CredentialReading.Bad.Invalid;
        }

        if (expiresAt <= UtcMicros.Now(time))
        {
            return CredentialReading.Bad.Expired;
        }

        NoteUse(credential.Id, kind, credential.ExpiresAt, credential.UsedAt);
        return new CredentialReading.Good(new Credential(credential.Id, kind, new Caller.Account(account.Id, account.Name, account.IsAdministrator, account.MayUpload), expiresAt));
    }

    private async ValueTask<Entry?> FindAsync(string id, CancellationToken ct)
    {
        var now = UtcMicros.Now(time);
        if (_known.TryGetValue(id, out var known) && now - known.ReadAt < TimeSpan.FromSeconds(options.Value.WatchSeconds))
        {
            return known;
        }

        if (await store.FindAsync(id, ct) is not { } found)
        {
            _known.TryRemove(id, out _);
            return null;
        }

        var entry = new Entry(found.Credential, found.Account, now);
        _known[id] = entry;
        return entry;
    }

    private sealed record Entry(CredentialRecord Credential, AccountRecord Account, UtcMicros ReadAt);
}
