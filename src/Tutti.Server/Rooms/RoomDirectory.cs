using System.Collections.Concurrent;
using System.Text.Json;
using Tutti.Protocol;

namespace Tutti.Server.Rooms;

/// <summary>The rooms of this process.</summary>
public sealed class RoomDirectory(RoomServices services) : IRoomDirectory, IDisposable
{
    private readonly ConcurrentDictionary<string, Room> _rooms = new();

    // Opening is rare: one at a time keeps two callers from loading the same room twice.
    private readonly SemaphoreSlim _opening = new(1, 1);
    private volatile bool _isStopping;

    public async ValueTask<RoomLookup> OpenAsync(string code, CancellationToken ct, string? handover = null)
    {
        if (RoomCodes.Normalize(code) is not { } known)
        {
            return NotFound(code);
        }

        if (_rooms.TryGetValue(known, out var room) && !room.IsClosing)
        {
            return new RoomLookup.Found(room);
        }

        await _opening.WaitAsync(ct);
        try
        {
            if (_rooms.TryGetValue(known, out room))
            {
                if (!room.IsClosing)
                {
                    return new RoomLookup.Found(room);
                }

                // It is being saved this moment; what it saves is what is to be loaded.
                await room.Closed.WaitAsync(ct);
            }

            if (CannotHoldMore(known) is { } full)
            {
                return full;
            }

            return await LoadAsync(known, ct) is { } loaded ? Add(loaded, isSaved: true)
                : known == RoomCodes.Home || IsHandedOver(known, handover) ? Add(New(known, known == RoomCodes.Home ? "Home" : known), isSaved: false)
                : NotFound(known);
        }
        finally
        {
            _opening.Release();
        }
    }

    public async ValueTask<RoomLookup> CreateAsync(string? name, CancellationToken ct)
    {
        await _opening.WaitAsync(ct);
        try
        {
            string code;
            do
            {
                code = RoomCodes.Create();
            }
            while (_rooms.ContainsKey(code) || await services.Store.LoadAsync(code, ct) is not null);

            if (CannotHoldMore(code) is { } full)
            {
                return full;
            }

            var model = New(code, string.IsNullOrWhiteSpace(name) ? code : name.Trim());
            await services.Store.SaveAsync(RoomSnapshots.Store(model, services.Clock.Now), ct);
            return Add(model, isSaved: true);
        }
        finally
        {
            _opening.Release();
        }
    }

    public IReadOnlyList<IRoom> List() =>
    [
        .. _rooms.Values.Where(room => !room.IsClosing)
            .OrderBy(room => room.Code != RoomCodes.Home)
            .ThenBy(room => room.Code, StringComparer.Ordinal),
    ];

    /// <summary>Closes every room and saves what is not saved yet. Nothing is paused: the devices may hand the playing state back.</summary>
    public async Task StopAsync()
    {
        await _opening.WaitAsync();
        _isStopping = true;
        _opening.Release();
        await Task.WhenAll(_rooms.Values.Select(room => room.StopAsync()));
    }

    public void Dispose() => _opening.Dispose();

    private RoomLookup.Found Add(RoomModel model, bool isSaved)
    {
        var room = new Room(model, isSaved, services);
        _rooms[room.Code] = room;
        services.Logger.Opened(room.Code, model.State.Epoch, model.State.Version);
        _ = ForgetAsync(room);
        return new RoomLookup.Found(room);
    }

    private async Task ForgetAsync(Room room)
    {
        await room.Closed.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _rooms.TryRemove(new KeyValuePair<string, Room>(room.Code, room));
        room.Dispose();
    }

    private RoomModel New(string code, string name) =>
        RoomModel.Create(new RoomIdentity(code, name), RoomSnapshots.NewEpoch(), services.Clock.Now);

    private async ValueTask<RoomModel?> LoadAsync(string code, CancellationToken ct)
    {
        if (await services.Store.LoadAsync(code, ct) is not { } stored)
        {
            return null;
        }

        try
        {
            return RoomSnapshots.Restore(stored, services.Clock.Now);
        }
        catch (JsonException exception)
        {
            services.Logger.StoredStateUnreadable(exception, code);
            return New(code, stored.Name);
        }
    }

    private bool IsHandedOver(string code, string? handover) =>
        handover is not null && services.Seal.TryOpen(handover, out var state) && state.Room.Code == code;

    private RoomLookup.Missing? CannotHoldMore(string code) =>
        _isStopping ? new(ErrorCode.ShuttingDown, "The server is shutting down.")
        : code != RoomCodes.Home && _rooms.Count >= services.Options.MaxRooms ? new(ErrorCode.TooManyRooms, "There are too many rooms; try again later.")
        : null;

    private static RoomLookup.Missing NotFound(string code) => new(ErrorCode.RoomNotFound, $"There is no room {code}.");
}
