using System.Globalization;
using System.Text;

namespace Tutti.Server.Library.Playlists;

/// <summary>An entry of an M3U file.</summary>
/// <param name="Place">Path or URL as written.</param>
/// <param name="Title">From <c>#EXTINF</c>, usually <c>Artist - Title</c>; empty without.</param>
/// <param name="Seconds">From <c>#EXTINF</c>; null without, or when it says that it does not know.</param>
public readonly record struct M3uEntry(string Place, string Title, int? Seconds);

/// <summary>Playlists as other players write and read them: extended M3U, UTF-8.</summary>
public static class M3u
{
    public const int MaxEntries = 10_000;

    /// <summary>Reads what players write: with or without <c>#EXTM3U</c>, any line ends, UTF-8 or, where it is not that, Latin-1.</summary>
    public static (string? Name, IReadOnlyList<M3uEntry> Entries) Read(ReadOnlySpan<byte> file)
    {
        var entries = new List<M3uEntry>();
        string? name = null;
        var (title, seconds) = ("", (int?)null);
        foreach (var raw in Decode(file).EnumerateLines())
        {
            var line = raw.Trim();
            if (line.StartsWith("#EXTINF:", StringComparison.OrdinalIgnoreCase))
            {
                (title, seconds) = ReadInfo(line[8..]);
            }
            else if (line.StartsWith("#PLAYLIST:", StringComparison.OrdinalIgnoreCase))
            {
                name = line[10..].Trim().ToString();
            }
            else if (line.Length > 0 && line[0] != '#' && entries.Count < MaxEntries)
            {
                entries.Add(new M3uEntry(line.ToString(), title, seconds));
                (title, seconds) = ("", null);
            }
        }
        return (name, entries);
    }

    /// <summary>Writes places within the music folders, which players that read the same folders find.</summary>
    public static string Write(string name, IEnumerable<LibraryTrack> tracks)
    {
        var text = new StringBuilder("#EXTM3U\n").Append("#PLAYLIST:").Append(OneLine(name)).Append('\n');
        foreach (var track in tracks)
        {
            var seconds = (track.DurationMicros + 500_000) / 1_000_000;
            text.Append(CultureInfo.InvariantCulture, $"#EXTINF:{seconds},{OneLine(track.Artist.Length > 0 ? $"{track.Artist} - {track.Title}" : track.Title)}\n")
                .Append(Place(track.Path)).Append('\n');
        }
        return text.ToString();
    }

    private static string Decode(ReadOnlySpan<byte> file)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(file).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            return Encoding.Latin1.GetString(file);
        }
    }

    // "215 tvg-id="x",Artist - Title"
    private static (string Title, int? Seconds) ReadInfo(ReadOnlySpan<char> info)
    {
        var comma = info.IndexOf(',');
        var number = comma < 0 ? info : info[..comma];
        var end = number.IndexOfAny(' ', '.');
        var seconds = int.TryParse(end < 0 ? number : number[..end], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var known) && known > 0 ? known : (int?)null;
        return (comma < 0 ? "" : info[(comma + 1)..].Trim().ToString(), seconds);
    }

    // So that a folder called "#1 hits" is no comment, and one that begins with a space keeps it.
    private static string Place(string path) => OneLine(path.StartsWith('#') || char.IsWhiteSpace(path, 0) ? $"./{path}" : path);

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");
}
