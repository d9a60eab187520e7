using Tutti.Server.Library.Grouping;
using Tutti.Server.Library.Tags;

namespace Tutti.Server.Library;

/// <summary>A file of the library.</summary>
/// <param name="Id">Lasting id: <c>t</c> and 16 hexadecimal digits, kept when the file is moved or tagged anew.</param>
/// <param name="Folder">The music folder, absolute.</param>
/// <param name="Path">Place within the folder, parted by <c>/</c>.</param>
/// <param name="ModifiedMicros">Time of the last change as the file system says, µs since the Unix epoch.</param>
/// <param name="Tags">With names out of the path where the file says nothing. Lyrics are kept apart and empty here once stored.</param>
/// <param name="Cover">Where its picture is, and the picture's name.</param>
/// <param name="Reason">Why it cannot be read; empty unless <see cref="TrackState.Unreadable"/>.</param>
/// <param name="AddedMicros">When the library first saw it, µs since the Unix epoch.</param>
public sealed record LibraryTrack(
    string Id,
    string Folder,
    string Path,
    long SizeBytes,
    long ModifiedMicros,
    AudioTags Tags,
    SoundFormat Format,
    TrackCover Cover,
    TrackState State,
    string Reason,
    long AddedMicros)
{
    /// <summary>Times it was played to its half or for four minutes.</summary>
    public int Plays { get; init; }

    public string Title => Tags.Title;

    public string Artist => Tags.Artist;

    public string Album => Tags.Album;

    public long DurationMicros => Format.DurationMicros;

    public int Channels => Format.Channels;

    /// <summary>The file, absolute.</summary>
    public string FullPath => System.IO.Path.Combine(Folder, Path);

    /// <summary>The folder that holds it, within the music folder; empty at its top.</summary>
    public string Directory => DirectoryOf(Path);

    /// <summary>The album's lasting id; null for a track without an album.</summary>
    public string? AlbumId => AlbumKey.Of(Tags, Directory) is { } key ? LibraryIds.Album(key) : null;

    /// <summary>Artist, album, disc, number, title: the order of the list.</summary>
    public string SortKey =>
        $"{FoldedText.Of(Tags.AlbumArtist.Length > 0 ? Tags.AlbumArtist : Artist)}\u0001{FoldedText.Of(Album)}\u0001{Tags.DiscNumber ?? 0:D4}\u0001{Tags.TrackNumber ?? 0:D5}\u0001{FoldedText.Of(Title)}";

    internal static string DirectoryOf(string path) => path[..Math.Max(path.LastIndexOf('/'), 0)];
}

/// <summary>The sound as the container describes it.</summary>
/// <param name="DurationMicros">An estimate until the sound was decoded once.</param>
/// <param name="Channels">0 when unknown.</param>
/// <param name="SampleRate">Hz; 0 when unknown.</param>
/// <param name="BitRate">Bits per second on average; 0 when unknown.</param>
/// <param name="Codec">ffmpeg's name for it, such as <c>flac</c>; empty when unknown.</param>
public sealed record SoundFormat(long DurationMicros, int Channels, int SampleRate, int BitRate, string Codec)
{
    public static SoundFormat Unknown { get; } = new(0, 0, 0, 0, "");
}

/// <summary>Whether a track can be played.</summary>
public enum TrackState
{
    Playable,

    /// <summary>The file is there, but no sound could be found in it.</summary>
    Unreadable,

    /// <summary>The file was not there at the last scan; the track comes back when the file does.</summary>
    Missing,
}

/// <summary>Where a track's cover picture is.</summary>
public enum CoverSource
{
    None,

    /// <summary>Within the audio file.</summary>
    Embedded,

    /// <summary>A picture file beside it.</summary>
    Folder,
}

/// <summary>A track's cover.</summary>
/// <param name="Hash">The picture's name: 32 hexadecimal digits, the same for the same picture in many files; empty without one.</param>
public readonly record struct TrackCover(CoverSource Source, string Hash)
{
    public static TrackCover None { get; } = new(CoverSource.None, "");

    /// <summary>Path on this server; null without a picture.</summary>
    public string? Url => UrlOf(Hash);

    public static string? UrlOf(string hash) => hash.Length > 0 ? $"/api/covers/{hash}" : null;
}
