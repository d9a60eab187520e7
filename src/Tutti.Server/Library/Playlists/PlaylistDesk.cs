using System.Collections.Immutable;
using System.Security.Cryptography;

namespace Tutti.Server.Library.Playlists;

/// <summary>What came of a wish. Closed.</summary>
public abstract record PlaylistOutcome
{
    private PlaylistOutcome()
    {
    }

    public sealed record Done(Playlist List) : PlaylistOutcome;

    /// <summary>There is none, or none that this reader may see.</summary>
    public sealed record NotFound : PlaylistOutcome;

    /// <summary>It may be seen, but not changed.</summary>
    public sealed record NotAllowed : PlaylistOutcome;

    /// <summary>It is not as the wish expected it any more.</summary>
    public sealed record Changed : PlaylistOutcome;

    /// <summary>A place that does not exist, or too many.</summary>
    public sealed record OutOfRange(string Why) : PlaylistOutcome;
}

/// <summary>Makes, changes and removes playlists for those who may.</summary>
public sealed class PlaylistDesk(IPlaylistStore store, ITrackStore tracks, IScanStore known, TimeProvider clock)
{
    private const int Tries = 5;

    public async Task<PlaylistOutcome> FindAsync(string id, PlaylistReader reader, CancellationToken ct) =>
        await store.FindAsync(id, ct) is { } list && reader.MaySee(list) ? new PlaylistOutcome.Done(list) : new PlaylistOutcome.NotFound();

    public async Task<PlaylistOutcome> CreateAsync(string name, bool shared, ImmutableArray<string> trackIds, PlaylistReader owner, CancellationToken ct)
    {
        if (owner.Owner is null)
        {
            return new PlaylistOutcome.NotAllowed();
        }
        if (await store.CountAsync(owner.Owner, ct) >= Playlist.MaxPerOwner)
        {
            return new PlaylistOutcome.OutOfRange($"there are {Playlist.MaxPerOwner} playlists already.");
        }
        if (await WrongAsync(trackIds, ct) is { } wrong)
        {
            return wrong;
        }
        var id = "p" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        var list = new Playlist(id, name, owner.Owner, owner.Name, shared, 1, NowMicros, trackIds);
        return await store.SaveAsync(list, 0, ct) ? new PlaylistOutcome.Done(list) : new PlaylistOutcome.Changed();
    }

    /// <summary>Changes name or sharing; null leaves as it is.</summary>
    public Task<PlaylistOutcome> DescribeAsync(string id, string? name, bool? shared, PlaylistReader reader, CancellationToken ct) =>
        ChangeAsync(id, null, reader, list => list with { Name = name ?? list.Name, Shared = shared ?? list.Shared }, ct);

    /// <summary>Changes the tracks.</summary>
    /// <param name="version">The version that the wish is about; null: whatever it is now.</param>
    /// <param name="edit">See <see cref="PlaylistEdit"/>.</param>
    public Task<PlaylistOutcome> EditAsync(
        string id, long? version, PlaylistReader reader, Func<ImmutableArray<string>, ImmutableArray<string>?> edit, CancellationToken ct) =>
        ChangeAsync(id, version, reader, list => edit(list.TrackIds) is { } changed ? list with { TrackIds = changed } : null, ct);

    /// <summary>The same with tracks that must exist.</summary>
    public async Task<PlaylistOutcome> EditAsync(
        string id, long? version, PlaylistReader reader, ImmutableArray<string> trackIds, Func<ImmutableArray<string>, ImmutableArray<string>?> edit, CancellationToken ct) =>
        await WrongAsync(trackIds, ct) is { } wrong ? wrong : await EditAsync(id, version, reader, edit, ct);

    public async Task<PlaylistOutcome> RemoveAsync(string id, PlaylistReader reader, CancellationToken ct)
    {
        if (await store.FindAsync(id, ct) is not { } list || !reader.MaySee(list))
        {
            return new PlaylistOutcome.NotFound();
        }
        if (!reader.MayRemove(list))
        {
            return new PlaylistOutcome.NotAllowed();
        }
        await store.RemoveAsync(id, ct);
        return new PlaylistOutcome.Done(list);
    }

    /// <summary>An M3U file as a list of this library's tracks.</summary>
    /// <returns>The tracks, and the entries that none was found for.</returns>
    public async Task<(string? Name, ImmutableArray<string> TrackIds, IReadOnlyList<M3uEntry> Missing)> ReadAsync(byte[] file, CancellationToken ct)
    {
        var (name, entries) = M3u.Read(file);
        var match = new M3uMatch((await known.KnownAsync(ct)).Where(one => one.State is TrackState.Playable).Select(Target));
        var found = entries.Select(entry => (entry, Id: match.Find(entry))).ToList();
        return (name, [.. found.Select(pair => pair.Id).OfType<string>()], [.. found.Where(pair => pair.Id is null).Select(pair => pair.entry)]);
    }

    private long NowMicros => (clock.GetUtcNow().UtcTicks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    // A track's fingerprint begins with its folded title and artist (MoveMatch).
    private static M3uTarget Target(KnownFile file)
    {
        var names = file.Fingerprint.Split('\u0001');
        return new M3uTarget(file.Id, file.Path, names.ElementAtOrDefault(1) ?? "", names[0], file.DurationMicros);
    }

    private async Task<PlaylistOutcome?> WrongAsync(ImmutableArray<string> trackIds, CancellationToken ct)
    {
        if (trackIds.Length > Playlist.MaxTracks)
        {
            return new PlaylistOutcome.OutOfRange($"a playlist holds at most {Playlist.MaxTracks} tracks.");
        }
        var found = (await tracks.FindAsync(trackIds, ct)).Select(track => track.Id).ToHashSet(StringComparer.Ordinal);
        return trackIds.FirstOrDefault(id => !found.Contains(id)) is { } unknown ? new PlaylistOutcome.OutOfRange($"there is no track {unknown}.") : null;
    }

    private async Task<PlaylistOutcome> ChangeAsync(string id, long? version, PlaylistReader reader, Func<Playlist, Playlist?> change, CancellationToken ct)
    {
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            if (await store.FindAsync(id, ct) is not { } list || !reader.MaySee(list))
            {
                return new PlaylistOutcome.NotFound();
            }
            if (!reader.MayChange(list))
            {
                return new PlaylistOutcome.NotAllowed();
            }
            if (version is { } expected && expected != list.Version)
            {
                return new PlaylistOutcome.Changed();
            }
            if (change(list) is not { } changed)
            {
                return new PlaylistOutcome.OutOfRange($"the playlist has {list.TrackIds.Length} tracks, and takes {Playlist.MaxTracks}.");
            }
            changed = changed with { Version = list.Version + 1, ChangedMicros = NowMicros };
            if (await store.SaveAsync(changed, list.Version, ct))
            {
                return new PlaylistOutcome.Done(changed);
            }
        }
        return new PlaylistOutcome.Changed();
    }
}
