using System.Collections.Immutable;
using Tutti.Protocol;

namespace Tutti.Server.Rooms;

/// <summary>
/// Between one room and the shelf of devices: what is set of a device here is remembered, and the room hears what is set of its devices elsewhere; a
/// personal room of all devices of its account. What is heard comes from any thread and goes into the mailbox.
/// </summary>
internal sealed class DeviceMemory : IDisposable
{
    private readonly RoomServices _services;
    private readonly Func<RoomModel> _model;
    private readonly Action<RoomInput> _post;

    /// <param name="model">The newest of the room.</param>
    public DeviceMemory(RoomServices services, Func<RoomModel> model, Action<RoomInput> post)
    {
        (_services, _model, _post) = (services, model, post);
        services.Shelf.Changed += HearChanged;
        services.Shelf.Forgotten += HearForgotten;
    }

    /// <summary>Whose personal room it is; null in any other.</summary>
    private MemberInfo? Owner => _model().State is { Room.Rules.Kind: RoomKind.Personal, Members: var members }
        ? members.FirstOrDefault(static member => member.Role == MemberRole.Host)
        : null;

    /// <summary>What a device that comes in starts with.</summary>
    public ValueTask<DeviceSettings> MeetAsync(DeviceIdentity device, Actor actor) =>
        actor.DeviceOwner is { } owner ? _services.Shelf.MeetAsync(owner, device) : new(device.OwnSettings);

    /// <summary>What was set of a device outlives its stay. What was heard from the shelf is there already.</summary>
    public void Note(RoomModel before, RoomInput input, ImmutableArray<RoomEvent> events)
    {
        if (input is RoomInput.DeviceRemembered)
        {
            return;
        }

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
        if (ReferenceEquals(source, this))
        {
            return;
        }

        var whose = Owner is { } owner && owner.Id == record.Owner ? new Actor.Person(owner.Id, owner.Name, false)
            : _model().FindDevice(record.Id) is { Actor: var present } known && present.DeviceOwner == record.Owner && known.Settings != record.Settings ? present
            : null;
        if (whose is not null)
        {
            _post(new RoomInput.DeviceRemembered(new DeviceIdentity(record.Id, record.Settings.Name, record.Kind), record.Settings, whose));
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
