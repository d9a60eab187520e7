using Tutti.Server.Library;
using Tutti.Server.Library.Playlists;

namespace Tutti.Server.Api;

/// <param name="Total">Playlists on all pages.</param>
public sealed record PlaylistList(IReadOnlyList<PlaylistSummary> Playlists, int Total);

/// <summary>A playlist.</summary>
/// <param name="Owner">Whose it is, for people; empty: everybody's who needs no account here.</param>
/// <param name="Mine">Whether the caller made it.</param>
/// <param name="Shared">Whether others may see it.</param>
/// <param name="Editable">Whether the caller may change it.</param>
/// <param name="Version">Grows with each change; changes by index name the one that they are about.</param>
/// <param name="CoverUrls">Up to four different covers of its first tracks.</param>
/// <param name="ChangedMicros">µs since the Unix epoch.</param>
public sealed record PlaylistSummary(
    string Id, string Name, string Owner, bool Mine, bool Shared, bool Editable, long Version, int TrackCount, IReadOnlyList<string> CoverUrls, long ChangedMicros)
{
    /// <summary>How many of the first tracks are looked at for covers.</summary>
    public const int CoverTracks = 12;

    internal static PlaylistSummary Of(Playlist list, PlaylistReader reader, IReadOnlyDictionary<string, LibraryTrack> tracks) => new(
        list.Id, list.Name, list.OwnerName, reader.Owner is { Length: > 0 } owner && owner == list.Owner, list.Shared, reader.MayChange(list), list.Version,
        list.TrackIds.Length,
        [.. list.TrackIds.Take(CoverTracks).Select(id => tracks.GetValueOrDefault(id)?.Cover.Url).OfType<string>().Distinct().Take(4)], list.ChangedMicros);
}

/// <summary>A page of a playlist.</summary>
/// <param name="Total">Tracks on all pages.</param>
public sealed record PlaylistPage(long Version, IReadOnlyList<PlaylistEntry> Items, int Total);

/// <param name="Index">Place in the playlist, from 0.</param>
/// <param name="Track">Null when the library does not know it any more.</param>
public sealed record PlaylistEntry(int Index, string TrackId, Track? Track);

/// <summary>A playlist made of an M3U file.</summary>
/// <param name="Missing">Entries that no track was found for, as they stand in the file.</param>
public sealed record PlaylistImported(PlaylistSummary Playlist, IReadOnlyList<string> Missing);
