using Tutti.Server.Library.Searching;

namespace Tutti.Server.Tests.Library;

/// <summary>Slips of the finger and the order of matches.</summary>
public sealed class SearchCoreTests
{
    [Theory]
    [InlineData("bjork", "bjork", 0)]
    [InlineData("bjo", "bjork", 0)]
    [InlineData("bjrok", "bjork", 1)]
    [InlineData("bork", "bjork", 1)]
    [InlineData("bjoerk", "bjork", 1)]
    [InlineData("biork", "bjork", 1)]
    [InlineData("homogneci", "homogenic", 2)]
    [InlineData("abcd", "wxyz", 3)]
    [InlineData("abcdef", "a", 3)]
    [InlineData("", "word", 0)]
    public void Slips_are_counted_up_to_a_limit(string typed, string word, int slips) => Assert.Equal(slips, EditDistance.ToPrefix(typed, word, 2));

    [Fact]
    public void A_vocabulary_knows_beginnings_and_what_is_near()
    {
        var vocabulary = new Vocabulary(["home", "homogenic", "hello", "yellow", "home"]);
        Assert.Equal(4, vocabulary.Count);
        Assert.True(vocabulary.Has("hom"));
        Assert.False(vocabulary.Has("homz"));
        Assert.Equal(["hello", "yellow"], vocabulary.Near("hellow"));
        Assert.Empty(vocabulary.Near("hxm"));
    }

    [Fact]
    public void Names_come_before_what_they_belong_to_and_whole_ones_first()
    {
        Candidate[] candidates =
        [
            new("other", "door", "home", 0), new("inside", "going home", "x", 0), new("begins", "homeward bound", "x", 0), new("words", "home again", "x", 0),
            new("whole", "home", "x", 0), new("popular", "coming home", "x", 200),
        ];
        Assert.Equal(["whole", "words", "begins", "popular", "inside", "other"], Ranking.Of(["home"], candidates).Select(candidate => candidate.Id));
    }
}
