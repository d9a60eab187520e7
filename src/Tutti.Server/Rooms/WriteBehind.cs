using Tutti.Protocol;
using Tutti.Timing;

namespace Tutti.Server.Rooms;

/// <summary>
/// Saves the newest of a room, at most once in a while and never while anyone waits for it. Used by the mailbox's reader only.
/// </summary>
/// <param name="wake">Called when a save has ended, from any thread.</param>
/// <param name="saved">What the store holds; null for nothing.</param>
internal sealed class WriteBehind(RoomServices services, RoomModel? saved, Action wake)
{
    private RoomModel? _saved = saved;
    private Task<RoomModel?>? _saving;
    private bool _hasFailed;

    /// <summary>When the next save is due; null when all is saved or a save is under way.</summary>
    public ServerMicros? DueAt { get; private set; }

    /// <summary>Starts a save when one is due, and notes when the next one will be.</summary>
    public void See(RoomModel model, ServerMicros now)
    {
        if (_saving is { IsCompleted: false })
        {
            return;
        }

        Settle();
        if (IsSaved(model))
        {
            DueAt = null;
            return;
        }

        DueAt ??= now + (services.Options.SnapshotWriteBehindSeconds * ServerMicros.PerSecond);
        // A store that has just failed is not asked again before its time, however urgent it is.
        if (IsUrgent(model) && !_hasFailed)
        {
            DueAt = now;
        }

        if (DueAt <= now)
        {
            DueAt = null;
            _saving = SaveAsync(model, now);
            _ = WakeAfterAsync(_saving);
        }
    }

    /// <summary>Saves what is not saved yet, now.</summary>
    public async Task FlushAsync(RoomModel model, ServerMicros now)
    {
        await SettleAsync();
        if (!IsSaved(model))
        {
            _saving = SaveAsync(model, now);
            await SettleAsync();
        }
    }

    private async ValueTask SettleAsync()
    {
        if (_saving is not null)
        {
            await _saving;
            Settle();
        }
    }

    private void Settle()
    {
        if (_saving is { } save)
        {
            _saved = save.Result ?? _saved;
            _hasFailed = save.Result is null;
            _saving = null;
        }
    }

    // Who belongs to a room and who may come in outlives a crash of the very next moment. None of it changes by playing.
    private bool IsUrgent(RoomModel model) =>
        _saved is { } safe && (safe.State.Room != model.State.Room || safe.State.Members != model.State.Members || safe.Kept.Door != model.Kept.Door || model.Kept.Closed);

    // Devices come and go without being stored with the room.
    private bool IsSaved(RoomModel model) => _saved is { } safe && safe.State.Version == model.State.Version && safe.Kept == model.Kept;

    /// <returns>What is safe now; null when it failed.</returns>
    private async Task<RoomModel?> SaveAsync(RoomModel model, ServerMicros now)
    {
        // Off the reader's thread: a store may do its work synchronously.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            await services.Store.SaveAsync(RoomSnapshots.Store(model, now), CancellationToken.None);
            return model;
        }
        catch (Exception exception)
        {
            services.Logger.SaveFailed(exception, model.State.Room.Code);
            return null;
        }
    }

    // Only when the save counts as ended: who is woken looks at just that.
    private async Task WakeAfterAsync(Task save)
    {
        await save;
        wake();
    }
}
