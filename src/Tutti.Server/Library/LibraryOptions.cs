using System.ComponentModel.DataAnnotations;

namespace Tutti.Server.Library;

/// <summary>What an operator may set about the library (section <c>Tutti:Library</c>). Units are in the names.</summary>
public sealed record LibraryOptions
{
    /// <summary>The folder with music, or several parted as in <c>PATH</c>; only ever read. Empty: the demo pieces, made at first start.</summary>
    public string MusicFolder { get; init; } = "";

    /// <summary>Files whose tags are read at the same time.</summary>
    [Range(1, 32)]
    public int ScanParallelism { get; init; } = 2;

    /// <summary>Longest wait for the tags of one file.</summary>
    [Range(1, 300)]
    public int ProbeLimitSeconds { get; init; } = 20;

    /// <summary>Longer side of a cover as it is served; larger ones are made smaller.</summary>
    [Range(64, 4096)]
    public int CoverMaxPixels { get; init; } = 800;
}
