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

    public ValueTask<RoomLookup> OpenAsync(string code, CancellationToken ct, string? handover = null) =>
        OpenAsync(code, owner: null, handover, ct);

    public ValueTask<RoomLookup> OpenPersonalAsync(Actor.Person owner, CancellationToken ct, string? handover = null) =>
        OpenAsync(services.Personal.CodeOf(owner.Id), owner, handover, ct);

    private async ValueTask<RoomLookup> OpenAsync(string code, Actor.Person? owner, string? handover, CancellationToken ct)
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

            if (await services.Store.LoadAsync(known, ct) is { } stored)
            {
                return Restored(stored) is not { } loaded ? new RoomLookup.Missing(ErrorCode.Internal, $"What was saved of room {known} cannot be read; the log says why.")
                    : loaded.Kept.Closed ? new RoomLookup.Missing(ErrorCode.RoomClosed, $"{loaded.State.Room.Name} was closed.")
                    : Add(await WithAwayDevicesAsync(loaded), isSaved: true);
            }

            return owner is not null ? Add(await WithAwayDevicesAsync(Own(New(known, "My devices"), owner, RoomRules.Personal)), isSaved: false)
                : known == RoomCodes.Home || IsHandedOver(known, handover) ? Add(New(known, known == RoomCodes.Home ? "Home" : known), isSaved: false)
                : NotFound(known);
        }
        finally
        {
            _opening.Release();
        }
    }

    public async ValueTask<RoomLookup> CreateAsync(RoomWish wish, Actor maker, CancellationToken ct)
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

            var model = New(code, wish.Name ?? code);
            if (maker is Actor.Person person)
            {
                var rules = new RoomRules(RoomKind.Shared, wish.Public, Locked: false, wish.PasswordHash is not null, wish.Rights ?? RightsTable.Friends);
                model = Own(model, person, rules) with { Kept = model.Kept with { Door = RoomDoor.Open with { PasswordHash = wish.PasswordHash } } };
            }

            await services.Store.SaveAsync(RoomSnapshots.Store(model, services.Clock.Now), ct);
            return Add(model, isSaved: true);
        }
        finally
        {
            _opening.Release();
        }
    }

    public async ValueTask<IReadOnlyList<StoredRoomSummary>> ListOfMemberAsync(string memberId, CancellationToken ct)
    {
        // Looked at before the store is: a room leaves memory only when it is saved, so that one of the two knows that it was closed just now.
        var inMemory = _rooms.ToArray().ToDictionary();
        var stored = await services.Store.ListOfMemberAsync(memberId, ct);
        return [.. stored.Where(room => !inMemory.TryGetValue(room.Code, out var open) || open.Has(memberId))];
    }

    public async ValueTask EraseAsync(string code, CancellationToken ct)
    {
        // Nobody opens it between its leaving memory, which saves it, and its leaving the store.
        await _opening.WaitAsync(ct);
        try
        {
            if (_rooms.TryGetValue(code, out var room))
            {
                await room.StopAsync();
            }

            await services.Store.RemoveAsync(code, ct);
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

    private RoomModel Own(RoomModel model, Actor.Person host, RoomRules rules) => model with
    {
        State = model.State with
        {
            Room = model.State.Room with { Rules = rules },
            Members = [new MemberInfo(host.Id, host.Name, host.IsGuest, MemberRole.Host, services.Clock.Now)],
        },
    };

    /// <summary>A personal room shows all devices of its account from the first moment on.</summary>
    private async ValueTask<RoomModel> WithAwayDevicesAsync(RoomModel model)
    {
        if (model.State.Room.Rules is not { Kind: RoomKind.Personal })
        {
            return model;
        }

        var host = model.State.Members.First(member => member.Role == MemberRole.Host);
        var owner = new Actor.Person(host.Id, host.Name, false);
        foreach (var record in await services.Shelf.ListAsync(host.Id))
        {
            var news = new RoomInput.DeviceRemembered(new DeviceIdentity(record.Id, record.Settings.Name, record.Kind), record.Settings, owner);
            var decision = (Decision.Accepted)RoomMachine.Decide(model, news, Moment.At(services.Clock.Now), services.Options);
            model = RoomMachine.Apply(model, decision.Events);
        }

        return model;
    }

    /// <summary>
    /// Null when what was saved cannot be read. Nobody is let in then: who may come in is part of what cannot be read, and what a newer version wrote
    /// is not to be saved over. Home is everybody's anyhow, and has to be there.
    /// </summary>
    private RoomModel? Restored(StoredRoom stored)
    {
        try
        {
            return RoomSnapshots.Restore(stored, services.Clock.Now);
        }
        catch (JsonException exception)
        {
            services.Logger.StoredStateUnreadable(exception, stored.Code);
            return stored.Code == RoomCodes.Home ? New(stored.Code, stored.Name) : null;
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
