namespace Tutti.Server.Library.Searching;

/// <summary>
/// How many slips lie between what was typed and the beginning of a word: letters left out, put in, taken for another, or two neighbours in
/// each other's place (optimal string alignment).
/// </summary>
public static class EditDistance
{
    /// <param name="most">More than this is not counted out: the answer is then <paramref name="most"/> + 1.</param>
    public static int ToPrefix(ReadOnlySpan<char> typed, ReadOnlySpan<char> word, int most)
    {
        // No prefix longer than this can be near enough.
        word = word[..Math.Min(word.Length, typed.Length + most)];
        if (word.Length < typed.Length - most)
        {
            return most + 1;
        }
        Span<int> rows = stackalloc int[3 * (word.Length + 1)];
        var before = rows[..(word.Length + 1)];
        var last = rows.Slice(word.Length + 1, word.Length + 1);
        var now = rows[(2 * (word.Length + 1))..];
        for (var j = 0; j < last.Length; j++)
        {
            last[j] = j;
        }
        for (var i = 1; i <= typed.Length; i++)
        {
            now[0] = i;
            var least = i;
            for (var j = 1; j < now.Length; j++)
            {
                var cost = typed[i - 1] == word[j - 1] ? 0 : 1;
                var steps = Math.Min(Math.Min(last[j] + 1, now[j - 1] + 1), last[j - 1] + cost);
                if (i > 1 && j > 1 && typed[i - 1] == word[j - 2] && typed[i - 2] == word[j - 1])
                {
                    steps = Math.Min(steps, before[j - 2] + 1);
                }
                now[j] = steps;
                least = Math.Min(least, steps);
            }
            if (least > most)
            {
                return most + 1;
            }
            var free = before;
            before = last;
            last = now;
            now = free;
        }
        var best = most + 1;
        foreach (var steps in last)
        {
            best = Math.Min(best, steps);
        }
        return best;
    }
}
