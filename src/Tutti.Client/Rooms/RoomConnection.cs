using System.Collections.Immutable;
using System.Net.WebSockets;
using Tutti.Protocol;
using Tutti.Timing;

namespace Tutti.Client.Rooms;

/// <summary>
/// A device's place in a room: the newest state, devices and notices as they come, commands with their answers, and server time. It comes back by
/// itself when the line breaks, handing over the newest state that it saw, until it is disposed of or shown out.
/// </summary>
/// <remarks>
/// States and device lists are conflated: who reads slowly gets the newest and misses those between. Safe to use from several threads.
/// <see cref="DisposeAsync"/> leaves the room at once; a program that just ends leaves the room with the grace of a lost connection.
/// </remarks>
public sealed class RoomConnection : IAsyncDisposable
{
    private const int LineCapacity = 64;
    private static readonly TimeSpan s_farewell = TimeSpan.FromSeconds(1);

    private readonly Uri _server;
    private readonly string _room;
    private readonly RoomConnectionOptions _options;
    private readonly Func<CancellationToken, Task<WebSocket>> _connect;
    private readonly TimeProvider _time;
    private readonly Func<double> _random;
    private readonly long _startTimestamp;
    private readonly RoomClock _clock;
    private readonly RoomMemory _memory = new();
    private readonly Broadcast<RoomState> _states = new(1, replaysNewest: true);
    private readonly Broadcast<ImmutableList<DeviceInfo>> _devices = new(1, replaysNewest: true);
    private readonly Broadcast<NoticeMessage> _notices = new(LineCapacity, replaysNewest: false);
    private readonly Broadcast<FaultInfo> _errors = new(LineCapacity, replaysNewest: false);
    private readonly Broadcast<ConnectionStatus> _statuses = new(LineCapacity, replaysNewest: true);
    private readonly CancellationTokenSource _ending;
    private readonly TaskCompletionSource _joined = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile TaskCompletionSource<RoomLink> _open = NewLine();
    private volatile DeviceIdentity _device;
    private volatile ConnectionStatus _status = new ConnectionStatus.Connecting();
    private Task _running = Task.CompletedTask;
    private long _unreadableFrames;
    private int _disposed;

    private RoomConnection(
        Uri server, string room, RoomConnectionOptions options, Func<CancellationToken, Task<WebSocket>> connect, TimeProvider time, Func<double> random)
    {
        (_server, _room, _options, _connect, _time, _random, _device) = (server, room, options, connect, time, random, options.Device);
        _startTimestamp = time.GetTimestamp();
        _ending = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        _clock = new RoomClock(options.ProbeInterval);
    }

    /// <summary>This device's id.</summary>
    public string DeviceId => _device.Id;

    /// <summary>The newest state of the room; kept while the line is broken.</summary>
    public RoomState State => _memory.State!;

    /// <summary>The newest list of devices; kept while the line is broken.</summary>
    public IReadOnlyList<DeviceInfo> Devices => _memory.Devices;

    /// <summary>What the server asks of its devices.</summary>
    public SyncSettings Settings => _memory.Settings!;

    /// <summary>How it stands with the line.</summary>
    public ConnectionStatus Status => _status;

    /// <summary>What is known of the server's clock; null before the first probe was answered.</summary>
    public ClockOffsetEstimate? Clock => _clock.Estimate;

    /// <summary>Server time now; null before the first probe was answered.</summary>
    public ServerMicros? ServerNow => _clock.TryServerTime(DeviceMicros(), out var server) ? server : null;

    /// <summary>Frames that were no frames of the protocol, and were passed over.</summary>
    public long UnreadableFrames => Interlocked.Read(ref _unreadableFrames);

    /// <summary>What sounds now by the newest state; null before the first probe was answered.</summary>
    public Sounding? SoundingNow() => ServerNow is { } now ? State.SoundingAt(now) : null;

    /// <summary>The state now, and each newer one as it comes.</summary>
    /// <exception cref="TuttiException">While enumerating: the server ended it for good.</exception>
    public IAsyncEnumerable<RoomState> StatesAsync(CancellationToken ct = default) => _states.ReadAsync(ct);

    /// <summary>The list of devices now, and each newer one as it comes.</summary>
    /// <exception cref="TuttiException">While enumerating: the server ended it for good.</exception>
    public IAsyncEnumerable<IReadOnlyList<DeviceInfo>> DevicesAsync(CancellationToken ct = default) => _devices.ReadAsync(ct);

    /// <summary>Notices from now on: what people in the room should know. The 64 newest wait for a slow reader.</summary>
    /// <exception cref="TuttiException">While enumerating: the server ended it for good.</exception>
    public IAsyncEnumerable<NoticeMessage> NoticesAsync(CancellationToken ct = default) => _notices.ReadAsync(ct);

    /// <summary>Errors from now on that belong to no command. The 64 newest wait for a slow reader.</summary>
    /// <exception cref="TuttiException">While enumerating: the server ended it for good.</exception>
    public IAsyncEnumerable<FaultInfo> ErrorsAsync(CancellationToken ct = default) => _errors.ReadAsync(ct);

    /// <summary>How it stands with the line now, and each change; ends after <see cref="ConnectionStatus.Closed"/>.</summary>
    public IAsyncEnumerable<ConnectionStatus> StatusesAsync(CancellationToken ct = default) => _statuses.ReadAsync(ct);

    /// <summary>The first state, from now on, that is as wanted.</summary>
    public async Task<RoomState> StateWhereAsync(Func<RoomState, bool> isWanted, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(isWanted);
        await foreach (var state in StatesAsync(ct))
        {
            if (isWanted(state))
            {
                return state;
            }
        }

        throw new ConnectionLostException("it was closed here");
    }

    /// <summary>Sends a command and returns the room's answer. While the line is broken it waits for it to come back.</summary>
    /// <exception cref="ConnectionLostException">The line broke before the answer: whether it took effect is not known.</exception>
    /// <exception cref="TimeoutException">No answer within <see cref="RoomConnectionOptions.CommandTimeout"/>.</exception>
    /// <exception cref="TuttiException">The message itself was refused, such as 2004 <c>roomBusy</c>, or the server ended the connection for good.</exception>
    public async Task<CommandResult> SendAsync(RoomCommand command, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(command);
        using var timeout = new CancellationTokenSource(_options.CommandTimeout, _time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, ct);
        try
        {
            var link = await _open.Task.WaitAsync(limit.Token);
            var (id, answer) = link.Commands.Add();
            try
            {
                await link.SendAsync(new ClientMessage.Command(id, command), limit.Token);
                return await answer.WaitAsync(limit.Token);
            }
            finally
            {
                link.Commands.Forget(id);
            }
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            throw new TimeoutException($"The room has not answered within {_options.CommandTimeout.TotalSeconds} s.");
        }
    }

    /// <summary>Reports what this device sounds (docs/protocol.md §6). False when the line is broken: the next report says it all.</summary>
    public Task<bool> ReportAsync(DeviceReport report, CancellationToken ct = default) => TellAsync(new ClientMessage.Report(report), ct);

    /// <summary>Says that sound for the state's <c>pending</c> is at hand. False when the line is broken.</summary>
    public Task<bool> ReadyAsync(PendingTransition pending, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(pending);
        return TellAsync(new ClientMessage.Ready(pending.ItemId, pending.PositionMicros), ct);
    }

    /// <summary>Says that an item could not be fetched or decoded here. False when the line is broken.</summary>
    /// <param name="itemId">The item.</param>
    /// <param name="code">What was wrong, by number.</param>
    /// <param name="message">For people, at most 200 characters.</param>
    /// <param name="ct">Gives up waiting for other senders.</param>
    public Task<bool> FaultAsync(string itemId, ErrorCode code, string message, CancellationToken ct = default) =>
        TellAsync(new ClientMessage.Fault(itemId, (int)code, message), ct);

    /// <summary>Gives this device another name, which it keeps when it comes back. False when the line is broken: it then comes back under that name.</summary>
    public Task<bool> RenameAsync(string name, CancellationToken ct = default)
    {
        _device = _device with { Name = name };
        return TellAsync(new ClientMessage.Rename(name), ct);
    }

    /// <summary>Asks for a whole snapshot. False when the line is broken: coming back brings one.</summary>
    public Task<bool> ResyncAsync(CancellationToken ct = default) => TellAsync(new ClientMessage.Resync(), ct);

    /// <summary>Leaves the room.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            await _running;
            return;
        }

        if (_open.Task is { IsCompletedSuccessfully: true, Result: var link })
        {
            // The server answers `bye` by closing, which ends the reader; a server that does not is not waited for long.
            _ending.CancelAfter(s_farewell);
            await link.LeaveAsync(_ending.Token);
        }
        else
        {
            await _ending.CancelAsync();
        }

        await _running;
        _ending.Dispose();
    }

    internal static async Task<RoomConnection> OpenAsync(
        Uri server,
        string room,
        RoomConnectionOptions options,
        Func<CancellationToken, Task<WebSocket>> connect,
        TimeProvider time,
        Func<double> random,
        CancellationToken ct)
    {
        var connection = new RoomConnection(server, room, options, connect, time, random);
        connection._running = connection.RunAsync();
        try
        {
            await connection._joined.Task.WaitAsync(ct);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private static TaskCompletionSource<RoomLink> NewLine()
    {
        var line = new TaskCompletionSource<RoomLink>(TaskCreationOptions.RunContinuationsAsynchronously);
        // Nobody may be waiting when it fails.
        _ = line.Task.ContinueWith(static task => task.Exception, TaskScheduler.Default);
        return line;
    }

    private long DeviceMicros() => _time.GetElapsedTime(_startTimestamp).Ticks / TimeSpan.TicksPerMicrosecond;

    private async Task RunAsync()
    {
        for (var attempt = 0; ; attempt++)
        {
            var end = await HoldAsync();
            attempt = _open.Task.IsCompleted ? 0 : attempt;
            if (_disposed != 0 || _ending.IsCancellationRequested)
            {
                Finish(null, new ObjectDisposedException(nameof(RoomConnection)));
                return;
            }

            if (end.IsFinal || !_joined.Task.IsCompleted)
            {
                Finish(end.Fault, end.ToException(_server));
                return;
            }

            if (_open.Task.IsCompleted)
            {
                _open = NewLine();
            }

            var wait = Backoff.Wait(attempt, _random());
            wait = end.Cause is TuttiException { RetryAfter: { } told } && told > wait ? told : wait;
            Become(new ConnectionStatus.Reconnecting(attempt + 1, wait, end.Reason));
            try
            {
                await Task.Delay(wait, _time, _ending.Token);
            }
            catch (OperationCanceledException)
            {
                // The next round sees it.
            }
        }
    }

    /// <summary>One connection, from opening the socket to its end.</summary>
    private async Task<LinkEnd> HoldAsync()
    {
        using var opening = new CancellationTokenSource(_options.OpenTimeout, _time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(opening.Token, _ending.Token);
        try
        {
            using var link = new RoomLink(await _connect(limit.Token), _clock, _time, DeviceMicros) { OnFrame = OnFrame };
            // From the snapshot on the limit for opening is void; without one it ends the link.
            using var unlimited = limit.Token.Register(() =>
            {
                if (!_open.Task.IsCompleted)
                {
                    link.Dispose();
                }
            });
            var end = await link.RunAsync(Hello(), _ending.Token);
            link.Commands.Lose(end.Reason);
            return opening.IsCancellationRequested && !_open.Task.IsCompleted ? TooSlow() : end;
        }
        catch (OperationCanceledException) when (opening.IsCancellationRequested)
        {
            return TooSlow();
        }
        catch (Exception exception) when (exception is TuttiException or IOException or WebSocketException or OperationCanceledException)
        {
            return LinkEnd.Of(exception);
        }
        catch (Exception exception)
        {
            // Of the injected socket, or ours: nothing that another try would mend, and whoever waits must hear of it.
            return LinkEnd.Of(exception) with { IsFinal = true };
        }

        LinkEnd TooSlow() => new(null, $"no connection within {_options.OpenTimeout.TotalSeconds} s", IsFinal: false);
    }

    private ClientMessage.Hello Hello()
    {
        var hello = new ClientMessage.Hello(ProtocolLimits.ProtocolVersion, _room, _device, _memory.Handover);
        return hello.Handover is not null && ClientFrameWriter.Write(hello).Length > ProtocolLimits.HelloFrameBytes ? hello with { Handover = null } : hello;
    }

    private void OnFrame(RoomLink link, ServerFrame frame, ReadOnlyMemory<byte> utf8)
    {
        switch (frame)
        {
            case ServerFrame.Snapshot snapshot:
                var isAnotherServer = _memory.Take(snapshot, utf8.Span);
                _clock.Settle(snapshot.Settings, isAnotherServer);
                _states.Publish(snapshot.What);
                _devices.Publish(_memory.Devices);
                if (_open.TrySetResult(link))
                {
                    Become(new ConnectionStatus.Open());
                    _joined.TrySetResult();
                }

                break;

            case ServerFrame.State state when _memory.Take(state, utf8.Span):
                _states.Publish(state.What);
                break;

            case ServerFrame.Message { What: NoticeMessage notice }:
                _notices.Publish(notice);
                break;

            case ServerFrame.Message { What: ErrorMessage error }:
                _errors.Publish(new FaultInfo(error.Code, error.Name, error.Message));
                break;

            case ServerFrame.Message { What: var message } when _memory.Take(message):
                _devices.Publish(_memory.Devices);
                break;

            case ServerFrame.Invalid:
                Interlocked.Increment(ref _unreadableFrames);
                break;
        }
    }

    private async Task<bool> TellAsync(ClientMessage message, CancellationToken ct)
    {
        if (_open.Task is not { IsCompletedSuccessfully: true, Result: var link })
        {
            return false;
        }

        try
        {
            await link.SendAsync(message, ct);
            return true;
        }
        catch (ConnectionLostException)
        {
            return false;
        }
    }

    private void Become(ConnectionStatus status)
    {
        _status = status;
        _statuses.Publish(status);
    }

    private void Finish(FaultInfo? fault, Exception reason)
    {
        var shown = reason is ObjectDisposedException ? null : reason;
        Become(new ConnectionStatus.Closed(fault));
        _joined.TrySetException(reason);
        if (_open.Task.IsCompleted)
        {
            _open = NewLine();
        }

        _open.TrySetException(reason);
        _states.End(shown);
        _devices.End(shown);
        _notices.End(shown);
        _errors.End(shown);
        _statuses.End(null);
    }
}
