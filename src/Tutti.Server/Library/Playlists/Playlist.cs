using System.Collections.Immutable;

namespace Tutti.Server.Library.Playlists;

/// <summary>A list of tracks that somebody keeps.</summary>
/// <param name="Id"><c>p</c> and 16 hexadecimal digits.</param>
/// <param name="Owner">Whose it is: the account's id; empty: everybody's who may use this server without an account.</param>
/// <param name="OwnerName">For people, as it was when the list was made; empty without an account.</param>
/// <param name="Shared">Whether others may see it.</param>
/// <param name="Version">Grows with each change.</param>
/// <param name="ChangedMicros">µs since the Unix epoch.</param>
public sealed record Playlist(string Id, string Name, string Owner, string OwnerName, bool Shared, long Version, long ChangedMicros, ImmutableArray<string> TrackIds)
{
    public const int MaxTracks = 10_000;
    public const int MaxNameLength = 200;

    /// <summary>Playlists that one owner may have.</summary>
    public const int MaxPerOwner = 1_000;
}

/// <summary>Who looks at playlists.</summary>
/// <param name="Owner">As in <see cref="Playlist.Owner"/>; null for somebody who may only look: a guest of a room.</param>
/// <param name="Administrates">May remove what others share.</param>
public readonly record struct PlaylistReader(string? Owner, string Name, bool Administrates)
{
    public bool MaySee(Playlist list) => list.Owner == Owner || list.Shared || list.Owner.Length == 0;

    /// <summary>Lists of nobody in particular are everybody's but the guests'.</summary>
    public bool MayChange(Playlist list) => Owner is not null && (list.Owner == Owner || list.Owner.Length == 0);

    public bool MayRemove(Playlist list) => MayChange(list) || (Administrates && MaySee(list));
}

/// <summary>Port: where playlists are kept.</summary>
public interface IPlaylistStore
{
    Task<Playlist?> FindAsync(string id, CancellationToken ct);

    /// <summary>Those that a reader may see, by name.</summary>
    /// <param name="words">Words that must all begin a word of the name, whatever their case and accents; empty: all.</param>
    Task<Page<Playlist>> ListAsync(PlaylistReader reader, string words, PageRange range, CancellationToken ct);

    Task<int> CountAsync(string owner, CancellationToken ct);

    /// <summary>Keeps a list. False when it was changed, or is gone, since <paramref name="before"/>, its version then; 0 for a new one.</summary>
    Task<bool> SaveAsync(Playlist list, long before, CancellationToken ct);

    Task RemoveAsync(string id, CancellationToken ct);

    /// <summary>Removes what an owner kept to themselves; what is shared stays.</summary>
    Task RemoveUnsharedAsync(string owner, CancellationToken ct);
}
