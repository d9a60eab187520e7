namespace Tutti.Protocol.Rest;

/// <summary>How far a scan of the music folder is, or how the last one ended.</summary>
/// <param name="Running">Whether one is running.</param>
/// <param name="Phase"><c>idle</c>, <c>makingDemo</c>, <c>finding</c>, <c>reading</c>, <c>grouping</c>, <c>covers</c> or <c>tidying</c>.</param>
/// <param name="PhaseNumber">1 to <paramref name="Phases"/> while a scan runs; else 0.</param>
/// <param name="Phases">How many there are.</param>
/// <param name="PhaseDone">What this phase has done.</param>
/// <param name="PhaseTotal">What this phase has to do; 0 while that is not known.</param>
/// <param name="Found">Audio files found so far.</param>
/// <param name="Done">Of those, how many have been looked at.</param>
/// <param name="Read">Of those, how many were opened, being new or changed.</param>
/// <param name="Skipped">Of those, how many cannot be read.</param>
/// <param name="Moved">Tracks that were found at another place.</param>
/// <param name="Missing">Tracks whose file was not there, once the scan is done.</param>
/// <param name="Problem">Why the last scan could not be done as a whole; null when it could.</param>
/// <param name="Changes">Grows with every scan that changed what the library holds; lists asked for before are still true while it stays.</param>
/// <param name="Scans">Grows with every scan that ended, since the server started.</param>
/// <param name="Demo">Whether these are the demo pieces, for want of a music folder.</param>
public sealed record ScanState(
    bool Running, string Phase, int PhaseNumber, int Phases, int PhaseDone, int PhaseTotal, int Found, int Done, int Read, int Skipped, int Moved,
    int Missing, string? Problem, long Changes, long Scans, bool Demo);

/// <summary>Some of the files that cannot be read.</summary>
/// <param name="Files">This page.</param>
/// <param name="Total">How many there are on all pages.</param>
public sealed record UnreadablePage(IReadOnlyList<UnreadableFile> Files, int Total);

/// <summary>A file that cannot be read.</summary>
/// <param name="Id">The track that it would be.</param>
/// <param name="Path">Place within the music folder.</param>
/// <param name="Reason">Why, for people.</param>
public sealed record UnreadableFile(string Id, string Path, string Reason);
