using System.IO.Enumeration;

namespace Tutti.Server.Library.Scanning;

/// <summary>A file that by its name may be music.</summary>
/// <param name="Path">Place within the music folder, parted by <c>/</c>.</param>
/// <param name="ModifiedMicros">µs since the Unix epoch.</param>
public readonly record struct FoundFile(MusicFolder Folder, string Path, long SizeBytes, long ModifiedMicros)
{
    public string FullPath => System.IO.Path.Combine(Folder.Root, Path);
}

/// <summary>
/// Walks a music folder: files by extension, hidden ones passed over, links to folders followed but no folder entered twice,
/// so that links in a circle end. A folder that cannot be opened is told to <paramref name="onProblem"/> and passed over.
/// </summary>
/// <param name="all">All music folders: what lies in one that lies in another belongs to the inner one, so that nothing is found twice.</param>
public sealed class MusicFolderWalk(Action<string, Exception> onProblem, IReadOnlyList<MusicFolder>? all = null)
{
    private static readonly HashSet<string> s_music = new(StringComparer.OrdinalIgnoreCase)
    {
        ".mp3", ".flac", ".ogg", ".oga", ".opus", ".m4a", ".m4b", ".mp4", ".aac", ".alac", ".wav", ".wave", ".w64", ".aif", ".aiff", ".aifc",
        ".wma", ".asf", ".ape", ".wv", ".tta", ".tak", ".mpc", ".mka", ".webm", ".ac3", ".dts", ".dsf", ".dff", ".au", ".caf", ".spx", ".mp2",
        ".mod", ".xm", ".it", ".s3m",
    };

    private static readonly string[] s_pictureNames = ["cover", "folder", "front", "album", "albumart"];
    private static readonly string[] s_pictureExtensions = [".jpg", ".jpeg", ".png", ".webp"];

    // All attributes are wanted: what is hidden here is a name that starts with a dot.
    private static readonly EnumerationOptions s_plain = new() { AttributesToSkip = 0, IgnoreInaccessible = false, RecurseSubdirectories = false };

    private (MusicFolder Folder, string Real)[]? _roots;

    /// <summary>Whether a name is one of music.</summary>
    public static bool IsMusic(string name) => s_music.Contains(Path.GetExtension(name));

    /// <summary>Whether a link to a folder was met: then a folder may be reached by several names, and which is its own only a whole walk tells.</summary>
    public bool MetLinks { get; private set; }

    /// <summary>All files below the folder, one directory after the other in the order of their names; pictures beside them go to <paramref name="pictures"/>.</summary>
    public IEnumerable<FoundFile> Files(MusicFolder folder, ICollection<FolderPicture> pictures) => Files(folder, "", below: true, pictures);

    /// <summary>The files of one directory, and, if wanted, of all below it; none when it is not there.</summary>
    /// <param name="directory">Within the folder, parted by <c>/</c>.</param>
    public IEnumerable<FoundFile> Files(MusicFolder folder, string directory, bool below, ICollection<FolderPicture> pictures)
    {
        var entered = new HashSet<string>(StringComparer.Ordinal);
        var waiting = new Stack<(string Full, string Prefix, Entry? PictureAbove)>();
        if (directory.Length == 0)
        {
            waiting.Push((folder.Root, "", null));
        }
        else if (Path.Combine(folder.Root, directory) is var start && Directory.Exists(start))
        {
            waiting.Push((start, directory + "/", IsDisc(directory) ? PictureAmong(Entries(Path.GetDirectoryName(start)!)) : null));
        }
        while (waiting.TryPop(out var next))
        {
            // Below a link, names go on from where it leads, so that every folder has one name here.
            var real = RealPath(next.Full);
            if (!entered.Add(real) || OwnerOf(real) is { } owner && owner.Root != folder.Root)
            {
                continue;
            }
            var entries = Entries(real);
            var own = PictureAmong(entries);
            var place = next.Prefix.TrimEnd('/');
            if (own is not null)
            {
                pictures.Add(new FolderPicture(folder.Root, place, own.Name, own.SizeBytes, own.ModifiedMicros, ""));
            }
            else if (IsDisc(place) && next.PictureAbove is { } above)
            {
                pictures.Add(new FolderPicture(folder.Root, place, "../" + above.Name, above.SizeBytes, above.ModifiedMicros, ""));
            }
            foreach (var entry in entries)
            {
                if (entry.IsDirectory)
                {
                    MetLinks |= entry.IsLink;
                    if (!below)
                    {
                        continue;
                    }
                    waiting.Push((Path.Combine(real, entry.Name), $"{next.Prefix}{entry.Name}/", own));
                }
                else if (IsMusic(entry.Name))
                {
                    yield return new FoundFile(folder, next.Prefix + entry.Name, entry.SizeBytes, entry.ModifiedMicros);
                }
            }
        }
    }

    /// <summary>The cover picture in a folder, or for a disc's folder the one beside it, absolute; null without one.</summary>
    public static string? FolderPicture(string folder)
    {
        var picture = PictureAmong(new MusicFolderWalk(static (_, _) => { }).Entries(folder));
        return picture is not null ? Path.Combine(folder, picture.Name)
            : IsDisc(Path.GetFileName(folder)) && Path.GetDirectoryName(folder) is { } album ? FolderPicture(album)
            : null;
    }

    /// <summary>Whether a name is one of a cover picture.</summary>
    public static bool IsPicture(string name) =>
        s_pictureExtensions.Contains(Path.GetExtension(name), StringComparer.OrdinalIgnoreCase)
        && s_pictureNames.Contains(Path.GetFileNameWithoutExtension(name), StringComparer.OrdinalIgnoreCase);

    internal static long Micros(DateTimeOffset time) => (time.UtcTicks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    private static Entry? PictureAmong(IEnumerable<Entry> entries) => entries
        .Where(static entry => !entry.IsDirectory && IsPicture(entry.Name))
        .OrderBy(static entry => Array.FindIndex(s_pictureNames, name => name.Equals(Path.GetFileNameWithoutExtension(entry.Name), StringComparison.OrdinalIgnoreCase)))
        .ThenBy(static entry => entry.Name, StringComparer.Ordinal)
        .FirstOrDefault();

    // One album in a folder for each disc has one picture beside them.
    private static bool IsDisc(string directory) => Grouping.AlbumKey.WithoutDisc(directory).Length < directory.Length;

    // Folders come last-first because they are stacked.
    private List<Entry> Entries(string folder)
    {
        try
        {
            // Names that are no UTF-8 arrive with the same stand-in for what cannot be read, and so may be the same.
            var entries = new FileSystemEnumerable<Entry?>(folder, Read, s_plain).OfType<Entry>().DistinctBy(static entry => entry.Name).ToList();
            entries.Sort(static (one, other) => string.CompareOrdinal(other.Name, one.Name));
            return entries;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            onProblem(folder, error);
            return [];
        }
    }

    private static Entry? Read(ref FileSystemEntry entry)
    {
        if (entry.FileName.StartsWith('.'))
        {
            return null;
        }
        if (!entry.Attributes.HasFlag(FileAttributes.ReparsePoint))
        {
            // Only what may be wanted costs a look at its size.
            var name = entry.FileName.ToString();
            return entry.IsDirectory ? new Entry(name, true, 0, 0)
                : IsMusic(name) || s_pictureExtensions.Contains(Path.GetExtension(name), StringComparer.OrdinalIgnoreCase)
                    ? new Entry(name, false, entry.Length, Micros(entry.LastWriteTimeUtc))
                    : null;
        }
        return ReadLink(entry.ToFullPath());
    }

    // A link counts as what it leads to; one that leads nowhere is told as an empty file, and so ends up among the unreadable.
    private static Entry ReadLink(string path)
    {
        var name = Path.GetFileName(path);
        try
        {
            return File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName switch
            {
                { } target when Directory.Exists(target) => new Entry(name, true, 0, 0, IsLink: true),
                { } target when new FileInfo(target) is { Exists: true } file => new Entry(name, false, file.Length, Micros(file.LastWriteTimeUtc)),
                _ => new Entry(name, false, 0, 0),
            };
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new Entry(name, false, 0, 0);
        }
    }

    // The innermost of the music folders that a directory is in; null where links have led out of all of them.
    private MusicFolder? OwnerOf(string real)
    {
        _roots ??= [.. (all ?? []).Select(folder => (folder, RealPath(folder.Root)))];
        (MusicFolder? Folder, int Length) owner = (null, 0);
        foreach (var (folder, root) in _roots)
        {
            if (root.Length > owner.Length && (real == root || real.StartsWith(Path.TrimEndingDirectorySeparator(root) + Path.DirectorySeparatorChar, StringComparison.Ordinal)))
            {
                owner = (folder, root.Length);
            }
        }
        return owner.Folder;
    }

    private string RealPath(string folder)
    {
        try
        {
            return (Directory.ResolveLinkTarget(folder, returnFinalTarget: true) ?? new DirectoryInfo(folder)).FullName;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            onProblem(folder, error);
            return folder;
        }
    }

    private sealed record Entry(string Name, bool IsDirectory, long SizeBytes, long ModifiedMicros, bool IsLink = false);
}
