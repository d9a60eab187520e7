using Microsoft.Extensions.Options;
using Tutti.Server.Library.Scanning;

namespace Tutti.Server.Library;

/// <summary>The library as the rest of the server sees it: its folders, single tracks, the scan and how far it is.</summary>
public sealed class MusicLibrary
{
    private readonly ITrackStore _store;
    private readonly HashSet<string> _roots;
    private readonly ScanRequests _rescans = new();
    private long _version;
    private long _changes;
    private volatile ScanProgress _progress = ScanProgress.None;
    private volatile TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public MusicLibrary(ITrackStore store, IOptions<LibraryOptions> options, DataFolder data)
    {
        _store = store;
        DemoFolder = data.Within("demo");
        var given = MusicFolders.Read(options.Value.MusicFolder);
        UsesDemo = given.Count == 0;
        UploadFolder = data.Within("uploads");
        Folders = [.. UsesDemo ? [new MusicFolder(DemoFolder, "Demo")] : given, new MusicFolder(UploadFolder, "Uploads", Own: true)];
        _roots = Folders.Select(folder => folder.Root).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Where accepted uploads lie, absolute; the only music folder that is written to.</summary>
    public string UploadFolder { get; }

    /// <summary>The music folders, in the order of the settings, the one of uploads last.</summary>
    public IReadOnlyList<MusicFolder> Folders { get; }

    /// <summary>Whether no music folder was given.</summary>
    public bool UsesDemo { get; }

    /// <summary>Where the demo pieces are, absolute.</summary>
    public string DemoFolder { get; }

    /// <summary>How far the running scan is, or how the last one ended.</summary>
    public ScanProgress Progress => _progress;

    /// <summary>Grows with every scan that ended.</summary>
    public long Version => Interlocked.Read(ref _version);

    /// <summary>Grows with every scan that changed what the library holds: lists asked for before are still true while it stays.</summary>
    public long Changes => Interlocked.Read(ref _changes);

    internal ScanRequests Rescans => _rescans;

    /// <summary>A track by its id, whatever its state; null when there is none, or its folder is not among the music folders any more.</summary>
    public async Task<LibraryTrack?> FindAsync(string trackId, CancellationToken ct) =>
        await _store.FindAsync(trackId, ct) is { } track && _roots.Contains(track.Folder) ? track : null;

    /// <summary>Asks for a scan of everything; one asked for while another waits is the same one.</summary>
    public void Rescan() => Rescan(ScanScope.Everything);

    /// <summary>Asks for a scan of some folders; asked for while another waits, it is one of both.</summary>
    public void Rescan(ScanScope scope) => _rescans.Add(scope);

    /// <summary>Waits until <see cref="Version"/> is another than <paramref name="seen"/>: until a scan has ended.</summary>
    public async Task NextVersionAsync(long seen, CancellationToken ct)
    {
        while (true)
        {
            // Taken before the look: an end that falls between the two completes this very one.
            var ended = _ended.Task;
            if (Version != seen)
            {
                return;
            }
            await ended.WaitAsync(ct);
        }
    }

    internal void Report(ScanProgress progress)
    {
        if (!progress.Running)
        {
            // Before the end is seen: whoever sees it must see also what it changed.
            if (progress.Changed)
            {
                Interlocked.Increment(ref _changes);
            }
        }
        _progress = progress;
        if (!progress.Running)
        {
            Interlocked.Increment(ref _version);
            var ended = _ended;
            _ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            ended.TrySetResult();
        }
    }
}
