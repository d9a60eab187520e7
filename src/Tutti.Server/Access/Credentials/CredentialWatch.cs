using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Tutti.Protocol;

namespace Tutti.Server.Access.Credentials;

/// <summary>
/// Watches the credentials that open sockets live by: revoked here, it tells at once; expired, or revoked by another process, with the next look.
/// Also tidies the desk, and renews signing keys.
/// </summary>
public sealed partial class CredentialWatch(
    CredentialDesk desk, ICredentialStore store, Tokens.TokenSigner signer, TimeProvider time, IOptions<AccessOptions> options, ILogger<CredentialWatch> logger) : BackgroundService
{
    private static readonly TimeSpan s_tidyEvery = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<Watched, byte> _watched = new();

    /// <summary>Calls back, once, when the credential ends; dispose to watch no longer.</summary>
    /// <param name="onEnded">Gets <see cref="ErrorCode.CredentialExpired"/> or <see cref="ErrorCode.CredentialRevoked"/>; must not block.</param>
    public IDisposable Watch(Credential credential, Action<ErrorCode> onEnded)
    {
        var watched = new Watched(this, credential, UtcMicros.Now(time), onEnded);
        _watched.TryAdd(watched, 0);
        return watched;
    }

    /// <summary>One look at everything that is watched.</summary>
    internal async Task LookAsync(CancellationToken ct)
    {
        var now = UtcMicros.Now(time);
        var rows = new HashSet<string>();
        foreach (var watched in _watched.Keys)
        {
            // A browser's session lives on by use, and an open socket is use; its row says when it ends.
            if (watched.Credential is { Kind: not CredentialKind.Browser, ExpiresAt: { } end } && end <= now)
            {
                watched.End(ErrorCode.CredentialExpired);
            }
            else if (watched.Credential.Kind is { } kind)
            {
                rows.Add(watched.Credential.Id);
                desk.NoteUse(watched.Credential.Id, kind, watched.Credential.ExpiresAt, watched.Since);
            }
        }

        if (rows.Count > 0)
        {
            var there = await store.StillThereAsync(rows, ct);
            End([.. rows.Where(id => !there.Contains(id))]);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        desk.Ended += End;
        try
        {
            using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.Value.WatchSeconds), time);
            var tidiedAt = UtcMicros.Now(time);
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    await LookAsync(stoppingToken);
                    if (UtcMicros.Now(time) - tidiedAt >= s_tidyEvery)
                    {
                        tidiedAt = UtcMicros.Now(time);
                        await desk.TidyAsync(stoppingToken);
                        signer.Renew();
                    }
                }
                catch (Exception error) when (error is not OperationCanceledException)
                {
                    // The database is away for a moment: whoever is in stays in until it can be asked.
                    LogLookFailed(error);
                }
            }
        }
        finally
        {
            desk.Ended -= End;
        }
    }

    private void End(IReadOnlyCollection<string> ids)
    {
        foreach (var watched in _watched.Keys)
        {
            if (ids.Contains(watched.Credential.Id))
            {
                watched.End(ErrorCode.CredentialRevoked);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Credentials could not be looked at")]
    private partial void LogLookFailed(Exception error);

    private sealed class Watched(CredentialWatch owner, Credential credential, UtcMicros since, Action<ErrorCode> onEnded) : IDisposable
    {
        public Credential Credential => credential;

        public UtcMicros Since => since;

        public void End(ErrorCode code)
        {
            if (owner._watched.TryRemove(this, out _))
            {
                onEnded(code);
            }
        }

        public void Dispose() => owner._watched.TryRemove(this, out _);
    }
}
