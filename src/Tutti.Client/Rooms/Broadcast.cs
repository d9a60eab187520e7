using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Tutti.Client.Rooms;

/// <summary>Hands values on to whoever enumerates. A slow reader misses the oldest, never the newest, and holds nobody up.</summary>
/// <param name="capacity">Values that wait for one reader.</param>
/// <param name="replaysNewest">Whether a new reader gets the newest value at once.</param>
internal sealed class Broadcast<T>(int capacity, bool replaysNewest)
{
    private readonly Lock _gate = new();
    private readonly List<Channel<T>> _readers = [];
    private (bool Is, T Value) _newest;
    private (bool Is, Exception? Fault) _end;

    public void Publish(T value)
    {
        lock (_gate)
        {
            _newest = (replaysNewest, value);
            foreach (var reader in _readers)
            {
                reader.Writer.TryWrite(value);
            }
        }
    }

    /// <summary>Ends every enumeration, with an exception or without.</summary>
    public void End(Exception? fault)
    {
        lock (_gate)
        {
            _end = (true, fault);
            foreach (var reader in _readers)
            {
                reader.Writer.TryComplete(fault);
            }
        }
    }

    public async IAsyncEnumerable<T> ReadAsync([EnumeratorCancellation] CancellationToken ct)
    {
        var channel = Enter();
        try
        {
            await foreach (var value in channel.Reader.ReadAllAsync(ct))
            {
                yield return value;
            }
        }
        finally
        {
            lock (_gate)
            {
                _readers.Remove(channel);
            }
        }
    }

    private Channel<T> Enter()
    {
        var channel = Channel.CreateBounded<T>(new BoundedChannelOptions(capacity) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
        lock (_gate)
        {
            if (_newest.Is)
            {
                channel.Writer.TryWrite(_newest.Value);
            }

            if (_end.Is)
            {
                channel.Writer.TryComplete(_end.Fault);
            }

            _readers.Add(channel);
        }

        return channel;
    }
}
