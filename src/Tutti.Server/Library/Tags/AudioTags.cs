using System.Collections.Immutable;

namespace Tutti.Server.Library.Tags;

/// <summary>What the tags of one file say; absent ones are empty or null.</summary>
/// <param name="Artist">As it is shown.</param>
/// <param name="Artists">The same one by one: the tag's several values, or the one value taken apart.</param>
/// <param name="AlbumArtist">As it is shown; empty when the tag is absent.</param>
/// <param name="Genres">Without doubles.</param>
/// <param name="Compilation">Whether the tags call the album one of several artists.</param>
/// <param name="Gain">Levels that were measured by whoever tagged it.</param>
/// <param name="Ids">Names in the MusicBrainz database.</param>
/// <param name="Lyrics">Lines parted by <c>\n</c>.</param>
public sealed record AudioTags(
    string Title,
    string Artist,
    ImmutableArray<string> Artists,
    string Album,
    string AlbumArtist,
    ImmutableArray<string> AlbumArtists,
    int? DiscNumber,
    int? TrackNumber,
    int? Year,
    ImmutableArray<string> Genres,
    bool Compilation,
    ReplayGain Gain,
    MusicBrainzIds Ids,
    string Lyrics)
{
    public static AudioTags None { get; } =
        new("", "", [], "", "", [], null, null, null, [], false, ReplayGain.None, MusicBrainzIds.None, "");

    /// <summary>What tells them apart, lists included.</summary>
    public bool SameAs(AudioTags other) =>
        this with { Artists = [], AlbumArtists = [], Genres = [] } == other with { Artists = [], AlbumArtists = [], Genres = [] }
        && Artists.SequenceEqual(other.Artists) && AlbumArtists.SequenceEqual(other.AlbumArtists) && Genres.SequenceEqual(other.Genres);
}

/// <summary>ReplayGain 2.0: what to add so that the sound comes to −18 LUFS.</summary>
/// <param name="TrackGainDb">−60 to 60 dB; null when absent.</param>
/// <param name="TrackPeak">Largest sample, 1 = full scale; null when absent.</param>
public readonly record struct ReplayGain(double? TrackGainDb, double? TrackPeak, double? AlbumGainDb, double? AlbumPeak)
{
    public static ReplayGain None { get; }
}

/// <summary>Ids of musicbrainz.org as lower-case UUIDs; empty when absent. Of several, the first.</summary>
/// <param name="Recording">What is heard, on whatever album.</param>
/// <param name="Release">The album as it was published.</param>
public readonly record struct MusicBrainzIds(string Recording, string Release, string Artist, string AlbumArtist)
{
    public static MusicBrainzIds None { get; } = new("", "", "", "");
}
