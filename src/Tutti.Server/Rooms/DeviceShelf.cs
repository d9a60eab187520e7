using System.Collections.Concurrent;
using System.Collections.Immutable;
using Tutti.Protocol;
using Tutti.Timing;

namespace Tutti.Server.Rooms;

/// <summary>
/// What is remembered of devices: in memory once an owner was met, saved behind everybody's back. A device in a room is changed by that
/// room alone, which notes it here. A remote control makes no sound, and nothing is remembered of it: scripts come as a new one each time.
/// </summary>
public sealed class DeviceShelf : IAsyncDisposable
{
    /// <summary>Devices of one owner; the ones not seen for longest are forgotten beyond it.</summary>
    public const int DevicesPerOwner = 100;

    private static readonly TimeSpan s_saveAfter = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, Lazy<Task<Owner>>> _owners = new();
    private readonly ConcurrentDictionary<(string Owner, string Id), DeviceRecord?> _unsaved = new();
    private readonly SemaphoreSlim _saving = new(1, 1);
    private readonly IDeviceStore _store;
    private readonly IServerClock _clock;
    private readonly ILogger _logger;
    private readonly ITimer _timer;

    public DeviceShelf(IDeviceStore store, IServerClock clock, TimeProvider time, ILogger<DeviceShelf> logger)
    {
        (_store, _clock, _logger) = (store, clock, logger);
        _timer = time.CreateTimer(_ => _ = SaveAllAsync(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>A device has changed or is new; the second value says who changed it. Called from any thread; must return at once.</summary>
    public event Action<DeviceRecord, object?>? Changed;

    /// <summary>A device is forgotten: owner and id.</summary>
    public event Action<string, string>? Forgotten;

    /// <summary>All devices of an owner, the one seen last first.</summary>
    public async ValueTask<ImmutableArray<DeviceRecord>> ListAsync(string owner) => (await OwnerAsync(owner)).Devices;

    /// <summary>What a device that comes in starts with: what is remembered of it, else what it says itself.</summary>
    public async ValueTask<DeviceSettings> MeetAsync(string owner, DeviceIdentity device)
    {
        var known = (await OwnerAsync(owner)).Find(device.Id);
        var settings = known?.Settings ?? device.OwnSettings;
        if (owner != DeviceRecord.Household || known is not null)
        {
            await NoteAsync(owner, device.Id, device.Kind, settings);
        }

        return settings;
    }

    /// <summary>Remembers what was set.</summary>
    /// <param name="source">Who says so; passed on to <see cref="Changed"/>.</param>
    public async ValueTask NoteAsync(string owner, string deviceId, DeviceKind kind, DeviceSettings settings, object? source = null)
    {
        if (kind is DeviceKind.Control)
        {
            return;
        }

        var record = new DeviceRecord(owner, deviceId, kind, settings, _clock.Now);
        foreach (var forgotten in (await OwnerAsync(owner)).Put(record))
        {
            Later((owner, forgotten), null);
        }

        Later((owner, deviceId), record);
        Changed?.Invoke(record, source);
    }

    /// <summary>Forgets a device. False when it was not known.</summary>
    public async ValueTask<bool> ForgetAsync(string owner, string deviceId)
    {
        var known = (await OwnerAsync(owner)).Remove(deviceId);
        if (known)
        {
            Later((owner, deviceId), null);
            Forgotten?.Invoke(owner, deviceId);
        }

        return known;
    }

    /// <summary>Forgets all devices of an owner, in the store too.</summary>
    public async ValueTask ForgetAllAsync(string owner)
    {
        foreach (var device in await ListAsync(owner))
        {
            await ForgetAsync(owner, device.Id);
        }

        await SaveAllAsync();
    }

    /// <summary>Saves what is not saved yet.</summary>
    public async Task SaveAllAsync()
    {
        await _saving.WaitAsync();
        try
        {
            foreach (var (key, record) in _unsaved)
            {
                await (record is null ? _store.RemoveAsync(key.Owner, key.Id, CancellationToken.None) : _store.SaveAsync(record, CancellationToken.None));

                // Only if nothing newer has come meanwhile.
                _unsaved.TryRemove(new KeyValuePair<(string, string), DeviceRecord?>(key, record));
            }
        }
        catch (Exception exception)
        {
            _logger.DevicesNotSaved(exception);
            _timer.Change(s_saveAfter, Timeout.InfiniteTimeSpan);
        }
        finally
        {
            _saving.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync();
        _saving.Dispose();
    }

    private void Later((string Owner, string Id) key, DeviceRecord? record)
    {
        _unsaved[key] = record;
        _timer.Change(s_saveAfter, Timeout.InfiniteTimeSpan);
    }

    private async Task<Owner> OwnerAsync(string owner)
    {
        var loading = _owners.GetOrAdd(owner, name => new(() => LoadAsync(name)));
        try
        {
            return await loading.Value;
        }
        catch
        {
            // The store may be back at the next try.
            _owners.TryRemove(new KeyValuePair<string, Lazy<Task<Owner>>>(owner, loading));
            throw;
        }
    }

    private async Task<Owner> LoadAsync(string owner) => new([.. await _store.ListAsync(owner, CancellationToken.None)]);

    private sealed class Owner(ImmutableArray<DeviceRecord> devices)
    {
        private readonly Lock _gate = new();
        private ImmutableArray<DeviceRecord> _devices = devices;

        public ImmutableArray<DeviceRecord> Devices
        {
            get
            {
                lock (_gate)
                {
                    return _devices;
                }
            }
        }

        public DeviceRecord? Find(string deviceId) => Devices.FirstOrDefault(device => device.Id == deviceId);

        /// <returns>Ids of the devices that had to go for it.</returns>
        public ImmutableArray<string> Put(DeviceRecord record)
        {
            lock (_gate)
            {
                ImmutableArray<DeviceRecord> all = [record, .. _devices.Where(device => device.Id != record.Id)];
                _devices = [.. all.Take(DevicesPerOwner)];
                return [.. all.Skip(DevicesPerOwner).Select(device => device.Id)];
            }
        }

        public bool Remove(string deviceId)
        {
            lock (_gate)
            {
                var before = _devices.Length;
                _devices = _devices.RemoveAll(device => device.Id == deviceId);
                return _devices.Length < before;
            }
        }
    }
}
