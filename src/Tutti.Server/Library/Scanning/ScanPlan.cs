using Tutti.Server.Library.Grouping;
using Tutti.Server.Library.Tags;

namespace Tutti.Server.Library.Scanning;

/// <summary>What was known before a scan against what was found: which files to open, which came back, which are gone. Pure.</summary>
internal sealed class ScanPlan
{
    private readonly Dictionary<(string Folder, string Path), KnownFile> _known;
    private readonly HashSet<string> _ids;
    private readonly string _firstFolder;

    private ScanPlan(IReadOnlyList<FoundFile> found, IReadOnlyList<KnownFile> known, IReadOnlyList<MusicFolder> present, IReadOnlyList<MusicFolder> all)
    {
        _known = known.ToDictionary(file => (file.Folder, file.Path));
        _ids = known.Select(file => file.Id).ToHashSet(StringComparer.Ordinal);
        _firstFolder = all.Count > 0 ? all[0].Root : "";
        var places = found.Select(file => (file.Folder.Root, file.Path)).ToHashSet();
        // A folder that is away for now (a disk not mounted) keeps its tracks as they are; one that was taken out of the settings does not.
        var away = all.Except(present).Select(folder => folder.Root).ToHashSet(StringComparer.Ordinal);
        Moves = new MoveMatch(known.Where(file => !away.Contains(file.Folder) && !places.Contains((file.Folder, file.Path))));
        Returned = [.. found.Select(At).OfType<KnownFile>().Where(file => file.State is TrackState.Missing)
            .Join(found, kept => (kept.Folder, kept.Path), file => (file.Folder.Root, file.Path), (kept, file) => (kept, file))
            .Where(pair => IsStillRight(pair.kept, pair.file)).Select(pair => pair.kept)];
        FoldersChanged = Returned.Count > 0 || Moves.Gone.Any(file => file.State is not TrackState.Missing);
    }

    /// <summary>Tracks whose files are not where they were.</summary>
    public MoveMatch Moves { get; }

    /// <summary>Tracks that were missing and whose files are there again, unchanged.</summary>
    public IReadOnlyList<KnownFile> Returned { get; }

    public bool FoldersChanged { get; }

    public static ScanPlan Of(
        IReadOnlyList<FoundFile> found, IReadOnlyList<KnownFile> known, IReadOnlyList<MusicFolder> present, IReadOnlyList<MusicFolder> all) =>
        new(found, known, present, all);

    /// <summary>What is known of the place; null for a new one.</summary>
    public KnownFile? At(FoundFile file) => _known.GetValueOrDefault((file.Folder.Root, file.Path));

    /// <summary>Whether a file need not be opened. What could not be read is tried again each time: the fault may have been the reader's or the disk's.</summary>
    public static bool IsStillRight(KnownFile? kept, FoundFile file) =>
        kept is not null && kept.State is not TrackState.Unreadable && kept.Reading == TagReading.Version
        && kept.SizeBytes == file.SizeBytes && kept.ModifiedMicros == file.ModifiedMicros;

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
}
