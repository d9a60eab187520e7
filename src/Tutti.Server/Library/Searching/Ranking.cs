namespace Tutti.Server.Library.Searching;

/// <summary>Something that may be what is looked for, as the index knows it.</summary>
/// <param name="Name">Its own words; <paramref name="Other"/>: words of what it belongs to. Both as <see cref="SearchWords.Text"/> makes them.</param>
public readonly record struct Candidate(string Id, string Name, string Other, long Plays);

/// <summary>Which of several matches comes first.</summary>
public static class Ranking
{
    /// <summary>
    /// The whole name; a name that begins so; words of the name; some words of the name; words of something else only. Words that are whole
    /// count a little more than beginnings, and what was played often counts a little more again.
    /// </summary>
    /// <param name="words">What was typed.</param>
    public static IReadOnlyList<Candidate> Of(IReadOnlyList<string> words, IEnumerable<Candidate> candidates)
    {
        var whole = string.Join(' ', words);
        return
        [
            .. candidates.DistinctBy(candidate => candidate.Id)
                .Select(candidate => (candidate, Score: Score(words, whole, candidate)))
                .OrderByDescending(pair => pair.Score)
                .ThenBy(pair => pair.candidate.Name.Length).ThenBy(pair => pair.candidate.Name, StringComparer.Ordinal).ThenBy(pair => pair.candidate.Id, StringComparer.Ordinal)
                .Select(pair => pair.candidate),
        ];
    }

    private static double Score(IReadOnlyList<string> words, string whole, Candidate candidate)
    {
        var score = Math.Min(8, Math.Log2(1 + candidate.Plays));
        if (candidate.Name == whole)
        {
            return 100 + score;
        }
        if (candidate.Name.StartsWith(whole, StringComparison.Ordinal))
        {
            return 80 + score + (candidate.Name[whole.Length] == ' ' ? 5 : 0);
        }
        var own = candidate.Name.Split(' ');
        var exact = words.Count(word => own.Contains(word));
        var begun = words.Count(word => Array.Exists(own, one => one.StartsWith(word, StringComparison.Ordinal)));
        return (40.0 * begun / words.Count) + (10.0 * exact / words.Count) + score;
    }
}
