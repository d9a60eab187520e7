namespace Tutti.Server.Library;

/// <summary>A file that by its name may be music.</summary>
/// <param name="Path">Place within the music folder, parted by <c>/</c>.</param>
/// <param name="FolderPicture">The cover picture that lies beside it, absolute; null without one.</param>
public sealed record FoundFile(string Path, FileInfo Info, string? FolderPicture);

/// <summary>
/// Walks a music folder: files by extension, hidden ones passed over, links to folders followed but no folder entered twice,
/// so that links in a circle end. A folder that cannot be opened is told to <paramref name="onProblem"/> and passed over.
/// </summary>
public sealed class MusicFolderWalk(Action<string, Exception> onProblem)
{
    private static readonly HashSet<string> s_music = new(StringComparer.OrdinalIgnoreCase)
    {
        ".mp3", ".flac", ".ogg", ".oga", ".opus", ".m4a", ".m4b", ".mp4", ".aac", ".alac", ".wav", ".wave", ".w64", ".aif", ".aiff", ".aifc",
        ".wma", ".asf", ".ape", ".wv", ".tta", ".tak", ".mpc", ".mka", ".webm", ".ac3", ".dts", ".dsf", ".dff", ".au", ".caf", ".spx", ".mp2",
        ".mod", ".xm", ".it", ".s3m",
    };

    private static readonly string[] s_pictureNames = ["cover", "folder", "front", "album", "albumart"];
    private static readonly string[] s_pictureExtensions = [".jpg", ".jpeg", ".png", ".webp"];

    /// <summary>All files below <paramref name="root"/>, folder by folder in the order of their names.</summary>
    public IEnumerable<FoundFile> Files(DirectoryInfo root)
    {
        var entered = new HashSet<string>(StringComparer.Ordinal);
        var waiting = new Stack<(DirectoryInfo Folder, string Prefix)>();
        waiting.Push((root, ""));
        while (waiting.TryPop(out var next))
        {
            if (!entered.Add(RealPath(next.Folder)))
            {
                continue;
            }
            var entries = Entries(next.Folder);
            var picture = FolderPicture(entries);
            foreach (var entry in entries)
            {
                switch (entry)
                {
                    case FileInfo file when s_music.Contains(file.Extension):
                        yield return new FoundFile(next.Prefix + file.Name, file, picture);
                        break;
                    case DirectoryInfo folder:
                        waiting.Push((folder, $"{next.Prefix}{folder.Name}/"));
                        break;
                }
            }
        }
    }

    /// <summary>The cover picture in a folder; null without one.</summary>
    public static string? FolderPicture(DirectoryInfo folder)
    {
        try
        {
            return FolderPicture(folder.GetFileSystemInfos());
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string? FolderPicture(IReadOnlyCollection<FileSystemInfo> entries) => entries
        .OfType<FileInfo>()
        .Where(file => s_pictureExtensions.Contains(file.Extension, StringComparer.OrdinalIgnoreCase))
        .Select(file => (file, Rank: Array.FindIndex(s_pictureNames, name => name.Equals(Path.GetFileNameWithoutExtension(file.Name), StringComparison.OrdinalIgnoreCase))))
        .Where(candidate => candidate.Rank >= 0)
        .OrderBy(candidate => candidate.Rank)
        .ThenBy(candidate => candidate.file.Name, StringComparer.Ordinal)
        .Select(candidate => candidate.file.FullName)
        .FirstOrDefault();

    private List<FileSystemInfo> Entries(DirectoryInfo folder)
    {
        try
        {
            return
            [
                .. folder.EnumerateFileSystemInfos()
                    .Where(entry => !entry.Name.StartsWith('.'))
                    .OrderByDescending(entry => entry.Name, StringComparer.Ordinal),
            ];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            onProblem(folder.FullName, error);
            return [];
        }
    }

    private string RealPath(DirectoryInfo folder)
    {
        try
        {
            return (folder.ResolveLinkTarget(returnFinalTarget: true) ?? folder).FullName;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            onProblem(folder.FullName, error);
            return folder.FullName;
        }
    }
}
