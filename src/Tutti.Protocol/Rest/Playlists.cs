namespace Tutti.Protocol.Rest;

/// <summary>A playlist.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Shown to people.</param>
/// <param name="Owner">Whose it is, for people; empty: everybody's.</param>
/// <param name="Mine">Whether the caller made it.</param>
/// <param name="Shared">Whether others may see it.</param>
/// <param name="Editable">Whether the caller may change it.</param>
/// <param name="Version">Grows with each change; changes by index may name the one that they are about.</param>
/// <param name="TrackCount">Tracks in it.</param>
/// <param name="CoverUrls">Up to four different covers of its first tracks.</param>
/// <param name="ChangedMicros">µs since the Unix epoch.</param>
public sealed record PlaylistSummary(
    string Id, string Name, string Owner, bool Mine, bool Shared, bool Editable, long Version, int TrackCount, IReadOnlyList<string> CoverUrls, long ChangedMicros);

/// <summary>Some of the playlists that the caller may see, by name.</summary>
/// <param name="Playlists">This page.</param>
/// <param name="Total">On all pages.</param>
public sealed record PlaylistList(IReadOnlyList<PlaylistSummary> Playlists, int Total);

/// <summary>A page of a playlist's tracks.</summary>
/// <param name="Version">The version that this is of.</param>
/// <param name="Items">In order.</param>
/// <param name="Total">Tracks on all pages.</param>
public sealed record PlaylistPage(long Version, IReadOnlyList<PlaylistEntry> Items, int Total);

/// <summary>A place in a playlist.</summary>
/// <param name="Index">From 0.</param>
/// <param name="TrackId">The track.</param>
/// <param name="Track">Null when the library does not know it any more.</param>
public sealed record PlaylistEntry(int Index, string TrackId, Track? Track);

/// <summary>A playlist made of an M3U file.</summary>
/// <param name="Playlist">The playlist.</param>
/// <param name="Missing">Entries that no track was found for, as they stand in the file.</param>
public sealed record PlaylistImported(PlaylistSummary Playlist, IReadOnlyList<string> Missing);
