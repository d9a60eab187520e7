using Tutti.Protocol;

namespace Tutti.Server.Media;

/// <summary>A sound while it is being cut: what of it there is, who waits for what, and where its decoder is.</summary>
internal sealed class CutSound(MediaKey key, SourceFile file)
{
    // Someone will want these first segments at once, even before the first reader asks.
    private const int LeadSegments = 3;

    private readonly Lock _gate = new();
    private readonly List<(int Segment, TaskCompletionSource<SegmentState> Source)> _readers = [];
    private readonly SortedDictionary<int, byte[]> _peaks = [];
    private readonly TaskCompletionSource<SegmentState> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<FaultInfo?> _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource _wanted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CutPlan _plan = new(EntryPoints.StartOnly);
    private CutRun? _run;
    private DecoderSlot? _slot;
    private SegmentState? _end;
    private int _lastWanted;

    public MediaKey Key => key;

    public SourceFile File => file;

    /// <summary>Completes when the first sound has come out of the decoder: null; or with why none ever will.</summary>
    public Task<FaultInfo?> Begun => _begun.Task;

    /// <summary>Completes when cutting is over: with <see cref="SegmentState.PastEnd"/> when all of it is cut.</summary>
    public Task<SegmentState> Ended => _ended.Task;

    /// <summary>The exact length in samples; null until a decoder has come to the end.</summary>
    public long? Samples
    {
        get
        {
            lock (_gate)
            {
                return _plan.Samples;
            }
        }
    }

    /// <summary>Starts with nothing cut.</summary>
    public void Begin(EntryPoints entryPoints)
    {
        lock (_gate)
        {
            _plan = new CutPlan(entryPoints);
        }
    }

    public void Attach(DecoderSlot slot)
    {
        lock (_gate)
        {
            _slot = slot;
            slot.SetUrgent(IsUrgent);
        }
    }

    public void MarkBegun() => _begun.TrySetResult(null);

    /// <summary>The next run of a decoder: for whoever has waited longest, else on from the place last asked for. Null when all of it is cut.</summary>
    public CutRun? NextRun(CancellationTokenSource redirect)
    {
        lock (_gate)
        {
            if (_plan.IsWhole)
            {
                return _run = null;
            }
            var segment = Unserved(null) ?? _plan.NextGap(_lastWanted);
            var (first, limit) = _plan.RunFor(segment);
            return _run = new CutRun(first, limit, redirect);
        }
    }

    /// <summary>The run is over.</summary>
    public void Leave()
    {
        lock (_gate)
        {
            _run = null;
        }
    }

    public bool IsCut(int segment)
    {
        lock (_gate)
        {
            return _plan.IsCut(segment);
        }
    }

    /// <summary>Whether a run need not go on, for others have cut what follows.</summary>
    public bool HasMet(CutRun run)
    {
        lock (_gate)
        {
            return _plan.HasMet(run.At, run.Limit);
        }
    }

    /// <summary>Whether anything after this segment is cut.</summary>
    public bool GoesOnAfter(int segment)
    {
        lock (_gate)
        {
            return _plan.GoesOnAfter(segment);
        }
    }

    /// <summary>Notes the outline of a segment that was just encoded.</summary>
    public void Outline(int segment, byte[] peaks)
    {
        lock (_gate)
        {
            _peaks[segment] = peaks;
        }
    }

    /// <summary>The outline of all of it, once it is cut.</summary>
    public byte[] AllPeaks()
    {
        lock (_gate)
        {
            return [.. _peaks.Values.SelectMany(peaks => peaks)];
        }
    }

    /// <summary>Notes that the run has passed a segment, which is on disk now.</summary>
    public void Advance(CutRun run, int segment)
    {
        List<TaskCompletionSource<SegmentState>> served;
        lock (_gate)
        {
            _plan.MarkCut(segment);
            run.At = segment + 1;
            served = [.. _readers.Where(reader => _plan.IsCut(reader.Segment)).Select(reader => reader.Source)];
            _readers.RemoveAll(reader => _plan.IsCut(reader.Segment));
            _slot?.SetUrgent(IsUrgent);
            Redirect();
        }
        served.ForEach(source => source.TrySetResult(new SegmentState.Cut()));
    }

    /// <summary>Notes where the sound ends; false when that was known.</summary>
    public bool MarkEnd(long samples)
    {
        lock (_gate)
        {
            if (_plan.Samples is not null)
            {
                return false;
            }
            _plan.MarkEnd(samples);
            return true;
        }
    }

    /// <summary>Answers those who wait for what lies beyond the end.</summary>
    public void TellPastEnd()
    {
        List<TaskCompletionSource<SegmentState>> past;
        lock (_gate)
        {
            past = [.. _readers.Where(reader => KnownPastEnd(reader.Segment)).Select(reader => reader.Source)];
            _readers.RemoveAll(reader => KnownPastEnd(reader.Segment));
            _slot?.SetUrgent(IsUrgent);
        }
        past.ForEach(source => source.TrySetResult(new SegmentState.PastEnd()));
    }

    /// <summary>A decoder that was set down at this segment gave nothing.</summary>
    public void MarkNothingFrom(int segment)
    {
        lock (_gate)
        {
            _plan.MarkNothingFrom(segment);
        }
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
        _ended.TrySetResult(end);
    }

    /// <summary>Waits for a segment; urgent as long as anyone does.</summary>
    public async Task<SegmentState> WaitAsync(int segment, TimeSpan limit, TimeProvider clock, CancellationToken ct)
    {
        var source = new TaskCompletionSource<SegmentState>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_plan.IsCut(segment))
            {
                return new SegmentState.Cut();
            }
            if (_end is not null || KnownPastEnd(segment))
            {
                return _end ?? new SegmentState.PastEnd();
            }
            _readers.Add((segment, source));
            _lastWanted = segment;
            _slot?.SetUrgent(IsUrgent);
            _wanted.TrySetResult();
            _wanted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Redirect();
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

    /// <summary>Waits so long, or until somebody wants a segment.</summary>
    public async Task RestAsync(TimeSpan time, TimeProvider clock, CancellationToken ct)
    {
        Task wanted;
        lock (_gate)
        {
            if (IsUrgent)
            {
                return;
            }
            wanted = _wanted.Task;
        }
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct);
        await Task.WhenAny(Task.Delay(time, clock, either.Token), wanted);
        await either.CancelAsync();
        ct.ThrowIfCancellationRequested();
    }

    private bool IsUrgent => _readers.Count > 0 || _plan.Count < LeadSegments;

    // When all of it is cut, the sound's own end is near and tells them: by then it is in the cache for good.
    private bool KnownPastEnd(int segment) => _plan.IsPastEnd(segment) && !_plan.IsWhole;

    // A run that serves anybody goes on; one that serves none of those who wait ends.
    private void Redirect()
    {
        if (_run is { IsRedirected: false } run && !_readers.Exists(reader => _plan.Serves(run.At, run.Limit, reader.Segment)) && Unserved(run) is not null)
        {
            run.Redirect();
        }
    }

    // Who has waited longest for something that this run won't bring soon.
    private int? Unserved(CutRun? run)
    {
        foreach (var (segment, _) in _readers)
        {
            if (_plan.MayExist(segment) && (run is null || !_plan.Serves(run.At, run.Limit, segment)))
            {
                return segment;
            }
        }
        return null;
    }
}
