using System.Text;

namespace Tutti.Server.Library.Searching;

/// <summary>
/// The words by which something is found: folded (<see cref="FoldedText"/>), parted by single spaces. Scripts that write no spaces are taken
/// sign by sign, so that a part of a Japanese or Chinese name finds it.
/// </summary>
public static class SearchWords
{
    public const int MaxWords = 16;

    /// <summary>The words as one text, fit for an index.</summary>
    public static string Text(string name)
    {
        var folded = FoldedText.Of(name);
        if (!folded.Any(IsSign))
        {
            return folded;
        }
        var parted = new StringBuilder(folded.Length * 2);
        foreach (var letter in folded)
        {
            if (IsSign(letter))
            {
                parted.Append(' ').Append(letter).Append(' ');
            }
            else
            {
                parted.Append(letter);
            }
        }
        return string.Join(' ', parted.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>What somebody typed, as words; no more than <see cref="MaxWords"/>, each once.</summary>
    public static IReadOnlyList<string> Of(string typed) => [.. Text(typed).Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct().Take(MaxWords)];

    // Kana, Han, Hangul syllables (Unicode blocks, Basic Multilingual Plane).
    private static bool IsSign(char letter) => letter is (>= '\u3040' and <= '\u30FF') or (>= '\u3400' and <= '\u9FFF') or (>= '\uAC00' and <= '\uD7A3') or (>= '\uF900' and <= '\uFAFF');
}
