using Tutti.Protocol;
using Tutti.Protocol.Rest;
using Tutti.Server.Rooms;
using Tutti.Timing;

namespace Tutti.Server.Api;

/// <summary>Rooms and what sounds in them, as REST tells them.</summary>
internal static class Responses
{
    extension(RoomSummary)
    {
        public static RoomSummary Of(IRoom room, Actor actor)
        {
            var state = room.State;
            return new RoomSummary(
                state.Room.Code, state.Room.Name, state.Status, RoomTrack.Of(state.CurrentItem()), room.Devices.Count(static device => device.Connected),
                KindOf(state.Room), state.Room.Rules is null or { Public: true }, room.RoleOf(actor));
        }

        /// <summary>A room of the caller's that is not in memory: nobody is there, and nothing sounds.</summary>
        public static RoomSummary Asleep(StoredRoomSummary room) => new(room.Code, room.Name, PlaybackStatus.Stopped, null, 0, "shared", room.Public, room.Role);

        public static string KindOf(RoomIdentity room) => room.Rules?.Kind switch
        {
            null => "open",
            RoomKind.Personal => "personal",
            _ => "shared",
        };
    }

    extension(RoomTrack)
    {
        public static RoomTrack? Of(QueueItem? item) => item is null ? null : RoomTrack.Of(item.Track);

        public static RoomTrack Of(TrackSummary track) =>
            new(track.Id, track.Title, track.Artist, track.Album, track.HasLength ? Fields.Seconds(track.DurationMicros) : 0, track.CoverUrl, track.Live, track.Embedded);
    }

    extension(PlaybackState)
    {
        public static PlaybackState Of(RoomState state, ServerMicros now)
        {
            var sounding = state.SoundingAt(now);
            var item = state.Find(sounding.ItemId);
            return new PlaybackState(
                state.Room.Code, state.Epoch, state.Version, now, state.Status, sounding.ItemId, RoomTrack.Of(item), item is { Track.Live: true } ? 0 : Fields.Seconds(sounding.PositionMicros),
                item is not { Track.HasLength: true } ? null : Fields.Seconds(item.Track.DurationMicros), state.Volume, state.Leader, state.Pending?.ItemId, state.Timeline,
                EntriesOf(state, sounding.ItemId), state.Levelling, state.CrossfadeSeconds);
        }
    }

    extension(QueueList)
    {
        public static QueueList At(RoomState state, ServerMicros now) => new(state.Version, EntriesOf(state, state.SoundingAt(now).ItemId), state.Queue.Length);
    }

    extension(HistoryLine)
    {
        public static HistoryLine Of(HistoryEntry entry) => new(entry.AtMicros, entry.AddedBy, entry.AddedById, RoomTrack.Of(entry.Track));
    }

    private static QueueEntry[] EntriesOf(RoomState state, string? current) =>
        [.. state.Queue.Select(item => new QueueEntry(item.Id, item.Id == current, item.AddedBy, RoomTrack.Of(item)!, item.Fault, item.StreamTitle))];
}
