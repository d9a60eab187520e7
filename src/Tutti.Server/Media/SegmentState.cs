using Tutti.Protocol;

namespace Tutti.Server.Media;

/// <summary>What a reader of a segment gets to know. Closed.</summary>
internal abstract record SegmentState
{
    private SegmentState()
    {
    }

    public sealed record Cut : SegmentState;

    public sealed record PastEnd : SegmentState;

    public sealed record Failed(FaultInfo Fault) : SegmentState;
}
