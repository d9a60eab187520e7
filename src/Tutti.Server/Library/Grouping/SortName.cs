namespace Tutti.Server.Library.Grouping;

/// <summary>A name as lists are ordered by it: <c>The Beatles</c> stand among the B.</summary>
public static class SortName
{
    public static string Of(string name)
    {
        var folded = FoldedText.Name(name);
        return folded.StartsWith("the ", StringComparison.Ordinal) ? folded[4..] : folded;
    }
}
