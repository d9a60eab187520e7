using Tutti.Server.Access;
using Tutti.Server.Access.Accounts;
using Tutti.Server.Library.Playlists;
using Tutti.Server.Library.Uploads;
using Tutti.Server.Rooms;

namespace Tutti.Server.Api;

/// <summary>
/// Clears away what a deleted account leaves in folders that know nothing of accounts; what it shared with others stays. What a crash or a full
/// server kept from being cleared away is cleared away at the next start, before anybody comes in.
/// </summary>
internal sealed class AccountEnd(Departures departures, IPlaylistStore playlists, UploadDesk uploads, IAccountStore accounts) : IHostedService
{
    /// <summary>Not to be called off half way: there is nobody left to ask for the rest. May be done again.</summary>
    public async Task ClearAsync(Caller.Account account)
    {
        var isOut = await departures.OfAccountAsync((Actor.Person)account.AsActor(), CancellationToken.None);
        await playlists.RemoveUnsharedAsync(account.Id.Value, CancellationToken.None);
        await uploads.DisownAsync(account.Id.Value, CancellationToken.None);
        if (isOut)
        {
            await accounts.ClearedAsync(account.Id, CancellationToken.None);
        }
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var (id, name) in await accounts.EndedAsync(cancellationToken))
        {
            await ClearAsync(new Caller.Account(id, name, IsAdministrator: false));
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
