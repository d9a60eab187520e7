using System.Collections.Immutable;
using System.Threading.Channels;
using Tutti.Protocol;
using Tutti.Timing;

namespace Tutti.Server.Rooms;

/// <summary>
/// A room in memory: the machine behind a mailbox with one reader. All that moves is owned by the reader; what others read
/// (<see cref="State"/>, <see cref="Devices"/>) is the newest immutable value. Effects are started here and their results come back as mail.
/// </summary>
internal sealed class Room : IRoom, IDisposable
{
    private const int MailboxCapacity = 1_024;

    private readonly RoomServices _services;
    private readonly CancellationTokenSource _stopping = new();
    private readonly ITimer _timer;
    private readonly TrackNews _news;
    private readonly MediaDesk _media;
    private readonly DeviceMemory _devices;
    private readonly WriteBehind _saves;
    private readonly RoomBroadcast _broadcast;
    private readonly Task _reading;

    // Wait: a full mailbox holds REST callers back; sockets never wait, they are told roomBusy.
    private readonly Channel<RoomMail> _mail = Channel.CreateBounded<RoomMail>(
        new BoundedChannelOptions(MailboxCapacity) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private volatile RoomModel _model;
    private ServerMicros _usedAt;
    private bool _isPutAway;

    /// <param name="isSaved">True when the store holds this very state.</param>
    public Room(RoomModel model, bool isSaved, RoomServices services)
    {
        _services = services;
        _model = model;
        _usedAt = services.Clock.Now;
        _timer = services.Time.CreateTimer(_ => Wake(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _media = new MediaDesk(Code, services, input => Post(new RoomMail(input)), _stopping.Token);
        _saves = new WriteBehind(services, isSaved ? model : null, Wake);
        _broadcast = new RoomBroadcast(services);
        _news = new TrackNews(services.Tracks, () => _model, input => Post(new RoomMail(input)));
        _devices = new DeviceMemory(services, () => _model, input => Post(new RoomMail(input)));
        _reading = Task.Run(ReadAsync);
        Wake();
    }

    public string Code => _model.State.Room.Code;

    public RoomState State => _model.State;

    public ImmutableArray<DeviceInfo> Devices => [.. _model.Devices.Select(device => device.ToInfo())];

    public ImmutableArray<HistoryEntry> History => _model.Kept.History;

    public RoomDoor Door => _model.Kept.Door;

    public PasswordPatience Patience { get; } = new();

    /// <summary>True once the room takes no more mail.</summary>
    public bool IsClosing => _stopping.IsCancellationRequested;

    /// <summary>True when this one belongs to the room, and it was not ended.</summary>
    public bool Has(string memberId) => !_model.Kept.Closed && State.FindMember(memberId) is not null;

    /// <summary>Ends when the room is saved and gone from memory.</summary>
    public Task Closed => _reading;

    public CommandOutcome.Refused? RefusalOf(Actor actor) => Outcome(Rights.ToBeHere(_model, actor));

    public CommandOutcome.Refused? RefusalToHold(Actor actor, bool nameAlone) => Outcome(HoldingRules.Refusal(_model, actor, nameAlone));

    public MemberRole? RoleOf(Actor actor) => Rights.RoleOf(_model, actor);

    public bool Allows(Actor actor, RoomRight right) => Rights.ToDo(_model, actor, right) is null;

    public Task<CommandOutcome> SendAsync(RoomCommand command, Actor actor, CancellationToken ct) =>
        AnswerToAsync(new RoomInput.Commanded(command, null, actor), ct);

    public Task<CommandOutcome> AskAsync(PeopleRequest request, Actor actor, CancellationToken ct) =>
        AnswerToAsync(new RoomInput.Asked(request, actor), ct);

    private async Task<CommandOutcome> AnswerToAsync(RoomInput input, CancellationToken ct)
    {
        var answer = new TaskCompletionSource<CommandOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            await _mail.Writer.WriteAsync(new RoomMail(input, Answer: answer), ct);
        }
        catch (ChannelClosedException)
        {
            return JustLeft();
        }

        return await answer.Task.WaitAsync(ct);
    }

    public async Task<CommandOutcome.Refused?> JoinAsync(DeviceEntrance entrance, IDeviceConnection connection, CancellationToken ct)
    {
        var (device, actor, handover) = entrance;
        var settings = await _devices.MeetAsync(device, actor);
        var answer = new TaskCompletionSource<CommandOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        var mail = new RoomMail(new RoomInput.DeviceJoined(device, settings, actor), connection, Joining: true, Handover: handover, Answer: answer);
        if (!_mail.Writer.TryWrite(mail))
        {
            return IsClosing ? JustLeft() : new CommandOutcome.Refused(ErrorCode.RoomBusy, "The room has more to do than it can hold; try again.");
        }

        return await answer.Task.WaitAsync(ct) as CommandOutcome.Refused;
    }

    public bool Post(IDeviceConnection connection, DeviceMessage message) => message switch
    {
        DeviceMessage.Commanded m => TryPost(connection, new RoomInput.Commanded(m.Command, connection.DeviceId), m.Id),
        DeviceMessage.Ready m => TryPost(connection, new RoomInput.DeviceReady(connection.DeviceId, m.ItemId, m.PositionMicros)),
        DeviceMessage.Reported m => TryPost(connection, new RoomInput.DeviceReported(connection.DeviceId, m.Report)),
        DeviceMessage.Faulted m => TryPost(connection, new RoomInput.DeviceFaulted(connection.DeviceId, m.ItemId, m.Code, m.Message)),
        DeviceMessage.Loaded m => Learn(connection, m),
        DeviceMessage.Resync => _mail.Writer.TryWrite(new RoomMail(null, connection, Resync: true)),
        DeviceMessage.Bye => TryPost(connection, new RoomInput.DeviceLeft(connection.DeviceId)),
        DeviceMessage.Lost => PostLost(connection),
        _ => throw new ArgumentException($"Not a device message: {message.GetType().Name}", nameof(message)),
    };

    /// <summary>Takes no more mail, works off what is there, and saves.</summary>
    public async Task StopAsync()
    {
        _mail.Writer.TryComplete();
        await _reading;
    }

    public void Dispose()
    {
        _devices.Dispose();
        _timer.Dispose();
        _news.Dispose();
        _stopping.Dispose();
    }

    private bool TryPost(IDeviceConnection connection, RoomInput input, long? commandId = null) =>
        _mail.Writer.TryWrite(new RoomMail(input, connection, commandId));

    private bool Learn(IDeviceConnection connection, DeviceMessage.Loaded loaded)
    {
        _news.Learn(connection.DeviceId, loaded);
        return true;
    }

    private bool PostLost(IDeviceConnection connection)
    {
        Post(new RoomMail(new RoomInput.DeviceLost(connection.DeviceId), connection));
        return true;
    }

    /// <summary>Puts a letter in that must not be lost, waiting in the background when the mailbox is full. After closing it is moot.</summary>
    private void Post(RoomMail mail)
    {
        if (!_mail.Writer.TryWrite(mail) && !_mail.Reader.Completion.IsCompleted)
        {
            _ = WriteLaterAsync(mail);
        }
    }

    private async Task WriteLaterAsync(RoomMail mail)
    {
        try
        {
            await _mail.Writer.WriteAsync(mail);
        }
        catch (ChannelClosedException)
        {
            // The room has left memory meanwhile.
        }
    }

    // A full mailbox needs no waking: its reader looks at what is due after every letter.
    private void Wake() => _mail.Writer.TryWrite(default);

    private async Task ReadAsync()
    {
        try
        {
            await foreach (var mail in _mail.Reader.ReadAllAsync())
            {
                if (_isPutAway)
                {
                    mail.Answer?.TrySetResult(JustLeft());
                    continue;
                }

                await HandleAsync(mail);
            }

            await _saves.FlushAsync(_model, _services.Clock.Now);
        }
        finally
        {
            await _stopping.CancelAsync();
        }
    }

    private async ValueTask HandleAsync(RoomMail mail)
    {
        try
        {
            if (mail.From is { } from && !mail.Joining && !_broadcast.IsNewest(from))
            {
                return;
            }

            if (mail.Resync)
            {
                _broadcast.Snapshot(mail.From!, _model);
            }
            else if (mail.Input is { } input)
            {
                var outcome = await TakeAsync(mail, input);

                // Before the answer: who has it may count on everything that the command entails being under way.
                SeeToWhatIsDue();
                Answer(mail, outcome);
                return;
            }

            SeeToWhatIsDue();
        }
        catch (Exception exception)
        {
            var incident = Guid.NewGuid().ToString("N")[..8];
            _services.Logger.InputFailed(exception, Code, incident);
            Answer(mail, new CommandOutcome.Refused(ErrorCode.Internal, $"Something went wrong here; the log names it as {incident}."));
        }
    }

    private async ValueTask<CommandOutcome> TakeAsync(RoomMail mail, RoomInput input)
    {
        if (mail.Handover is { } handover)
        {
            TakeHandover(handover, mail.From!.DeviceId);
        }

        var tracks = input is RoomInput.Commanded { Command: var command }
            ? await TrackLookup.ForAsync(command, _services.Tracks, _stopping.Token)
            : Moment.At(default).Tracks;
        var outcome = Decide(input, new Moment(_services.Clock.Now, tracks));
        if (input is RoomInput.Commanded)
        {
            _usedAt = _services.Clock.Now;
        }

        if (outcome is CommandOutcome.Accepted && mail.From is { } connection)
        {
            if (mail.Joining)
            {
                _broadcast.Enter(connection, _model);
            }
            else if (input is RoomInput.DeviceLost or RoomInput.DeviceLeft)
            {
                _broadcast.Leave(connection);
            }
        }

        return outcome;
    }

    private void TakeHandover(string frame, string deviceId)
    {
        if (!_services.Seal.TryOpen(frame, out var handed))
        {
            _services.Logger.SealRefused(Code, deviceId);
            return;
        }

        var before = _model.State.Version;
        Decide(new RoomInput.HandedOver(handed), Moment.At(_services.Clock.Now));
        if (_model.State.Version != before)
        {
            _services.Logger.HandedOver(Code, handed.Version, deviceId);
        }
    }

    private CommandOutcome Decide(RoomInput input, Moment moment)
    {
        _media.Settle(input);
        var decision = RoomMachine.Decide(_model, input, moment, _services.Options);
        if (decision is Decision.Refused refused)
        {
            return new CommandOutcome.Refused(refused.Code, refused.Message);
        }

        var events = ((Decision.Accepted)decision).Events;
        var before = _model;
        _model = RoomMachine.Apply(before, events);
        if (input is RoomInput.DeviceFaulted faulted && State.Find(faulted.ItemId) is { } item)
        {
            _media.Doubt(item.Track.Id);
        }

        _devices.Note(before, input, events);
        _broadcast.Publish(before, _model, events, moment.Now);
        return new CommandOutcome.Accepted(State.Version);
    }

    private static void Answer(RoomMail mail, CommandOutcome outcome)
    {
        mail.Answer?.TrySetResult(outcome);
        if (mail.CommandId is { } id)
        {
            RoomBroadcast.Answer(mail.From!, id, outcome);
        }
    }

    private void SeeToWhatIsDue()
    {
        var now = _services.Clock.Now;
        var agenda = RoomAgenda.Of(_model, _services.Options);
        if (agenda.WakeAt <= now)
        {
            Decide(new RoomInput.Tick(), Moment.At(now));
            agenda = RoomAgenda.Of(_model, _services.Options);
        }

        if (_model.Kept.Closed || (EvictionAt() is { } evictionAt && evictionAt <= now))
        {
            PutAway(now);
            return;
        }

        _media.See(agenda.Tracks, State);
        _broadcast.SeeDevices(_model, now);
        _saves.See(_model, now);
        Arm(Earliest(agenda.WakeAt, _broadcast.DevicesDueAt, _saves.DueAt, EvictionAt()), now);
    }

    /// <summary>When the room leaves memory if nothing happens; null while someone is here. Home stays.</summary>
    private ServerMicros? EvictionAt()
    {
        if (_model.Devices.Any(static device => !device.IsAway))
        {
            _usedAt = _services.Clock.Now;
            return null;
        }

        return Code == RoomCodes.Home ? null : _usedAt + (_services.Options.EmptyRoomEvictionMinutes * 60 * ServerMicros.PerSecond);
    }

    private void PutAway(ServerMicros now)
    {
        Decide(new RoomInput.PutAway(), Moment.At(now));
        _isPutAway = true;
        _stopping.Cancel();
        _mail.Writer.TryComplete();
        _services.Logger.PutAway(Code);
    }

    private void Arm(ServerMicros? at, ServerMicros now)
    {
        // Rounded up: a timer that fires early would find nothing due and have to be set again.
        var due = at is { } instant
            ? TimeSpan.FromMilliseconds(Math.Max(1, Math.Min(((instant - now) + 999) / ServerMicros.PerMillisecond, int.MaxValue)))
            : Timeout.InfiniteTimeSpan;
        _timer.Change(due, Timeout.InfiniteTimeSpan);
    }

    private static ServerMicros? Earliest(params ReadOnlySpan<ServerMicros?> instants)
    {
        ServerMicros? earliest = null;
        foreach (var instant in instants)
        {
            earliest = instant is { } known && (earliest is null || known < earliest) ? known : earliest;
        }

        return earliest;
    }

    private static CommandOutcome.Refused? Outcome(Decision.Refused? refused) => refused is null ? null : new(refused.Code, refused.Message);

    private static CommandOutcome.Refused JustLeft() => new(ErrorCode.RoomNotFound, "The room has just left memory; open it again.");
}
