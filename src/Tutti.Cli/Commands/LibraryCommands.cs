using System.CommandLine;
using System.Text.Json.Serialization.Metadata;
using Tutti.Cli.Output;
using Tutti.Client;
using Tutti.Protocol.Rest;

namespace Tutti.Cli.Commands;

/// <summary>The library: <c>tracks</c>, <c>albums</c>, <c>artists</c>, <c>playlists</c>.</summary>
internal static class LibraryCommands
{
    public static IEnumerable<Command> All(Runner runner)
    {
        yield return Tracks(runner);
        yield return Listing(
            runner, "albums", "Finds albums; their ids go with `tutti play --album`", (client, words, limit, ct) => client.Catalog.AlbumsAsync(words, limit: limit, ct: ct),
            CliJson.Answers.AlbumPage, ["id", "title", "artist", ">year", ">tracks", ">length"],
            page => page.Albums.Select(album => new[]
            {
                album.Id, album.Title, album.Artist, $"{album.Year}", $"{album.TrackCount}", TimeText.Of(album.DurationSeconds),
            }));
        yield return Listing(
            runner, "artists", "Finds artists", (client, words, limit, ct) => client.Catalog.ArtistsAsync(words, limit: limit, ct: ct),
            CliJson.Answers.ArtistPage, ["id", "name", ">albums", ">tracks"],
            page => page.Artists.Select(artist => new[] { artist.Id, artist.Name, $"{artist.AlbumCount}", $"{artist.TrackCount}" }));
        yield return Listing(
            runner, "playlists", "The playlists that you may see; their ids go with `tutti play --playlist`", (client, _, limit, ct) => client.Playlists.ListAsync(limit: limit, ct: ct),
            CliJson.Answers.PlaylistList, ["id", "name", "owner", ">tracks"],
            page => page.Playlists.Select(list => new[] { list.Id, list.Name, list.Owner, $"{list.TrackCount}" }),
            takesWords: false);
    }

    private static Command Tracks(Runner runner)
    {
        var words = new Argument<string[]>("words") { Description = "Words that must all occur; none: every track", Arity = ArgumentArity.ZeroOrMore };
        var limit = new Option<int>("--limit") { Description = "At most this many, 1 to 1000", HelpName = "N", DefaultValueFactory = _ => 50 };
        var offset = new Option<int>("--offset") { Description = "Leaves out this many", HelpName = "N" };
        var command = new Command("tracks", "Finds tracks by title, artist and album") { words, limit, offset };
        command.Aliases.Add("search");
        runner.Runs(command, async (call, ct) => call.Printer.Show(
            await call.Client.Tracks.FindAsync(string.Join(' ', call.Get(words)), call.Get(offset), call.Get(limit), ct: ct),
            CliJson.Answers.TrackPage,
            page =>
            {
                call.Printer.Table(
                    ["id", "title", "artist", "album", ">length"],
                    page.Tracks.Select(track => new[]
                    {
                        track.Id, track.Playable ? track.Title : $"{track.Title} (cannot be played)", track.Artist, track.Album, TimeText.Of(track.DurationSeconds),
                    }),
                    "no track matches");
                if (page.Tracks.Count > 0 && page.Total > page.Tracks.Count)
                {
                    call.World.Errors.WriteLine($"{page.Tracks.Count} of {page.Total}; --limit and --offset show others.");
                }
            }));
        return command;
    }

    private static Command Listing<T>(
        Runner runner,
        string name,
        string what,
        Func<TuttiClient, string, int, CancellationToken, Task<T>> ask,
        JsonTypeInfo<T> type,
        string[] headings,
        Func<T, IEnumerable<string[]>> rows,
        bool takesWords = true)
    {
        var words = new Argument<string[]>("words") { Description = "Words that must all begin a word of it", Arity = ArgumentArity.ZeroOrMore };
        var limit = new Option<int>("--limit") { Description = "At most this many, 1 to 1000", HelpName = "N", DefaultValueFactory = _ => 50 };
        var command = new Command(name, what) { limit };
        if (takesWords)
        {
            command.Add(words);
        }

        runner.Runs(command, async (call, ct) => call.Printer.Show(
            await ask(call.Client, takesWords ? string.Join(' ', call.Get(words)) : "", call.Get(limit), ct), type,
            page => call.Printer.Table(headings, rows(page), $"no {name}")));
        return command;
    }
}
