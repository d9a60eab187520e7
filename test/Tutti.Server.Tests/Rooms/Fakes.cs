using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;
using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Tutti.Protocol;
using Tutti.Server.Rooms;
using Tutti.Timing;

namespace Tutti.Server.Tests.Rooms;

/// <summary>Tracks whose sound arrives when the test says so.</summary>
internal sealed class FakeTracks : ITrackSource
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource<MediaOutcome>> _asked = new();
    private Action<string, MediaInfo, SoundGain?>? _listener;

    /// <summary>True: sound is there at once.</summary>
    public bool IsQuick { get; set; } = true;

    public ConcurrentQueue<string> Prepared { get; } = new();

    public ValueTask<TrackSummary?> FindAsync(string trackId, CancellationToken ct) => new(Stage.Track(trackId));

    public Task<MediaOutcome> PrepareAsync(string trackId, CancellationToken ct)
    {
        Prepared.Enqueue(trackId);
        return IsQuick
            ? Task.FromResult<MediaOutcome>(new MediaOutcome.Ready(Stage.Media(trackId)))
            : _asked.GetOrAdd(trackId, _ => new()).Task.WaitAsync(ct);
    }

    public void Arrive(string trackId, MediaOutcome outcome) => _asked.GetOrAdd(trackId, _ => new()).TrySetResult(outcome);

    public void TellLength(string trackId, long samples) => _listener?.Invoke(trackId, Stage.Media(trackId, samples), null);

    public IDisposable OnSoundKnown(Action<string, MediaInfo, SoundGain?> listener)
    {
        _listener += listener;
        return new Subscription(() => _listener -= listener);
    }

    public Action<TrackSummary>? Described { get; private set; }

    public IDisposable OnDescribed(Action<TrackSummary> listener)
    {
        Described += listener;
        return new Subscription(() => Described -= listener);
    }

    public ConcurrentQueue<(string TrackId, LoadedFacts Facts)> Learned { get; } = new();

    public void Learn(string trackId, LoadedFacts facts) => Learned.Enqueue((trackId, facts));

    public Action<StationNews>? Stations { get; private set; }

    public IDisposable OnStationNews(Action<StationNews> listener)
    {
        Stations += listener;
        return new Subscription(() => Stations -= listener);
    }

    private sealed class Subscription(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}

internal sealed class FakeStore : IRoomStore
{
    public ConcurrentDictionary<string, StoredRoom> Rooms { get; } = new();

    public ConcurrentQueue<StoredRoom> Saves { get; } = new();

    public SignalCounter Saved { get; } = new("saves");

    public SignalCounter Refused { get; } = new("saves that fail");

    /// <summary>Saves fail, as on a full disk.</summary>
    public bool IsBroken { get; set; }

    /// <summary>Saves wait for this; null: for nothing.</summary>
    public Task? Held { get; set; }

    public int Loads { get; private set; }

    public ValueTask<StoredRoom?> LoadAsync(string code, CancellationToken ct)
    {
        Loads++;
        return new(Rooms.GetValueOrDefault(code));
    }

    public async ValueTask SaveAsync(StoredRoom room, CancellationToken ct)
    {
        await (Held ?? Task.CompletedTask);
        if (IsBroken)
        {
            Refused.Add();
            throw new IOException("No space left on device");
        }

        Rooms[room.Code] = room;
        Saves.Enqueue(room);
        Saved.Add();
    }

    public ValueTask RemoveAsync(string code, CancellationToken ct)
    {
        Rooms.TryRemove(code, out _);
        return ValueTask.CompletedTask;
    }

    public ValueTask<IReadOnlyList<StoredRoomSummary>> ListOfMemberAsync(string memberId, CancellationToken ct) =>
        new([.. from room in Rooms.Values
                from member in room.Members
                where member.Id == memberId
                select new StoredRoomSummary(room.Code, room.Name, room.Public, member.Role, room.SavedAt)]);
}

internal sealed class FakeDeviceStore : IDeviceStore
{
    public ConcurrentDictionary<(string Owner, string Id), DeviceRecord> Devices { get; } = new();

    public ValueTask<IReadOnlyList<DeviceRecord>> ListAsync(string owner, CancellationToken ct) =>
        new([.. Devices.Values.Where(device => device.Owner == owner).OrderByDescending(device => device.SeenMicros.Value)]);

    public ValueTask SaveAsync(DeviceRecord device, CancellationToken ct)
    {
        Devices[(device.Owner, device.Id)] = device;
        return ValueTask.CompletedTask;
    }

    public ValueTask RemoveAsync(string owner, string deviceId, CancellationToken ct)
    {
        Devices.TryRemove((owner, deviceId), out _);
        return ValueTask.CompletedTask;
    }
}

/// <summary>Waits for the n-th time that something happened; says what it waited for when it did not.</summary>
internal sealed class SignalCounter(string what)
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(20);
    private readonly Channel<bool> _signals = Channel.CreateUnbounded<bool>();

    /// <summary>How often it has happened since it was last waited for.</summary>
    public int Waiting => _signals.Reader.Count;

    public void Add() => _signals.Writer.TryWrite(true);

    public async Task WaitAsync()
    {
        try
        {
            await _signals.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(s_limit);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"Waited {s_limit.TotalSeconds} s for {what}.");
        }
    }
}

/// <summary>A connection that keeps what it was given.</summary>
internal sealed class FakeConnection(string deviceId) : IDeviceConnection
{
    private readonly SignalCounter _given = new($"something for {deviceId}");

    public string DeviceId => deviceId;

    public ConcurrentQueue<RoomState> States { get; } = new();

    public ConcurrentQueue<ImmutableArray<DeviceInfo>> DeviceLists { get; } = new();

    public ConcurrentQueue<string> Frames { get; } = new();

    public SealedState? Snapshot { get; private set; }

    public bool WasReplaced { get; private set; }

    public void OfferSnapshot(SealedState state, DeviceList devices)
    {
        Snapshot = state;
        _given.Add();
    }

    public void OfferState(SealedState state)
    {
        States.Enqueue(state.State);
        _given.Add();
    }

    public void OfferDevices(DeviceList devices)
    {
        DeviceLists.Enqueue(devices.Devices);
        _given.Add();
    }

    public void Enqueue(ReadOnlyMemory<byte> frameUtf8)
    {
        Frames.Enqueue(Encoding.UTF8.GetString(frameUtf8.Span));
        _given.Add();
    }

    public ErrorCode? Dismissal { get; private set; }

    public void Dismissed(ErrorCode reason, string message)
    {
        Dismissal = reason;
        _given.Add();
    }

    public void Replaced()
    {
        WasReplaced = true;
        _given.Add();
    }

    /// <summary>Waits until what it has been given satisfies the test.</summary>
    public async Task UntilAsync(Func<FakeConnection, bool> condition)
    {
        while (!condition(this))
        {
            await _given.WaitAsync();
        }
    }
}

/// <summary>A room directory with everything around it faked.</summary>
internal sealed class House : IAsyncDisposable
{
    public House(SyncOptions? options = null, FakeStore? store = null, ManualTimeProvider? time = null, FakeDeviceStore? devices = null)
    {
        Store = store ?? new FakeStore();
        Devices = devices ?? new FakeDeviceStore();
        Time = time ?? new ManualTimeProvider();
        Clock = new ServerClock(Time);
        Shelf = new DeviceShelf(Devices, Clock, Time, NullLogger<DeviceShelf>.Instance);
        var services = new RoomServices(Time, Clock, Tracks, Store, Shelf, Personal, Seal, Options.Create(options ?? new SyncOptions()), NullLogger<RoomServices>.Instance);
        Directory = new RoomDirectory(services);
    }

    public static PersonalRooms Personal { get; } = new(new HandoverKey(new byte[HandoverKey.Bytes]));

    public static StateSeal Seal { get; } = new(new HandoverKey(new byte[HandoverKey.Bytes]));

    public FakeStore Store { get; }

    public FakeTracks Tracks { get; } = new();

    public FakeDeviceStore Devices { get; }

    public DeviceShelf Shelf { get; }

    public ManualTimeProvider Time { get; }

    public IServerClock Clock { get; }

    public RoomDirectory Directory { get; }

    public async Task<IRoom> OpenAsync(string code = RoomCodes.Home, string? handover = null) =>
        Assert.IsType<RoomLookup.Found>(await Directory.OpenAsync(code, TestContext.Current.CancellationToken, handover)).Room;

    public async Task<FakeConnection> JoinAsync(IRoom room, string deviceId, string? handover = null, Actor? actor = null)
    {
        var connection = new FakeConnection(deviceId);
        var identity = new DeviceIdentity(deviceId, deviceId, DeviceKind.Browser);
        Assert.Null(await room.JoinAsync(new DeviceEntrance(identity, actor ?? Actor.Anyone.Instance, handover), connection, TestContext.Current.CancellationToken));
        return connection;
    }

    public static async Task<long> DoAsync(IRoom room, RoomCommand command) =>
        Assert.IsType<CommandOutcome.Accepted>(await room.SendAsync(command, Actor.Anyone.Instance, TestContext.Current.CancellationToken)).Version;

    /// <summary>Returns when the room has worked off all mail up to now and has set its timer.</summary>
    public static Task SettleAsync(IRoom room) => DoAsync(room, new RoomCommand.Volume(room.State.Volume));

    /// <summary>Moves time when the room has nothing left to do at the time it is.</summary>
    public async Task AdvanceAsync(IRoom room, TimeSpan by)
    {
        await SettleAsync(room);
        Time.Advance(by);
    }

    public async ValueTask DisposeAsync()
    {
        await Directory.StopAsync();
        Directory.Dispose();
        await Shelf.DisposeAsync();
    }
}
