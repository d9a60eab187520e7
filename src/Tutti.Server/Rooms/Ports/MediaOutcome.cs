using Tutti.Protocol;

namespace Tutti.Server.Rooms;

/// <summary>What became of asking for a track's sound. Closed.</summary>
public abstract record MediaOutcome
{
    private MediaOutcome()
    {
    }

    /// <summary>The key is known and the first segment is being cut; devices may fetch.</summary>
    public sealed record Ready(MediaInfo Media, SoundGain? Gain = null) : MediaOutcome;

    /// <summary>The track cannot sound.</summary>
    public sealed record Failed(FaultInfo Fault) : MediaOutcome;
}
