using System.Collections.Immutable;

namespace Tutti.Server.Library.Playlists;

/// <summary>Changes to a playlist's tracks. Pure; null where a place does not exist or the list would grow too long.</summary>
public static class PlaylistEdit
{
    /// <param name="at">The index that the first then has; null: the end.</param>
    public static ImmutableArray<string>? Insert(ImmutableArray<string> tracks, IReadOnlyCollection<string> added, int? at)
    {
        var place = at ?? tracks.Length;
        return place < 0 || place > tracks.Length || tracks.Length + added.Count > Playlist.MaxTracks ? null : tracks.InsertRange(place, added);
    }

    /// <summary>Takes <paramref name="count"/> tracks out at <paramref name="from"/> and puts them in so that the first has index <paramref name="to"/>.</summary>
    public static ImmutableArray<string>? Move(ImmutableArray<string> tracks, int from, int to, int count)
    {
        if (from < 0 || count < 1 || from > tracks.Length - count || to < 0 || to > tracks.Length - count)
        {
            return null;
        }
        var moved = tracks.AsSpan(from, count).ToArray();
        return tracks.RemoveRange(from, count).InsertRange(to, moved);
    }

    public static ImmutableArray<string>? Remove(ImmutableArray<string> tracks, int from, int count) =>
        from < 0 || count < 1 || from > tracks.Length - count ? null : tracks.RemoveRange(from, count);
}
