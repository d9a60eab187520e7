using System.CommandLine;
using Tutti.Client;

namespace Tutti.Cli.Commands;

/// <summary>Names tracks the way people do: by id, by words that are looked for, by album or playlist.</summary>
internal sealed class TrackChoice
{
    private readonly Argument<string[]> _tracks;
    private readonly Option<bool> _all = new("--all", "-a") { Description = "Takes every track that the words match, not only the best" };
    private readonly Option<string?> _album = new("--album") { Description = "All of an album, by its id (`tutti albums`)", HelpName = "ID" };
    private readonly Option<string?> _playlist = new("--playlist") { Description = "All of a playlist, by its id (`tutti playlists`)", HelpName = "ID" };

    private const int IdLength = 17;

    public TrackChoice(Command command)
    {
        _tracks = new Argument<string[]>("track")
        {
            Description = "Tracks: ids, or words to look for (one argument each; the best match is taken)",
            Arity = ArgumentArity.ZeroOrMore,
        };
        command.Add(_tracks);
        command.Add(_all);
        command.Add(_album);
        command.Add(_playlist);
    }

    /// <summary>The ids of what was named, in the order named; empty when nothing was.</summary>
    /// <exception cref="NothingFoundException">Words match nothing.</exception>
    /// <exception cref="UsageException">There are none.</exception>
    public async Task<string[]> ResolveAsync(Call call, CancellationToken ct)
    {
        var ids = new List<string>();
        foreach (var name in call.Get(_tracks))
        {
            if (string.IsNullOrWhiteSpace(name))
            {
                throw new UsageException("An empty word names no track.");
            }

            ids.AddRange(IsId(name) ? [name] : await FindAsync(call.Client, name, call.Get(_all), ct));
        }

        if (call.Get(_album) is { } album)
        {
            ids.AddRange((await call.Client.Catalog.AlbumAsync(album, ct)).Tracks.Select(track => track.Id));
        }

        if (call.Get(_playlist) is { } playlist)
        {
            // No queue holds more than a page.
            var page = await call.Client.Playlists.TracksAsync(playlist, limit: TracksApi.MaxPage, ct: ct);
            ids.AddRange(page.Items.Where(item => item.Track is { Playable: true }).Select(item => item.TrackId));
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
