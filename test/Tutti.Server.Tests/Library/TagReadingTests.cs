using Tutti.Server.Library.Grouping;
using Tutti.Server.Library.Tags;

namespace Tutti.Server.Tests.Library;

/// <summary>Raw tags, as formats and taggers write them, to one meaning.</summary>
public sealed class TagReadingTests
{
    [Theory]
    [InlineData("title=A", "album_artist=B", "disc=1/2", "track=3/9", "compilation=1", "MusicBrainz Album Id=6f0b4f4e-6d5e-4f31-9c5e-0f3c8b8f6a11")]
    [InlineData("TITLE=A", "ALBUMARTIST=B", "DISCNUMBER=1", "TRACKNUMBER=03", "COMPILATION=true", "MUSICBRAINZ_ALBUMID=6F0B4F4E-6D5E-4F31-9C5E-0F3C8B8F6A11")]
    [InlineData("WM/Title=A", "WM/AlbumArtist=B", "WM/PartOfSet=1/2", "WM/TrackNumber=3", "WM/IsCompilation=1", "MusicBrainz/Album Id=6f0b4f4e-6d5e-4f31-9c5e-0f3c8b8f6a11")]
    public void The_names_of_every_format_mean_the_same(params string[] raw)
    {
        var tags = Read(raw);
        Assert.Equal(("A", "B", 1, 3, true), (tags.Title, tags.AlbumArtist, tags.DiscNumber, tags.TrackNumber, tags.Compilation));
        Assert.Equal("6f0b4f4e-6d5e-4f31-9c5e-0f3c8b8f6a11", tags.Ids.Release);
    }

    [Theory]
    [InlineData("Björk", "Björk")]
    [InlineData("AC/DC", "AC/DC")]
    [InlineData("Simon & Garfunkel", "Simon & Garfunkel")]
    [InlineData("Earth, Wind & Fire", "Earth, Wind & Fire")]
    [InlineData("Ann;Ben", "Ann|Ben")]
    [InlineData("Ann\0Ben", "Ann|Ben")]
    [InlineData("Ann / Ben", "Ann|Ben")]
    [InlineData("Ann feat. Ben", "Ann|Ben")]
    [InlineData("Ann (Feat. Ben)", "Ann|Ben")]
    [InlineData("Ann ft. Ben; ann", "Ann|Ben")]
    [InlineData("", "")]
    public void A_credit_is_taken_apart_with_care(string credit, string names) => Assert.Equal(names, string.Join('|', Read($"artist={credit}").Artists));

    [Fact]
    public void Several_values_are_shown_as_a_list() => Assert.Equal("Ann, Ben", Read("artist=Ann;Ben").Artist);

    [Theory]
    [InlineData("1997", 1997)]
    [InlineData("1997-09-22", 1997)]
    [InlineData("19970922", 1997)]
    [InlineData("22 May 1997", 1997)]
    [InlineData("97", null)]
    [InlineData("0000", null)]
    [InlineData("", null)]
    public void A_date_has_a_year(string date, int? year) => Assert.Equal(year, Read($"date={date}").Year);

    [Theory]
    [InlineData("REPLAYGAIN_TRACK_GAIN=-7.50 dB", -7.5)]
    [InlineData("replaygain_track_gain=+3.2", 3.2)]
    [InlineData("R128_TRACK_GAIN=-1280", 0.0)]
    [InlineData("REPLAYGAIN_TRACK_GAIN=loud", null)]
    [InlineData("REPLAYGAIN_TRACK_GAIN=1e9 dB", null)]
    [InlineData("REPLAYGAIN_TRACK_GAIN=NaN", null)]
    public void Gains_are_read_within_reason(string tag, double? gain) => Assert.Equal(gain, Read(tag).Gain.TrackGainDb);

    [Fact]
    public void Lyrics_keep_their_lines_whatever_their_language() => Assert.Equal("la\nlo", Read("lyrics-eng=la\r\nlo\0").Lyrics);

    [Fact]
    public void Hostile_text_becomes_plain()
    {
        var planes = string.Concat(Enumerable.Range(0, 17).Select(plane => char.ConvertFromUtf32((plane << 16) + 0x1041)));
        Assert.Equal(planes, Read($"title={planes}").Title);
        Assert.Equal("a b\uFFFDc", Read("title=\u0001a\u0007b\uD800c\n").Title);
        Assert.Equal(TagReading.MaxNameCharacters, Read($"title={new string('x', 100_000)}").Title.Length);
        Assert.True(Read($"title={string.Concat(Enumerable.Repeat("🎵", 400))}").Title.Length <= TagReading.MaxNameCharacters);
    }

    [Theory]
    [InlineData("A/Album/CD 2", "A/Album")]
    [InlineData("A/Album/disc_1", "A/Album")]
    [InlineData("CD1", "")]
    [InlineData("A/CD collection", "A/CD collection")]
    [InlineData("", "")]
    public void A_folder_for_a_disc_is_the_albums(string directory, string album) => Assert.Equal(album, AlbumKey.WithoutDisc(directory));

    private static AudioTags Read(params string[] raw) => TagReading.Of(raw.Select(pair => KeyValuePair.Create(pair[..pair.IndexOf('=')], pair[(pair.IndexOf('=') + 1)..])));
}
