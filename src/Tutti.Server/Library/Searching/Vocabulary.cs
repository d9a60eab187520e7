using System.Numerics;

namespace Tutti.Server.Library.Searching;

/// <summary>All words of the library, and which of them somebody may have meant. Immutable.</summary>
public sealed class Vocabulary
{
    private const int MaxTypedLength = 40;
    private const int MaxMeant = 8;
    private readonly string[] _words;

    // Which letters a word has, a bit each: most words are out of the question by these alone.
    private readonly uint[] _letters;

    public Vocabulary(IEnumerable<string> words)
    {
        _words = [.. words.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        _letters = Array.ConvertAll(_words, word => LettersOf(word));
    }

    public int Count => _words.Length;

    /// <summary>Whether some word begins so.</summary>
    public bool Has(string prefix)
    {
        var at = Array.BinarySearch(_words, prefix, StringComparer.Ordinal);
        return at >= 0 || (~at < _words.Length && _words[~at].StartsWith(prefix, StringComparison.Ordinal));
    }

    /// <summary>The words that begin nearly so, the likeliest first; none for words of less than four letters.</summary>
    public IReadOnlyList<string> Near(string typed)
    {
        var most = typed.Length switch { < 4 => 0, < 8 => 1, <= MaxTypedLength => 2, _ => 0 };
        if (most == 0)
        {
            return [];
        }
        var letters = LettersOf(typed);
        var near = new List<(int Slips, int Length, string Word)>();
        for (var i = 0; i < _words.Length; i++)
        {
            if (BitOperations.PopCount(letters & ~_letters[i]) <= most && EditDistance.ToPrefix(typed, _words[i], most) is var slips && slips <= most)
            {
                // The first letter is seldom wrong.
                near.Add((slips * 2 + (_words[i][0] == typed[0] ? 0 : 1), Math.Abs(_words[i].Length - typed.Length), _words[i]));
            }
        }
        near.Sort();
        return [.. near.Take(MaxMeant).Select(word => word.Word)];
    }

    private static uint LettersOf(string word)
    {
        var letters = 0u;
        foreach (var letter in word)
        {
            letters |= 1u << (letter is >= 'a' and <= 'z' ? letter - 'a' : 26 + (letter % 6));
        }
        return letters;
    }
}
