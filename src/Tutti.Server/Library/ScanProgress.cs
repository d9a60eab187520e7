namespace Tutti.Server.Library;

/// <summary>How far a scan has come; a snapshot.</summary>
/// <param name="Found">Audio files found so far.</param>
/// <param name="Done">Of those, how many have been looked at.</param>
/// <param name="Skipped">Of those, how many cannot be read; <c>TrackState.Unreadable</c> lists them with reasons.</param>
/// <param name="Missing">Tracks whose file was not there, once the scan is done.</param>
/// <param name="Problem">Why the last scan could not be done as a whole; empty when it could.</param>
public sealed record ScanProgress(ScanPhase Phase, int Found, int Done, int Skipped, int Missing, string Problem)
{
    public bool Running => Phase is not ScanPhase.Idle;

    public static ScanProgress None { get; } = new(ScanPhase.Idle, 0, 0, 0, 0, "");
}

/// <summary>What a scan is doing.</summary>
public enum ScanPhase
{
    Idle,

    /// <summary>The demo pieces are being made.</summary>
    MakingDemo,

    /// <summary>The folder is being walked.</summary>
    Finding,

    /// <summary>Tags are being read.</summary>
    Reading,
}
