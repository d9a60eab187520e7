using System.Collections.Immutable;

namespace Tutti.Server.Library.Tags;

/// <summary>One credit as the people it names. Careful: <c>AC/DC</c>, <c>Simon &amp; Garfunkel</c> and <c>Earth, Wind and Fire</c> stay whole.</summary>
public static class CreditedNames
{
    private const int MaxNames = 16;

    // With their spaces; compared without case.
    private static readonly string[] s_between = [" / ", " feat. ", " feat ", " ft. ", " featuring ", " (feat. ", " (ft. ", " [feat. "];

    /// <summary>The artists of a credit, the main one first.</summary>
    public static ImmutableArray<string> Artists(string credit)
    {
        var names = new List<string>();
        foreach (var value in Values(credit))
        {
            var rest = value;
            while (Cut(rest) is { } cut)
            {
                Add(names, rest[..cut.Start]);
                rest = rest[cut.End..];
            }
            Add(names, rest == value ? rest : rest.TrimEnd(')', ']'));
        }
        return [.. names];
    }

    /// <summary>The several values of one tag, parted by <c>;</c>.</summary>
    public static ImmutableArray<string> Values(string text)
    {
        var names = new List<string>();
        foreach (var value in text.Split(';'))
        {
            Add(names, value);
        }
        return [.. names];
    }

    /// <summary>The genres of a tag, parted by <c>;</c>, <c>,</c> or <c>/</c>.</summary>
    public static ImmutableArray<string> Genres(string text)
    {
        var names = new List<string>();
        foreach (var value in text.Split(';', ',', '/'))
        {
            Add(names, value);
        }
        return [.. names];
    }

    private static (int Start, int End)? Cut(string text)
    {
        (int Start, int End)? first = null;
        foreach (var between in s_between)
        {
            var start = text.IndexOf(between, StringComparison.OrdinalIgnoreCase);
            if (start > 0 && (first is not { } best || start < best.Start || (start == best.Start && start + between.Length > best.End)))
            {
                first = (start, start + between.Length);
            }
        }
        return first;
    }

    private static void Add(List<string> names, string name)
    {
        name = name.Trim();
        if (name.Length > 0 && names.Count < MaxNames && !names.Exists(known => FoldedText.Name(known) == FoldedText.Name(name)))
        {
            names.Add(name);
        }
    }
}
