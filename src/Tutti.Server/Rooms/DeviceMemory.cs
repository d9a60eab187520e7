using System.Collections.Immutable;
using Tutti.Protocol;

namespace Tutti.Server.Rooms;

/// <summary>
/// Between one room and the shelf of devices: what is set of a device here is remembered, and a personal room hears what becomes of its
/// account's devices elsewhere. What is heard comes from any thread and goes into the mailbox.
/// </summary>
internal sealed class DeviceMemory : IDisposable
{
    private readonly RoomServices _services;
    private readonly Func<RoomState> _state;
    private readonly Action<RoomInput> _post;

    /// <param name="state">The room's newest state.</param>
    public DeviceMemory(RoomServices services, Func<RoomState> state, Action<RoomInput> post)
    {
        (_services, _state, _post) = (services, state, post);
        if (state().Room.Rules is { Kind: RoomKind.Personal })
        {
            services.Shelf.Changed += HearChanged;
            services.Shelf.Forgotten += HearForgotten;
        }
    }

    /// <summary>Whose room it is; null in an open one.</summary>
    private MemberInfo? Owner => _state().Members.FirstOrDefault(static member => member.Role == MemberRole.Host);

    /// <summary>What a device that comes in starts with.</summary>
    public ValueTask<DeviceSettings> MeetAsync(DeviceIdentity device, Actor actor) =>
        actor.DeviceOwner is { } owner ? _services.Shelf.MeetAsync(owner, device) : new(device.OwnSettings);

    /// <summary>What was set of a device outlives its stay.</summary>
    public void Note(RoomModel before, ImmutableArray<RoomEvent> events)
    {
        foreach (var @event in events)
        {
            if (@event is RoomEvent.DeviceChanged { Device: var device } && device.Actor.DeviceOwner is { } owner
                && before.FindDevice(device.Id) is { } known && known.Actor == device.Actor && known.Settings != device.Settings)
            {
                _ = NoteAsync(owner, device);
            }
        }
    }

    public void Dispose()
    {
        _services.Shelf.Changed -= HearChanged;
        _services.Shelf.Forgotten -= HearForgotten;
    }

    private async Task NoteAsync(string owner, DeviceEntry device)
    {
        try
        {
            await _services.Shelf.NoteAsync(owner, device.Id, device.Kind, device.Settings, source: this);
        }
        catch (Exception exception)
        {
            _services.Logger.DevicesNotSaved(exception);
        }
    }

    private void HearChanged(DeviceRecord record, object? source)
    {
        if (!ReferenceEquals(source, this) && Owner is { } owner && record.Owner == owner.Id)
        {
            var identity = new DeviceIdentity(record.Id, record.Settings.Name, record.Kind);
            _post(new RoomInput.DeviceRemembered(identity, record.Settings, new Actor.Person(owner.Id, owner.Name, false)));
        }
    }

    private void HearForgotten(string owner, string deviceId)
    {
        if (Owner?.Id == owner)
        {
            _post(new RoomInput.DeviceForgotten(deviceId));
        }
    }
}
