using System.Globalization;

namespace Tutti.Server.Media.Live;

/// <summary>The newest segments of a live sound on disk: a file each, written whole, never changed, and gone when they are old.</summary>
internal sealed class SegmentRing
{
    private readonly string _folder;
    private readonly Lock _gate = new();
    private readonly Queue<int> _kept = new();
    private readonly List<(int Segment, TaskCompletionSource<bool> Source)> _waiting = [];

    /// <exception cref="IOException">The folder can't be made.</exception>
    public SegmentRing(string folder)
    {
        _folder = folder;
        Directory.CreateDirectory(folder);
    }

    /// <summary>The newest that is there; −1 before the first. None at or before it is still to come.</summary>
    public int Newest { get; private set; } = -1;

    /// <summary>Keeps a segment and forgets those before <paramref name="keepFrom"/>.</summary>
    /// <exception cref="IOException">The disk is full or fails.</exception>
    public void Add(int segment, byte[] flac, int keepFrom)
    {
        WriteWhole(PathOf(segment), flac);
        List<TaskCompletionSource<bool>> served;
        lock (_gate)
        {
            _kept.Enqueue(segment);
            Newest = segment;
            served = Take(waiting => waiting <= segment);
        }
        served.ForEach(source => source.TrySetResult(true));
        Forget(keepFrom);
    }

    /// <summary>Forgets the segments before this one.</summary>
    public void Forget(int keepFrom)
    {
        lock (_gate)
        {
            while (_kept.TryPeek(out var oldest) && oldest < keepFrom)
            {
                _kept.Dequeue();
                // Whoever reads it has it open.
                File.Delete(PathOf(oldest));
                File.Delete(ThinPathOf(oldest));
            }
        }
    }

    /// <summary>Opens a segment; null when it is not here.</summary>
    public FileStream? Open(int segment) => Open(PathOf(segment));

    /// <summary>Opens a segment's thin copy; null when it was not made.</summary>
    public FileStream? OpenThin(int segment) => Open(ThinPathOf(segment));

    /// <summary>Keeps a segment's thin copy, beside the segment.</summary>
    /// <exception cref="IOException">The disk is full or fails.</exception>
    public void AddThin(int segment, byte[] opus)
    {
        lock (_gate)
        {
            if (_kept.Contains(segment))
            {
                WriteWhole(ThinPathOf(segment), opus);
            }
        }
    }

    /// <summary>Waits for a segment that is still to come. False when it will not, for now.</summary>
    /// <exception cref="TimeoutException">It did not come within <paramref name="limit"/>.</exception>
    public async Task<bool> WaitAsync(int segment, TimeSpan limit, TimeProvider clock, CancellationToken ct)
    {
        var source = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (segment <= Newest)
            {
                return true;
            }
            _waiting.Add((segment, source));
        }
        try
        {
            return await source.Task.WaitAsync(limit, clock, ct);
        }
        finally
        {
            lock (_gate)
            {
                _waiting.RemoveAll(waiting => waiting.Source == source);
            }
        }
    }

    /// <summary>Tells all who wait that nothing comes for now.</summary>
    public void GiveUp()
    {
        List<TaskCompletionSource<bool>> left;
        lock (_gate)
        {
            left = Take(static _ => true);
        }
        left.ForEach(static source => source.TrySetResult(false));
    }

    private List<TaskCompletionSource<bool>> Take(Predicate<int> which)
    {
        List<TaskCompletionSource<bool>> taken = [.. _waiting.Where(waiting => which(waiting.Segment)).Select(static waiting => waiting.Source)];
        _waiting.RemoveAll(waiting => which(waiting.Segment));
        return taken;
    }

    private static FileStream? Open(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0, FileOptions.Asynchronous);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private static void WriteWhole(string path, byte[] content)
    {
        var temporary = path + ".tmp";
        File.WriteAllBytes(temporary, content);
        File.Move(temporary, path, overwrite: true);
    }

    private string PathOf(int segment) => Path.Combine(_folder, segment.ToString(CultureInfo.InvariantCulture) + ".flac");

    private string ThinPathOf(int segment) => Path.ChangeExtension(PathOf(segment), ".opus");
}
