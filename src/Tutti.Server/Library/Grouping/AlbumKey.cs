using System.Text.RegularExpressions;
using Tutti.Server.Library.Tags;

namespace Tutti.Server.Library.Grouping;

/// <summary>
/// Which album a track belongs to, decided from the track alone: by MusicBrainz's id where there is one, else by album artist and title,
/// else by title and folder, so that an album of several artists without an album artist stays one. A folder for each disc is no other folder.
/// </summary>
public static partial class AlbumKey
{
    /// <summary>Null for a track without an album.</summary>
    /// <param name="directory">The file's folder within the music folder, parted by <c>/</c>; empty at its top.</param>
    public static string? Of(AudioTags tags, string directory)
    {
        if (tags.Album.Length == 0)
        {
            return null;
        }
        if (tags.Ids.Release.Length > 0)
        {
            return $"release\n{tags.Ids.Release}";
        }
        return tags.AlbumArtist.Length > 0
            ? $"by\n{FoldedText.Name(tags.AlbumArtist)}\n{FoldedText.Name(tags.Album)}"
            : $"in\n{WithoutDisc(directory)}\n{FoldedText.Name(tags.Album)}";
    }

    /// <summary><c>Artist/Album/CD 2</c> → <c>Artist/Album</c>.</summary>
    public static string WithoutDisc(string directory)
    {
        var last = directory.LastIndexOf('/');
        return DiscFolder().IsMatch(directory.AsSpan(last + 1)) ? directory[..Math.Max(last, 0)] : directory;
    }

    [GeneratedRegex(@"^(cd|disc|disk|dvd)[ _.\-]*[0-9]{1,2}$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex DiscFolder();
}
