using System.Security.Cryptography;
using System.Text;

namespace Tutti.Server.Library.Grouping;

/// <summary>
/// Lasting ids: a letter for the kind and 16 hexadecimal digits of a hash of what makes the thing itself, so that a lost database gives the
/// same ids again and pages can be bookmarked.
/// </summary>
public static class LibraryIds
{
    /// <summary>An artist is a name, whatever its case and accents.</summary>
    public static string Artist(string name) => Of('r', FoldedText.Name(name));

    /// <summary>A genre is a name, whatever its case and accents.</summary>
    public static string Genre(string name) => Of('g', FoldedText.Name(name));

    /// <param name="key">From <see cref="AlbumKey"/>.</param>
    public static string Album(string key) => Of('a', key);

    /// <param name="root">The music folder, absolute.</param>
    /// <param name="directory">Within it, parted by <c>/</c>; empty for itself.</param>
    public static string Folder(string root, string directory) => Of('d', $"{root}\n{directory}");

    /// <param name="key">What makes the track: its first place.</param>
    public static string Track(string key) => Of('t', key);

    private static string Of(char kind, string key)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(key), hash);
        return kind + Convert.ToHexStringLower(hash[..8]);
    }
}
