using System.Text;

namespace Tutti.Server.Library.Tags;

/// <summary>Text out of files that anybody may have made: without control characters and broken surrogates, of bounded length.</summary>
public static class PlainText
{
    /// <summary>One line; line breaks and tabs become spaces, a NUL between two values becomes <c>;</c>.</summary>
    public static string Line(string text, int maxCharacters) => Clean(text, maxCharacters, keepLines: false);

    /// <summary>Several lines, parted by <c>\n</c>.</summary>
    public static string Lines(string text, int maxCharacters) => Clean(text.ReplaceLineEndings("\n"), maxCharacters, keepLines: true);

    private static string Clean(string text, int maxCharacters, bool keepLines)
    {
        if (text.Length <= maxCharacters && !NeedsWork(text))
        {
            return text.Trim();
        }
        var clean = new StringBuilder(Math.Min(text.Length, maxCharacters));
        foreach (var rune in text.EnumerateRunes())
        {
            if (clean.Length + rune.Utf16SequenceLength > maxCharacters)
            {
                break;
            }
            if (rune.Value == 0)
            {
                clean.Append(';');
            }
            else if (rune.Value == '\n' && keepLines)
            {
                clean.Append('\n');
            }
            else if (Rune.IsControl(rune))
            {
                clean.Append(' ');
            }
            else
            {
                clean.Append(rune);
            }
        }
        return clean.ToString().Trim(' ', ';', '\n', '\uFEFF');
    }

    private static bool NeedsWork(string text)
    {
        foreach (var letter in text)
        {
            if (char.IsControl(letter) || char.IsSurrogate(letter) || letter == '\uFEFF')
            {
                return true;
            }
        }
        return false;
    }
}
