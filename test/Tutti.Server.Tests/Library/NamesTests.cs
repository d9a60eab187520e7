using Tutti.Server.Library;
using Tutti.Server.Library.Scanning;
using Tutti.Server.Library.Tags;

namespace Tutti.Server.Tests.Library;

/// <summary>Text for search and order, and names out of paths.</summary>
public sealed class NamesTests
{
    [Theory]
    [InlineData("Björk — Jóga", "bjork joga")]
    [InlineData("  Don't Stop  (Live) ", "dont stop live")]
    [InlineData("STRASSE straße Ærø Œuvre", "strasse strasse aero oeuvre")]
    [InlineData("Ελλάδα Ёлка", "ελλαδα елка")]
    [InlineData("夜に駆ける", "夜に駆ける")]
    [InlineData("e\u0301te\u0301", "ete")]
    [InlineData("🎵", "🎵")]
    [InlineData("?!", "")]
    public void Folding_leaves_what_search_should_see(string text, string folded) => Assert.Equal(folded, FoldedText.Of(text));

    [Theory]
    [InlineData("Artist/Album/03 - Title.mp3", "Artist", "Album", 3, "Title")]
    [InlineData("Artist/Album/03. Title.mp3", "Artist", "Album", 3, "Title")]
    [InlineData("Album/Singer - Song.ogg", "Singer", "Album", null, "Song")]
    [InlineData("12 - Singer - Song_two.ogg", "Singer", "", 12, "Song two")]
    [InlineData("1999.flac", "", "", null, "1999")]
    [InlineData("99 Luftballons.mp3", "", "", 99, "Luftballons")]
    [InlineData(".mp3", "", "", null, "")]
    public void Names_come_from_the_path_where_tags_are_missing(string path, string artist, string album, int? number, string title)
    {
        var names = PathNames.Complete(AudioTags.None, path);
        Assert.Equal((artist, album, number, title), (names.Artist, names.Album, names.TrackNumber, names.Title));
    }

    [Fact]
    public void Tags_win_over_the_path()
    {
        var tags = AudioTags.None with { Title = "T", Artist = "A", Artists = ["A"], Album = "B", TrackNumber = 7 };
        Assert.Equal(tags, PathNames.Complete(tags, "X/Y/01 - Z.mp3"));
    }
}
