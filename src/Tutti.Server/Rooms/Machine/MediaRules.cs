using System.Collections.Immutable;
using Tutti.Protocol;
using Tutti.Timing;

namespace Tutti.Server.Rooms;

/// <summary>What the room learns of its tracks' sound.</summary>
internal static class MediaRules
{
    public static Decision.Refused? Known(Draft draft, RoomInput.MediaKnown known)
    {
        var waited = draft.State.Pending is { } before
            && draft.State.Find(before.ItemId) is { Media: null } item
            && item.Track.Id == known.TrackId;
        var learned = new RoomEvent.MediaLearned(known.TrackId, known.Media, known.Gain);
        if (draft.State.Queue.Any(candidate => candidate.Track.Id == known.TrackId && With(draft.State, candidate, learned) != candidate))
        {
            draft.Add(learned);
        }

        if (waited && draft.State.Pending is { } pending)
        {
            // The devices' time to get ready starts now: before, there was nothing to fetch.
            var track = draft.State.Find(pending.ItemId)!.Track;
            var deadline = draft.Now + (Transitions.Patience(draft, track, draft.Options.ReadyWaitMs) * ServerMicros.PerMillisecond);
            var place = track.Live ? draft.Now.Value : pending.PositionMicros;
            draft.Add(new RoomEvent.PendingSet(pending with { PositionMicros = place, DeadlineMicros = deadline }, draft.State.Leader));
            Transitions.TryCommit(draft);
        }

        // A length that turned out shorter may have ended the item already.
        Transitions.CatchUp(draft);
        return null;
    }

    public static Decision.Refused? Failed(Draft draft, RoomInput.MediaFailed failed)
    {
        var item = draft.State.Queue.FirstOrDefault(candidate => candidate.Track.Id == failed.TrackId && candidate.Fault is null);
        if (item is null || (failed.IsForNow && draft.State.Queue.All(candidate => candidate.Track.Id != failed.TrackId || candidate.Media is not null)))
        {
            // What was there before and could not be looked at again this moment is not gone: one device's trouble skips nothing.
            return null;
        }

        draft.Add(new RoomEvent.TrackFaulted(failed.TrackId, failed.Fault));
        var notice = failed.Fault with { Message = $"“{item.Track.Title}” is passed over: {failed.Fault.Message}" };
        draft.Add(new RoomEvent.Noticed(NoticeLevel.Error, notice));

        if (draft.State.Pending is { } pending && draft.State.Find(pending.ItemId) is { Fault: not null })
        {
            GoOnFrom(draft, pending.ItemId);
        }
        else if (draft.State is { Pending: null, Status: PlaybackStatus.Playing } && draft.State.CurrentItem() is { Fault: not null } current)
        {
            GoOnFrom(draft, current.Id);
        }

        return null;
    }

    public static Decision.Refused? Titled(Draft draft, RoomInput.StreamTitled titled)
    {
        if (draft.State.Queue.Any(item => item.Track.Id == titled.TrackId && item.StreamTitle != titled.Title))
        {
            draft.Add(new RoomEvent.StreamTitled(titled.TrackId, titled.Title));
        }

        return null;
    }

    public static ImmutableArray<QueueItem> Titled(ImmutableArray<QueueItem> queue, RoomEvent.StreamTitled titled) =>
        Map(queue, titled.TrackId, item => item with { StreamTitle = titled.Title });

    public static Decision.Refused? Described(Draft draft, RoomInput.TrackDescribed described)
    {
        var learned = new RoomEvent.TrackDescribed(described.Track);
        if (!Described(draft.State.Queue, learned).SequenceEqual(draft.State.Queue))
        {
            draft.Add(learned);
        }

        return null;
    }

    /// <summary>The words and the cover; what is known of the length stays.</summary>
    public static ImmutableArray<QueueItem> Described(ImmutableArray<QueueItem> queue, RoomEvent.TrackDescribed described)
    {
        var (_, title, artist, album, _, coverUrl, _) = described.Track;
        return Map(queue, described.Track.Id, item => item with { Track = item.Track with { Title = title, Artist = artist, Album = album, CoverUrl = coverUrl } });
    }

    /// <summary>The state with what was learned of a track in every item that plays it.</summary>
    public static RoomState Learned(RoomState state, RoomEvent.MediaLearned learned)
    {
        var before = state.CurrentItem();
        var after = state with { Queue = Map(state.Queue, learned.TrackId, item => With(state, item, learned)) };
        var timeline = state.Timeline;
        if (timeline.Rate == 1 || before is null)
        {
            return after;
        }

        // A place held at the end stays at the end, and no place lies beyond it.
        var lengthMicros = after.CurrentItem()!.Track.DurationMicros;
        var wasAtEnd = timeline.PositionMicros > 0 && timeline.PositionMicros >= before.Track.DurationMicros;
        return wasAtEnd || timeline.PositionMicros > lengthMicros
            ? after with { Timeline = timeline with { PositionMicros = lengthMicros } }
            : after;
    }

    public static ImmutableArray<QueueItem> Faulted(ImmutableArray<QueueItem> queue, RoomEvent.TrackFaulted faulted) =>
        Map(queue, faulted.TrackId, item => item with { Fault = faulted.Fault });

    public static ImmutableArray<QueueItem> Cleared(ImmutableArray<QueueItem> queue, string itemId) =>
        [.. queue.Select(item => item.Id == itemId ? item with { Fault = null } : item)];

    /// <summary>Past an item that cannot sound: the next one is prepared; when there is none, what sounds goes on, or the room stops.</summary>
    private static void GoOnFrom(Draft draft, string itemId)
    {
        var state = draft.State;
        var next = QueueRules.PlayableAfter(state, state.IndexOf(itemId));
        if (state.CurrentItem() is { Fault: not null } && state.Timeline.Rate == 1)
        {
            var at = Transitions.Earliest(draft);
            var held = Timeline.Held(state.Timeline.ItemId, Math.Max(0, state.Timeline.PositionAt(at)), at);
            draft.Add(new RoomEvent.Advanced(held, PlaybackStatus.Stopped));
        }

        if (next is not null)
        {
            Transitions.Begin(draft, next.Id, 0, leader: null);
        }
        else
        {
            draft.Add(new RoomEvent.PendingDropped(PlaybackStatus.Stopped));
        }
    }

    /// <summary>The item with its media. A length that is known is not forgotten when the same sound is named again without it.</summary>
    private static QueueItem With(RoomState state, QueueItem item, RoomEvent.MediaLearned learned)
    {
        var media = learned.Media;
        if (media.Samples is null && item.Media is { Samples: not null } known && known.Key == media.Key)
        {
            media = media with { Samples = known.Samples };
        }

        return item with
        {
            Media = media,
            Fault = null,
            Track = media.ExactDurationMicros() is { } micros ? item.Track with { DurationMicros = micros } : item.Track,
            GainDb = Gain(state, item, learned.Gain),
        };
    }

    /// <summary>An item that sounds keeps its gain; one that plays beside others of its album has the album's.</summary>
    private static double Gain(RoomState state, QueueItem item, SoundGain? learned)
    {
        var sounds = state.Timeline.Rate == 1 && (state.Timeline.ItemId == item.Id || state.Outgoing?.ItemId == item.Id);
        if (learned is not { } gain || (sounds && item.Media is not null))
        {
            return item.GainDb;
        }

        var index = state.IndexOf(item.Id);
        return IsOfAlbum(index - 1) || IsOfAlbum(index + 1) ? gain.AlbumDb : gain.TrackDb;

        bool IsOfAlbum(int other) =>
            item.Track.Album.Length > 0 && other >= 0 && other < state.Queue.Length && state.Queue[other].Track.Album == item.Track.Album;
    }

    private static ImmutableArray<QueueItem> Map(ImmutableArray<QueueItem> queue, string trackId, Func<QueueItem, QueueItem> change) =>
        [.. queue.Select(item => item.Track.Id == trackId ? change(item) : item)];
}
