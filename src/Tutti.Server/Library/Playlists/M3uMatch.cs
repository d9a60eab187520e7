namespace Tutti.Server.Library.Playlists;

/// <summary>A track in short, to find the entries of an M3U file among.</summary>
public readonly record struct M3uTarget(string Id, string Path, string Artist, string Title, long DurationMicros);

/// <summary>
/// Which track an M3U entry is: the one whose place ends in as many of the same folders and names as possible, at least the file's name where only one
/// track has it; else the one of the same artist and title. So lists survive another root, another computer and Windows' backslashes.
/// </summary>
public sealed class M3uMatch
{
    private const long SlackMicros = 5_000_000;
    private readonly ILookup<string, M3uTarget> _byFile;
    private readonly ILookup<string, M3uTarget> _byNames;

    public M3uMatch(IEnumerable<M3uTarget> tracks)
    {
        var all = tracks.ToList();
        _byFile = all.ToLookup(track => Parts(track.Path)[^1], StringComparer.Ordinal);
        _byNames = all.ToLookup(track => Names(track.Artist, track.Title), StringComparer.Ordinal);
    }

    /// <summary>Null when no track is it, or several could be.</summary>
    public string? Find(M3uEntry entry)
    {
        // Some players write paths as they are, some as parts of a URL; a name may hold a % of its own.
        if ((AtPlace(entry.Place) ?? AtPlace(Unescaped(entry.Place))) is { } found)
        {
            return found;
        }
        var dash = entry.Title.IndexOf(" - ", StringComparison.Ordinal);
        if (dash < 0)
        {
            return null;
        }
        var named = _byNames[Names(entry.Title[..dash], entry.Title[(dash + 3)..])]
            .Where(track => entry.Seconds is not { } seconds || Math.Abs(track.DurationMicros - (seconds * 1_000_000L)) <= SlackMicros).Take(2).ToList();
        return named.Count == 1 ? named[0].Id : null;
    }

    private string? AtPlace(string place)
    {
        var parts = Parts(place);
        var ranked = _byFile[parts[^1]].Select(track => (track, Same: SameTail(parts, Parts(track.Path)))).OrderByDescending(pair => pair.Same).Take(2).ToList();
        return ranked.Count > 0 && (ranked.Count == 1 || ranked[0].Same > ranked[1].Same) ? ranked[0].track.Id : null;
    }

    private static string Unescaped(string place) =>
        Uri.UnescapeDataString(Uri.TryCreate(place, UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeFile ? url.AbsolutePath : place);

    // Compared folded: file systems differ in how they write accents, and some ignore case.
    private static string[] Parts(string path) => [.. path.Replace('\\', '/').Split('/', StringSplitOptions.RemoveEmptyEntries).Select(FoldedText.Name).DefaultIfEmpty("")];

    private static string Names(string artist, string title) => $"{FoldedText.Name(artist)}\u0001{FoldedText.Name(title)}";

    private static int SameTail(string[] one, string[] other)
    {
        var same = 0;
        while (same < one.Length && same < other.Length && one[^(same + 1)] == other[^(same + 1)])
        {
            same++;
        }
        return same;
    }
}
