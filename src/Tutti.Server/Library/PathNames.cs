namespace Tutti.Server.Library;

/// <summary>Sensible names for files without tags: <c>Artist/Album/03 - Title.mp3</c> and its usual variants.</summary>
public static class PathNames
{
    /// <summary>Fills what the tags left out from the place within the music folder.</summary>
    public static ProbeOutcome.Sound Complete(ProbeOutcome.Sound sound, string path)
    {
        var parts = path.Split('/');
        var folders = parts[..^1];
        var (number, artist, title) = Split(Path.GetFileNameWithoutExtension(parts[^1]));
        return sound with
        {
            Title = sound.Title.Length > 0 ? sound.Title : title,
            Artist = sound.Artist.Length > 0 ? sound.Artist
                : sound.AlbumArtist.Length > 0 ? sound.AlbumArtist
                : artist.Length > 0 ? artist
                : folders.Length >= 2 ? folders[^2] : "",
            Album = sound.Album.Length > 0 ? sound.Album : folders.Length >= 1 ? folders[^1] : "",
            TrackNumber = sound.TrackNumber ?? number,
        };
    }

    // "03 - Title", "03. Title", "03 Title", "Artist - Title", "03 - Artist - Title".
    private static (int? Number, string Artist, string Title) Split(string name)
    {
        var rest = name.Replace('_', ' ').Trim();
        int? number = null;
        var digits = rest.AsSpan().IndexOfAnyExceptInRange('0', '9');
        if (digits is 1 or 2 or 3 && " .-".Contains(rest[digits]) && rest[digits..].TrimStart(' ', '.', '-') is { Length: > 0 } after)
        {
            number = int.Parse(rest.AsSpan(0, digits));
            rest = after;
        }
        var dash = rest.IndexOf(" - ", StringComparison.Ordinal);
        return dash > 0 && dash + 3 < rest.Length
            ? (number, rest[..dash].Trim(), rest[(dash + 3)..].Trim())
            : (number, "", rest.Length > 0 ? rest : name);
    }
}
