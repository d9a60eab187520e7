using System.Security.Cryptography;
using System.Text.Json;
using Tutti.Protocol;
using Tutti.Timing;

namespace Tutti.Server.Rooms;

/// <summary>Rooms to and from what the store keeps.</summary>
internal static class RoomSnapshots
{
    /// <summary>Names a new incarnation.</summary>
    public static string NewEpoch() => RandomNumberGenerator.GetHexString(8, lowercase: true);

    public static StoredRoom Store(RoomState state, ServerMicros now) =>
        new(state.Room.Code, state.Room.Name, JsonSerializer.Serialize(state, ProtocolJson.Wire.RoomState), now);

    /// <summary>
    /// The room as it comes back: what played is paused at the place it had when it was saved, and sound is asked for anew. The version
    /// goes on counting, so that item ids never repeat.
    /// </summary>
    /// <exception cref="JsonException">The stored state cannot be read.</exception>
    public static RoomModel Restore(StoredRoom stored, ServerMicros now)
    {
        var state = JsonSerializer.Deserialize(stored.StateJson, ProtocolJson.Wire.RoomState)
            ?? throw new JsonException($"Room {stored.Code} is stored as null.");
        var place = state.Pending is { } pending
            ? new Sounding(pending.ItemId, pending.PositionMicros, Moving: false)
            : state.SoundingAt(ServerMicros.Max(stored.SavedAt, state.Timeline.AtMicros));
        var restored = state with
        {
            Epoch = NewEpoch(),
            Version = state.Version + 1,
            Status = state.Status == PlaybackStatus.Stopped ? PlaybackStatus.Stopped : PlaybackStatus.Paused,
            Timeline = Timeline.Held(place.ItemId, place.PositionMicros, now),
            Pending = null,
            Leader = null,
            Queue = [.. state.Queue.Select(item => item with { Media = null })],
        };
        return new RoomModel(restored, [], new RoomOrigin(state.Epoch, state.Version));
    }
}
