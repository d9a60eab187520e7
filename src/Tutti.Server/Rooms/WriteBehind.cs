using Tutti.Protocol;
using Tutti.Timing;

namespace Tutti.Server.Rooms;

/// <summary>
/// Saves the newest state of a room, at most once in a while and never while anyone waits for it. Used by the mailbox's reader only.
/// </summary>
/// <param name="wake">Called when a save has ended, from any thread.</param>
internal sealed class WriteBehind(RoomServices services, RoomState saved, Action wake)
{
    private long _savedVersion = saved.Version;
    private Task<long?> _saving = Task.FromResult<long?>(saved.Version);

    /// <summary>When the next save is due; null when all is saved or a save is under way.</summary>
    public ServerMicros? DueAt { get; private set; }

    /// <summary>Starts a save when one is due, and notes when the next one will be.</summary>
    public void See(RoomState state, ServerMicros now)
    {
        if (!_saving.IsCompleted)
        {
            return;
        }

        Settle();
        if (state.Version == _savedVersion)
        {
            DueAt = null;
            return;
        }

        DueAt ??= now + (services.Options.SnapshotWriteBehindSeconds * ServerMicros.PerSecond);
        if (DueAt <= now)
        {
            DueAt = null;
            _saving = SaveAsync(state, now);
        }
    }

    /// <summary>Saves what is not saved yet, now.</summary>
    public async Task FlushAsync(RoomState state, ServerMicros now)
    {
        await _saving;
        Settle();
        if (state.Version != _savedVersion)
        {
            _saving = SaveAsync(state, now);
            await _saving;
            Settle();
        }
    }

    private void Settle()
    {
        if (_saving.Result is { } version)
        {
            _savedVersion = version;
        }
    }

    /// <returns>The version that is safe now; null when it failed.</returns>
    private async Task<long?> SaveAsync(RoomState state, ServerMicros now)
    {
        // Off the reader's thread: a store may do its work synchronously.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            await services.Store.SaveAsync(RoomSnapshots.Store(state, now), CancellationToken.None);
            return state.Version;
        }
        catch (Exception exception)
        {
            services.Logger.SaveFailed(exception, state.Room.Code);
            return null;
        }
        finally
        {
            wake();
        }
    }
}
