using Tutti.Server.Library.Grouping;
using Tutti.Server.Library.Tags;

namespace Tutti.Server.Library.Scanning;

/// <summary>What was known before a scan against what was found: which files to open, which came back, which are gone. Pure.</summary>
internal sealed class ScanPlan
{
    private readonly Dictionary<(string Folder, string Path), KnownFile> _known;
    private readonly HashSet<string> _ids;
    private readonly string _firstFolder;

    private ScanPlan(IReadOnlyList<FoundFile> found, IReadOnlyList<KnownFile> known, IReadOnlyList<MusicFolder> present, IReadOnlyList<MusicFolder> all, IReadOnlyList<string> shut)
    {
        // A folder that is away for now (a disk not mounted) keeps its tracks as they are; one that was taken out of the settings does not.
        var away = all.Except(present).Select(folder => folder.Root).ToHashSet(StringComparer.Ordinal);
        var byPlace = known.ToDictionary(file => (file.Folder, file.Path));
        Displaced = DisplacedAmong(found, byPlace, away);
        _known = byPlace;
        foreach (var file in Displaced)
        {
            _known.Remove((file.Folder, file.Path));
        }
        _ids = known.Select(file => file.Id).ToHashSet(StringComparer.Ordinal);
        _firstFolder = all.Count > 0 ? all[0].Root : "";
        var places = found.Select(file => (file.Folder.Root, file.Path)).ToHashSet();
        Moves = new MoveMatch(known
            .Where(file => !away.Contains(file.Folder) && !places.Contains((file.Folder, file.Path)) && !shut.Any(folder => IsWithin(folder, file))).Concat(Displaced));
        Returned = [.. found.Select(At).OfType<KnownFile>().Where(file => file.State is TrackState.Missing)
            .Join(found, kept => (kept.Folder, kept.Path), file => (file.Folder.Root, file.Path), (kept, file) => (kept, file))
            .Where(pair => IsStillRight(pair.kept, pair.file)).Select(pair => pair.kept)];
        FoldersChanged = Returned.Count > 0 || Moves.Gone.Any(file => file.State is not TrackState.Missing);
    }

    /// <summary>
    /// Tracks in whose place the file of another one lies now, as when files are numbered anew: by its size and time of change it is that other's.
    /// Their own files are elsewhere, or gone.
    /// </summary>
    public IReadOnlyList<KnownFile> Displaced { get; }

    /// <summary>Tracks whose files are not where they were.</summary>
    public MoveMatch Moves { get; }

    /// <summary>Tracks that were missing and whose files are there again, unchanged.</summary>
    public IReadOnlyList<KnownFile> Returned { get; }

    public bool FoldersChanged { get; }

    /// <param name="present">Music folders that are there, of <paramref name="all"/>.</param>
    /// <param name="shut">Folders that could not be opened, absolute: what was known in them is neither there nor gone.</param>
    public static ScanPlan Of(
        IReadOnlyList<FoundFile> found, IReadOnlyList<KnownFile> known, IReadOnlyList<MusicFolder> present, IReadOnlyList<MusicFolder> all, IReadOnlyList<string> shut) =>
        new(found, known, present, all, shut);

    /// <summary>What is known of the place; null for a new one.</summary>
    public KnownFile? At(FoundFile file) => _known.GetValueOrDefault((file.Folder.Root, file.Path));

    /// <summary>Whether a file need not be opened. What could not be read is tried again each time: the fault may have been the reader's or the disk's.</summary>
    public static bool IsStillRight(KnownFile? kept, FoundFile file) => kept is { State: not TrackState.Unreadable } && IsSame(kept, file);

    /// <summary>Whether a file that could not be read now is known as that, and nothing about it has changed.</summary>
    public static bool IsStillUnreadable(KnownFile? kept, FoundFile file) => kept is { State: TrackState.Unreadable } && IsSame(kept, file);

    /// <summary>An id from the place, so that a lost database gives the same ids again; salted where a moved track still has it.</summary>
    public string NewId(FoundFile file)
    {
        var place = file.Folder.Root == _firstFolder ? file.Path : $"{file.Folder.Name}\n{file.Path}";
        for (var salt = 0; ; salt++)
        {
            var id = LibraryIds.Track(salt == 0 ? place : $"{place}\n{salt}");
            if (_ids.Add(id))
            {
                return id;
            }
        }
    }

    private static List<KnownFile> DisplacedAmong(
        IReadOnlyList<FoundFile> found, Dictionary<(string Folder, string Path), KnownFile> known, HashSet<string> away)
    {
        var changed = found.Where(file => known.TryGetValue((file.Folder.Root, file.Path), out var kept) && (kept.SizeBytes, kept.ModifiedMicros) != (file.SizeBytes, file.ModifiedMicros))
            .ToDictionary(file => (file.Folder.Root, file.Path));
        if (changed.Count == 0)
        {
            return [];
        }

        var stay = found.Select(file => (file.Folder.Root, file.Path)).ToHashSet();
        stay.ExceptWith(changed.Keys);
        var elsewhere = known.Values.Where(file => !stay.Contains((file.Folder, file.Path)) && !away.Contains(file.Folder))
            .Select(file => (file.SizeBytes, file.ModifiedMicros)).ToHashSet();
        return [.. changed.Values.Where(file => elsewhere.Contains((file.SizeBytes, file.ModifiedMicros))).Select(file => known[(file.Folder.Root, file.Path)])];
    }

    private static bool IsWithin(string folder, KnownFile file) => $"{file.Folder}/{file.Path}".StartsWith($"{folder.TrimEnd('/')}/", StringComparison.Ordinal);

    private static bool IsSame(KnownFile kept, FoundFile file) =>
        kept.Reading == TagReading.Version && kept.SizeBytes == file.SizeBytes && kept.ModifiedMicros == file.ModifiedMicros;
}
