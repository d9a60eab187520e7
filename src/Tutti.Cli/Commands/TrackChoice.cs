using System.CommandLine;
using Tutti.Client;

namespace Tutti.Cli.Commands;

/// <summary>Names tracks the way people do: by id, or by words that are looked for.</summary>
internal static class TrackChoice
{
    private const int IdLength = 17;

    public static Argument<string[]> Argument(bool isNeeded) => new("track")
    {
        Description = "Tracks: ids, or words to look for (one argument each; the best match is taken)",
        Arity = isNeeded ? ArgumentArity.OneOrMore : ArgumentArity.ZeroOrMore,
    };

    public static Option<bool> All() => new("--all", "-a") { Description = "Takes every track that the words match, not only the best" };

    /// <summary>The ids of what was named, in the order named.</summary>
    /// <exception cref="NothingFoundException">Words match nothing.</exception>
    public static async Task<string[]> ResolveAsync(TuttiClient client, IEnumerable<string> named, bool takesAll, CancellationToken ct)
    {
        var ids = new List<string>();
        foreach (var name in named)
        {
            ids.AddRange(IsId(name) ? [name] : await FindAsync(client, name, takesAll, ct));
        }

        return [.. ids];
    }

    /// <summary>Track ids are a <c>t</c> and 16 hexadecimal digits: no words that anybody looks for.</summary>
    internal static bool IsId(string text) => text.Length == IdLength && text[0] == 't' && text.Skip(1).All(char.IsAsciiHexDigitLower);

    private static async Task<IEnumerable<string>> FindAsync(TuttiClient client, string words, bool takesAll, CancellationToken ct)
    {
        var found = await client.Tracks.FindAsync(words, limit: takesAll ? TracksApi.MaxPage : 1, ct: ct);
        return found.Tracks.Count > 0 ? found.Tracks.Select(track => track.Id) : throw new NothingFoundException($"No track matches {words}.");
    }
}
