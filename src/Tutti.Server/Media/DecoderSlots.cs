namespace Tutti.Server.Media;

/// <summary>
/// Bounds the decoders that run at once, and lets those go first that someone waits for: while an urgent one runs, the others pause at
/// their next segment, and where none is free, the youngest that nobody waits for makes room and starts anew later.
/// </summary>
internal sealed class DecoderSlots(int count)
{
    private readonly Lock _gate = new();
    private readonly List<DecoderSlot> _running = [];
    private readonly List<DecoderSlot> _waiting = [];
    private TaskCompletionSource _calm = NewSignal(completed: true);

    /// <summary>Sounds that wait for a decoder.</summary>
    public int Waiting
    {
        get
        {
            lock (_gate)
            {
                return _waiting.Count;
            }
        }
    }

    /// <summary>Waits for a slot. Dispose it to give it back.</summary>
    public async Task<DecoderSlot> EnterAsync(bool urgent, Action<DecoderSlot>? onCreated, CancellationToken ct)
    {
        var slot = new DecoderSlot(this, urgent);
        onCreated?.Invoke(slot);
        lock (_gate)
        {
            _waiting.Add(slot);
            Arrange();
        }
        try
        {
            await slot.Entered.WaitAsync(ct);
            return slot;
        }
        catch
        {
            slot.Dispose();
            throw;
        }
    }

    internal void SetUrgent(DecoderSlot slot, bool urgent)
    {
        lock (_gate)
        {
            if (slot.Urgent != urgent)
            {
                slot.Urgent = urgent;
                Arrange();
            }
        }
    }

    internal void Leave(DecoderSlot slot)
    {
        lock (_gate)
        {
            _running.Remove(slot);
            _waiting.Remove(slot);
            Arrange();
        }
    }

    internal Task YieldAsync(DecoderSlot slot)
    {
        lock (_gate)
        {
            return slot.Urgent ? Task.CompletedTask : Task.WhenAny(_calm.Task, slot.Urged);
        }
    }

    private void Arrange()
    {
        while (_running.Count < count && (_waiting.Find(slot => slot.Urgent) ?? _waiting.FirstOrDefault()) is { } next)
        {
            _waiting.Remove(next);
            _running.Add(next);
            next.Enter();
        }
        // One for each urgent one that waits, less those who are leaving already.
        var needed = _waiting.Count(slot => slot.Urgent) - _running.Count(slot => slot.IsPreempted);
        for (; needed > 0 && _running.FindLast(slot => !slot.Urgent && !slot.IsPreempted) is { } victim; needed--)
        {
            victim.Preempt();
        }
        var calm = !_running.Exists(slot => slot.Urgent);
        if (calm)
        {
            _calm.TrySetResult();
        }
        else if (_calm.Task.IsCompleted)
        {
            _calm = NewSignal(completed: false);
        }
    }

    private static TaskCompletionSource NewSignal(bool completed)
    {
        var signal = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (completed)
        {
            signal.SetResult();
        }
        return signal;
    }
}

/// <summary>Leave to run one decoder.</summary>
internal sealed class DecoderSlot : IDisposable
{
    private readonly DecoderSlots _owner;
    private readonly TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _preempted = new();
    private TaskCompletionSource _urged = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal DecoderSlot(DecoderSlots owner, bool urgent) => (_owner, Urgent) = (owner, urgent);

    /// <summary>Cancelled when someone more urgent needs the slot.</summary>
    public CancellationToken Preempted => _preempted.Token;

    /// <summary>Set under the slots' lock.</summary>
    internal bool Urgent
    {
        get;
        set
        {
            field = value;
            if (value)
            {
                _urged.TrySetResult();
            }
            else if (_urged.Task.IsCompleted)
            {
                _urged = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }
    }

    /// <summary>Completes when somebody begins to wait for this sound.</summary>
    internal Task Urged => _urged.Task;

    internal bool IsPreempted { get; private set; }

    internal Task Entered => _entered.Task;

    /// <summary>Says whether somebody waits for this sound.</summary>
    public void SetUrgent(bool urgent) => _owner.SetUrgent(this, urgent);

    /// <summary>Lets urgent decoders go first, until this one is urgent itself.</summary>
    public Task YieldAsync(CancellationToken ct) => _owner.YieldAsync(this).WaitAsync(ct);

    public void Dispose() => _owner.Leave(this);

    internal void Enter() => _entered.TrySetResult();

    internal void Preempt()
    {
        IsPreempted = true;
        // Off this thread: the slots' lock is held here, and ending a process takes a while.
        _ = _preempted.CancelAsync();
    }
}
