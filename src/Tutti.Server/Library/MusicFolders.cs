namespace Tutti.Server.Library;

/// <summary>The setting that names music folders: one, or several parted as in <c>PATH</c> (<c>:</c>, on Windows <c>;</c>).</summary>
public static class MusicFolders
{
    /// <summary>Absolute, each once, with names that differ. One folder that exists under the whole text is that folder, whatever it contains.</summary>
    public static IReadOnlyList<MusicFolder> Read(string setting)
    {
        var roots = Directory.Exists(setting) ? [setting] : setting.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var folders = new List<MusicFolder>();
        foreach (var root in roots.Select(root => Path.TrimEndingDirectorySeparator(Path.GetFullPath(root))).Distinct(StringComparer.Ordinal))
        {
            var name = Path.GetFileName(root) is { Length: > 0 } last ? last : root;
            var shown = name;
            for (var n = 2; folders.Exists(folder => folder.Name == shown); n++)
            {
                shown = $"{name} ({n})";
            }
            folders.Add(new MusicFolder(root, shown));
        }
        return folders;
    }
}
