namespace Tutti.Server.Library.Scanning;

/// <summary>
/// The files that a scan goes by. A whole walk finds them all. A walk of some folders finds those in them; the others are taken to be where they are
/// known to be. One that might have moved into the folders that were walked, by its size or its name, is looked for at its old place first, so that it keeps its id
/// also when the news of its going comes late.
/// </summary>
/// <param name="Walked">Those that were seen.</param>
/// <param name="Kept">Those that are taken to be where they were.</param>
internal sealed record FolderFinds(IReadOnlyList<FoundFile> Walked, IReadOnlyList<FoundFile> Kept)
{
    public IReadOnlyList<FoundFile> All => Kept.Count == 0 ? Walked : [.. Walked, .. Kept];

    /// <param name="known">What the library knows of all files.</param>
    /// <param name="present">The music folders that are there.</param>
    /// <param name="isThere">Whether there is a file at an absolute path.</param>
    public static FolderFinds Of(
        IReadOnlyList<FoundFile> walked, ScanScope scope, IReadOnlyList<KnownFile> known, IReadOnlyList<MusicFolder> present, Func<string, bool> isThere)
    {
        if (scope.IsEverything)
        {
            return new FolderFinds(walked, []);
        }

        var unchanged = known.Select(file => (file.Folder, file.Path, file.SizeBytes, file.ModifiedMicros)).ToHashSet();
        var arrived = walked.Where(file => !unchanged.Contains((file.Folder.Root, file.Path, file.SizeBytes, file.ModifiedMicros))).ToList();
        var sizes = arrived.Select(file => file.SizeBytes).ToHashSet();
        var names = arrived.Select(file => Path.GetFileName(file.Path)).ToHashSet(StringComparer.Ordinal);
        var folders = present.ToDictionary(folder => folder.Root, StringComparer.Ordinal);
        var keeps = new List<FoundFile>();
        foreach (var file in known.Where(file => file.State is not TrackState.Missing && !scope.Has(file.Folder, LibraryTrack.DirectoryOf(file.Path))))
        {
            if (folders.TryGetValue(file.Folder, out var folder))
            {
                var keep = new FoundFile(folder, file.Path, file.SizeBytes, file.ModifiedMicros);
                var mayBeOneOfThem = sizes.Contains(file.SizeBytes) || names.Contains(Path.GetFileName(file.Path));
                if (!mayBeOneOfThem || isThere(keep.FullPath))
                {
                    keeps.Add(keep);
                }
            }
        }

        return new FolderFinds(walked, keeps);
    }
}
