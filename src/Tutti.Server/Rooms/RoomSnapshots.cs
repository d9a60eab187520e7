using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Tutti.Protocol;
using Tutti.Timing;

namespace Tutti.Server.Rooms;

/// <summary>Rooms to and from what the store keeps.</summary>
internal static class RoomSnapshots
{
    /// <summary>Names a new incarnation.</summary>
    public static string NewEpoch() => RandomNumberGenerator.GetHexString(8, lowercase: true);

    public static StoredRoom Store(RoomModel model, ServerMicros now) => new(
        model.State.Room.Code,
        model.State.Room.Name,
        JsonSerializer.Serialize(model.State, ProtocolJson.Wire.RoomState),
        JsonSerializer.Serialize(model.Kept, RoomKeptJson.Default.RoomKept),
        model.State.Room.Rules is { Public: true },
        model.Kept.Closed ? [] : [.. model.State.Members.Select(member => new StoredMember(member.Id, member.Role))],
        now);

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
            Outgoing = null,
            Queue = [.. state.Queue.Select(item => item with { Media = null, OverlapMicros = 0 })],
        };
        return new RoomModel(restored, [], RestoreKept(stored), new RoomOrigin(state.Epoch, state.Version));
    }

    private static RoomKept RestoreKept(StoredRoom stored) =>
        JsonSerializer.Deserialize(stored.KeptJson, RoomKeptJson.Default.RoomKept) ?? throw new JsonException($"What room {stored.Code} keeps is stored as null.");
}

/// <summary>Source-generated JSON of what rooms keep.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, Converters = [typeof(ServerMicrosConverter)])]
[JsonSerializable(typeof(RoomKept))]
internal sealed partial class RoomKeptJson : JsonSerializerContext;
