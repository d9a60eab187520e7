using System.Threading.Channels;
using Microsoft.Extensions.Options;

namespace Tutti.Server.Library;

/// <summary>The library as the rest of the server sees it: the list, single tracks, the scan and how far it is.</summary>
public sealed class MusicLibrary
{
    private readonly ITrackStore _store;
    private readonly Channel<bool> _rescans = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private volatile ScanProgress _progress = ScanProgress.None;

    public MusicLibrary(ITrackStore store, IOptions<LibraryOptions> options, DataFolder data)
    {
        _store = store;
        UsesDemo = options.Value.MusicFolder.Length == 0;
        DemoFolder = data.Within("demo");
        Folder = UsesDemo ? DemoFolder : Path.TrimEndingDirectorySeparator(Path.GetFullPath(options.Value.MusicFolder));
    }

    /// <summary>The music folder, absolute.</summary>
    public string Folder { get; }

    /// <summary>Whether no music folder was given.</summary>
    public bool UsesDemo { get; }

    /// <summary>Where the demo pieces are, absolute.</summary>
    public string DemoFolder { get; }

    /// <summary>How far the running scan is, or how the last one ended.</summary>
    public ScanProgress Progress => _progress;

    internal ChannelReader<bool> Rescans => _rescans.Reader;

    /// <summary>A track by its id, whatever its state; null when there is none.</summary>
    public Task<LibraryTrack?> FindAsync(string trackId, CancellationToken ct) => _store.FindAsync(Folder, trackId, ct);

    /// <summary>A part of the list, by artist, album, number and title.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Offset or limit is out of range.</exception>
    public Task<TrackPage> ListAsync(TrackQuery query, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(query.Offset);
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Limit, TrackQuery.MaxLimit);
        return _store.ListAsync(Folder, query, ct);
    }

    /// <summary>Asks for a scan; one asked for while another waits is the same one.</summary>
    public void Rescan() => _rescans.Writer.TryWrite(true);

    internal void Report(ScanProgress progress) => _progress = progress;
}
