using Tutti.Protocol;

namespace Tutti.Server.Media;

/// <summary>A sound while it is being cut: how far that is, and who waits for what.</summary>
internal sealed class CutSound(MediaKey key, SourceFile file)
{
    // Someone will want these first segments at once, even before the first reader asks.
    private const int LeadSegments = 3;

    private readonly Lock _gate = new();
    private readonly List<(int Segment, TaskCompletionSource<SegmentState> Source)> _readers = [];
    private readonly TaskCompletionSource<FaultInfo?> _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private DecoderSlot? _slot;
    private SegmentState? _end;

    public MediaKey Key => key;

    public SourceFile File => file;

    /// <summary>Segments that are on disk, counted from the first.</summary>
    public int CutSegments { get; private set; }

    /// <summary>Completes when the first sound has come out of the decoder: null; or with why none ever will.</summary>
    public Task<FaultInfo?> Begun => _begun.Task;

    public void Attach(DecoderSlot slot)
    {
        lock (_gate)
        {
            _slot = slot;
            slot.SetUrgent(IsUrgent);
        }
    }

    public void MarkBegun() => _begun.TrySetResult(null);

    /// <summary>Notes that one more segment is on disk.</summary>
    public void Advance(int cutSegments)
    {
        List<TaskCompletionSource<SegmentState>> served;
        lock (_gate)
        {
            CutSegments = cutSegments;
            served = [.. _readers.Where(reader => reader.Segment < cutSegments).Select(reader => reader.Source)];
            _readers.RemoveAll(reader => reader.Segment < cutSegments);
            _slot?.SetUrgent(IsUrgent);
        }
        served.ForEach(source => source.TrySetResult(new SegmentState.Cut()));
    }

    /// <summary>Ends it: every reader still waiting gets this.</summary>
    public void End(SegmentState end)
    {
        List<TaskCompletionSource<SegmentState>> left;
        lock (_gate)
        {
            _end = end;
            left = [.. _readers.Select(reader => reader.Source)];
            _readers.Clear();
        }
        _begun.TrySetResult(end is SegmentState.Failed failed ? failed.Fault : null);
        left.ForEach(source => source.TrySetResult(end));
    }

    /// <summary>Waits for a segment; urgent as long as anyone does.</summary>
    public async Task<SegmentState> WaitAsync(int segment, TimeSpan limit, TimeProvider clock, CancellationToken ct)
    {
        var source = new TaskCompletionSource<SegmentState>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (segment < CutSegments)
            {
                return new SegmentState.Cut();
            }
            if (_end is not null)
            {
                return _end;
            }
            _readers.Add((segment, source));
            _slot?.SetUrgent(IsUrgent);
        }
        try
        {
            return await source.Task.WaitAsync(limit, clock, ct);
        }
        finally
        {
            lock (_gate)
            {
                _readers.RemoveAll(reader => reader.Source == source);
                _slot?.SetUrgent(IsUrgent);
            }
        }
    }

    private bool IsUrgent => _readers.Count > 0 || CutSegments < LeadSegments;
}

/// <summary>What a reader of a segment gets to know. Closed.</summary>
internal abstract record SegmentState
{
    private SegmentState()
    {
    }

    public sealed record Cut : SegmentState;

    public sealed record PastEnd : SegmentState;

    public sealed record Failed(FaultInfo Fault) : SegmentState;
}
