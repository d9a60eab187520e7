using Tutti.Protocol;

namespace Tutti.Server.Media;

/// <summary>What became of asking for a segment. Closed.</summary>
public abstract record SegmentOutcome
{
    private SegmentOutcome()
    {
    }

    /// <summary>A complete FLAC stream, or a sound's outline; whoever gets it disposes it.</summary>
    public sealed record Found(FileStream Stream) : SegmentOutcome;

    /// <summary>5004 past the end or unknown key, 5002 and 5003 for a file that fails, 5005 when it took too long.</summary>
    public sealed record Refused(FaultInfo Fault) : SegmentOutcome;
}
