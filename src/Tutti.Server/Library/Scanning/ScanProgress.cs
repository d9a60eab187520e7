namespace Tutti.Server.Library.Scanning;

/// <summary>How far a scan has come; a snapshot.</summary>
/// <param name="Found">Audio files found so far.</param>
/// <param name="Done">Of those, how many have been looked at.</param>
/// <param name="Read">Of those, how many were opened, being new or changed.</param>
/// <param name="Skipped">Of those, how many cannot be read; <c>TrackState.Unreadable</c> lists them with reasons.</param>
/// <param name="Moved">Files that turned out to be known ones in another place.</param>
/// <param name="Missing">Tracks whose file was not there, once the scan is done.</param>
/// <param name="PhaseDone">How much of <paramref name="PhaseTotal"/> the current phase has done.</param>
/// <param name="PhaseTotal">What the current phase has to do in all; 0 while that is not known.</param>
/// <param name="Problem">Why the last scan could not be done as a whole; empty when it could.</param>
public sealed record ScanProgress(
    ScanPhase Phase, int Found, int Done, int Read, int Skipped, int Moved, int Missing, int PhaseDone, int PhaseTotal, string Problem)
{
    public bool Running => Phase is not ScanPhase.Idle;

    /// <summary>Whether the library holds something else than before, pictures included; once the scan is done.</summary>
    public bool Changed { get; init; }

    public static ScanProgress None { get; } = new(ScanPhase.Idle, 0, 0, 0, 0, 0, 0, 0, 0, "");
}

/// <summary>What a scan is doing; the numbers are those that people see.</summary>
public enum ScanPhase
{
    /// <summary>The demo pieces are being made.</summary>
    MakingDemo = -1,

    Idle = 0,

    /// <summary>The folders are being walked.</summary>
    Finding = 1,

    /// <summary>Tags are being read.</summary>
    Reading = 2,

    /// <summary>Albums, artists and genres are being put together.</summary>
    Grouping = 3,

    /// <summary>Pictures beside the music are being looked at.</summary>
    Covers = 4,

    /// <summary>Folders are listed anew, and what belongs to nobody any more is thrown away.</summary>
    Tidying = 5,
}
