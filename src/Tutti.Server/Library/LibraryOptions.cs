using System.ComponentModel.DataAnnotations;

namespace Tutti.Server.Library;

/// <summary>What an operator may set about the library (section <c>Tutti:Library</c>). Units are in the names.</summary>
public sealed record LibraryOptions
{
    /// <summary>The folder with music, or several parted as in <c>PATH</c>; only ever read. What lies in two of them belongs to the inner one. Empty: the demo pieces, made at first start.</summary>
    public string MusicFolder { get; init; } = "";

    /// <summary>Files whose tags are read at the same time.</summary>
    [Range(1, 32)]
    public int ScanParallelism { get; init; } = 2;

    /// <summary>Longest wait for the tags of one file.</summary>
    [Range(1, 300)]
    public int ProbeLimitSeconds { get; init; } = 20;

    /// <summary>Whether changes in the music folders are noticed as they happen.</summary>
    public bool WatchFolders { get; init; } = true;

    /// <summary>A scan begins once nothing has changed for this long.</summary>
    [Range(50, 600_000)]
    public int WatchQuietMs { get; init; } = 2_000;

    /// <summary>The folders are scanned this often in any case; 0: only when something was noticed, or somebody asks.</summary>
    [Range(0, 10_080)]
    public int RescanMinutes { get; init; } = 60;

    /// <summary>Longer side of a cover as it is served; larger ones are made smaller.</summary>
    [Range(64, 4096)]
    public int CoverMaxPixels { get; init; } = 800;
}
