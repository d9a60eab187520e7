namespace Tutti.Protocol;

/// <summary>Can a room state that came over a wire be computed with? JSON alone does not say: ids may repeat, lengths be negative.</summary>
internal static class StateSoundness
{
    // Below 2^53 (docs/protocol.md §1): sums and differences of two such times cannot overflow.
    private const long MaxMicros = 9_007_199_254_740_991;

    /// <summary>What is wrong with it, for people; null when nothing is.</summary>
    public static string? Wrong(RoomState state)
    {
        if (state.Queue.IsDefault || state.Queue.Length > ProtocolLimits.QueueItems || state.Queue.Any(static item => item is null))
        {
            return $"A queue holds at most {ProtocolLimits.QueueItems} items.";
        }

        if (state.Queue.Any(static item => !IsPlace(item.Track.DurationMicros)))
        {
            return "A length is negative or beyond all measure.";
        }

        if (state.Queue.Any(static item => item.Track.Embedded is { } embedded && (embedded.Id is not { Length: > 0 and <= 64 } || !IsPlace(embedded.StartMicros))))
        {
            return "An embedded track is nowhere.";
        }

        if (state.Queue.Any(static item => item.Media is { } media && (media.SampleRate <= 0 || media.SegmentSamples <= 0 || media.Samples < 0)))
        {
            return "A sound has no measure.";
        }

        if (state.Queue.Any(static item => !IsPlace(item.OverlapMicros))
            || state.Outgoing is { } outgoing && !(IsPlace(outgoing.PositionMicros) && IsPlace(outgoing.FadeMicros)))
        {
            return "An overlap is negative or beyond all measure.";
        }

        if (state.CrossfadeSeconds is < 0 or > ProtocolLimits.CrossfadeMaxSeconds)
        {
            return "The cross-fade is out of range.";
        }

        if (state.Queue.Any(static item => item.GainDb is not (>= -60 and <= 60)))
        {
            return "A gain is out of range.";
        }

        // Two items of one id and no length would follow each other for ever.
        if (state.Queue.DistinctBy(static item => item.Id).Count() != state.Queue.Length)
        {
            return "Two items of the queue have the same id.";
        }

        if (state.Timeline.Rate is not (0 or 1) || !IsPlace(state.Timeline.PositionMicros) || !IsPlace(state.Timeline.AtMicros.Value))
        {
            return "The timeline is none.";
        }

        return state.Volume is < 0 or > ProtocolLimits.VolumeMax ? "The volume is out of range." : null;
    }

    private static bool IsPlace(long micros) => micros is >= 0 and <= MaxMicros;
}
