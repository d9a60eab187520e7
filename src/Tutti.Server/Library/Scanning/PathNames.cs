using Tutti.Server.Library.Tags;

namespace Tutti.Server.Library.Scanning;

/// <summary>Sensible names for files without tags: <c>Artist/Album/03 - Title.mp3</c> and its usual variants.</summary>
public static class PathNames
{
    /// <summary>Fills what the tags left out from the place within the music folder.</summary>
    public static AudioTags Complete(AudioTags tags, string path)
    {
        var parts = path.Split('/');
        var folders = Grouping.AlbumKey.WithoutDisc(LibraryTrack.DirectoryOf(path)).Split('/', StringSplitOptions.RemoveEmptyEntries);
        var (number, artist, title) = Split(Path.GetFileNameWithoutExtension(parts[^1]));
        var shown = tags.Artist.Length > 0 ? tags.Artist
            : tags.AlbumArtist.Length > 0 ? tags.AlbumArtist
            : artist.Length > 0 ? artist
            : folders.Length >= 2 ? folders[^2] : "";
        return tags with
        {
            Title = tags.Title.Length > 0 ? tags.Title : title,
            Artist = shown,
            Artists = tags.Artists.Length > 0 ? tags.Artists : CreditedNames.Artists(shown),
            Album = tags.Album.Length > 0 ? tags.Album : folders.Length >= 1 ? folders[^1] : "",
            TrackNumber = tags.TrackNumber ?? number,
            DiscNumber = tags.DiscNumber ?? DiscOf(path),
        };
    }

    // ".../CD 2/..." is the second disc.
    private static int? DiscOf(string path)
    {
        var directory = LibraryTrack.DirectoryOf(path);
        var rest = Grouping.AlbumKey.WithoutDisc(directory);
        return rest.Length < directory.Length && int.TryParse(directory.AsSpan(directory.AsSpan().LastIndexOfAnyExceptInRange('0', '9') + 1), out var disc) && disc > 0
            ? disc : null;
    }

    // "03 - Title", "03. Title", "03 Title", "Artist - Title", "03 - Artist - Title".
    private static (int? Number, string Artist, string Title) Split(string name)
    {
        var rest = PlainText.Line(name, TagReading.MaxNameCharacters).Replace('_', ' ').Trim();
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
            : (number, "", rest.Length > 0 ? rest : PlainText.Line(name, TagReading.MaxNameCharacters));
    }
}
