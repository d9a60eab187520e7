using System.Collections.Concurrent;

namespace Tutti.Client.Rooms;

/// <summary>Commands of one connection that wait for their answer, by the number that they were sent with.</summary>
internal sealed class PendingCommands
{
    private readonly ConcurrentDictionary<long, TaskCompletionSource<CommandResult>> _waiting = new();
    private long _nextId;
    private volatile string? _lost;

    public (long Id, Task<CommandResult> Answer) Add()
    {
        var id = Interlocked.Increment(ref _nextId);
        var answer = new TaskCompletionSource<CommandResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting[id] = answer;
        if (_lost is { } reason)
        {
            Lose(reason);
        }

        return (id, answer.Task);
    }

    public void Answer(long id, CommandResult result)
    {
        if (_waiting.TryRemove(id, out var answer))
        {
            answer.TrySetResult(result);
        }
    }

    /// <summary>False when nobody waits for this number.</summary>
    public bool Fail(long id, Exception reason) => _waiting.TryRemove(id, out var answer) && answer.TrySetException(reason);

    public void Forget(long id) => _waiting.TryRemove(id, out _);

    /// <summary>The line broke: nobody will be answered any more.</summary>
    public void Lose(string reason)
    {
        _lost = reason;
        foreach (var id in _waiting.Keys)
        {
            Fail(id, new ConnectionLostException(reason));
        }
    }
}
