namespace Tutti.Server.Library;

/// <summary>A file of the library.</summary>
/// <param name="Id">Lasting id: <c>t</c> and 16 hexadecimal digits, kept when the file is moved within the folder.</param>
/// <param name="Folder">The music folder, absolute.</param>
/// <param name="Path">Place within the folder, parted by <c>/</c>.</param>
/// <param name="ModifiedMicros">Time of the last change as the file system says, µs since the Unix epoch.</param>
/// <param name="DurationMicros">As the container says; an estimate until the sound was decoded once.</param>
/// <param name="Reason">Why it cannot be read; empty unless <see cref="TrackState.Unreadable"/>.</param>
public sealed record LibraryTrack(
    string Id,
    string Folder,
    string Path,
    long SizeBytes,
    long ModifiedMicros,
    string Title,
    string Artist,
    string Album,
    string AlbumArtist,
    int? DiscNumber,
    int? TrackNumber,
    int? Year,
    long DurationMicros,
    int Channels,
    CoverSource Cover,
    TrackState State,
    string Reason)
{
    /// <summary>The file, absolute.</summary>
    public string FullPath => System.IO.Path.Combine(Folder, Path);

    /// <summary>Title, artist and album as search sees them.</summary>
    public string SearchText => FoldedText.Of($"{Title} {Artist} {Album} {AlbumArtist}");

    /// <summary>Artist, album, disc, number, title: the order of the list.</summary>
    public string SortKey =>
        $"{FoldedText.Of(AlbumArtist.Length > 0 ? AlbumArtist : Artist)}\u0001{FoldedText.Of(Album)}\u0001{DiscNumber ?? 0:D4}\u0001{TrackNumber ?? 0:D5}\u0001{FoldedText.Of(Title)}";
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

/// <summary>Which part of the list is wanted.</summary>
/// <param name="Text">Words that must all occur in title, artist or album, whatever their case and accents; empty for all tracks.</param>
/// <param name="Offset">Tracks to pass over, from 0.</param>
/// <param name="Limit">Tracks wanted, 1 to <see cref="MaxLimit"/>.</param>
/// <param name="State">Playable ones, or those that are not and why.</param>
public sealed record TrackQuery(string Text = "", int Offset = 0, int Limit = 100, TrackState State = TrackState.Playable)
{
    public const int MaxLimit = 1_000;
    public const int MaxWords = 16;

    /// <summary>The folded words of <see cref="Text"/>, no more than <see cref="MaxWords"/>.</summary>
    public IReadOnlyList<string> Words => [.. FoldedText.Of(Text).Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct().Take(MaxWords)];
}

/// <summary>A part of the list.</summary>
/// <param name="Total">Tracks that match, on all pages.</param>
public sealed record TrackPage(IReadOnlyList<LibraryTrack> Tracks, int Total);
