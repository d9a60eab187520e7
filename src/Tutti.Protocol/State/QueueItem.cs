using System.Text.Json.Serialization;

namespace Tutti.Protocol;

/// <summary>One place in the queue.</summary>
/// <param name="Id">Unique within the room's life.</param>
/// <param name="AddedBy">Name of the person or device that added it.</param>
/// <param name="Media">Null until the track was first asked for.</param>
/// <param name="Fault">Why it cannot sound; such an item is passed over.</param>
/// <param name="GainDb">What makes it as loud as the others while the room levels, dB; 0 when that is not known.</param>
public sealed record QueueItem(string Id, string AddedBy, TrackSummary Track, MediaInfo? Media, FaultInfo? Fault, double GainDb = 0)
{
    /// <summary>Id of the member who added it; null where there are no members.</summary>
    public string? AddedById { get; init; }

    /// <summary>What a station says it plays; null when it says nothing, or this is no station.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? StreamTitle { get; init; }

    /// <summary>How long before the end of the item before it this one begins, µs; 0: at that end.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long OverlapMicros { get; init; }
}
