using Tutti.Server.Access;
using Tutti.Server.Library.Playlists;
using Tutti.Server.Rooms;

namespace Tutti.Server.Api;

/// <summary>Clears away what a deleted account leaves in folders that know nothing of accounts. What it shared with others stays.</summary>
internal sealed class AccountEnd(Departures departures, IPlaylistStore playlists)
{
    /// <summary>Not to be called off half way: there is nobody left to ask for the rest.</summary>
    public async Task ClearAsync(Caller.Account account)
    {
        await departures.OfAccountAsync((Actor.Person)account.AsActor(), CancellationToken.None);
        await playlists.RemoveUnsharedAsync(account.Id.Value, CancellationToken.None);
    }
}
