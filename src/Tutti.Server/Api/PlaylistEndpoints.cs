using System.Collections.Immutable;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Tutti.Protocol;
using Tutti.Protocol.Rest;
using Tutti.Server.Access;
using Tutti.Server.Access.Door;
using Tutti.Server.Library;
using Tutti.Server.Library.Playlists;

namespace Tutti.Server.Api;

/// <summary>Playlists: one's own, those that others share, and those that are nobody's in particular.</summary>
internal static class PlaylistEndpoints
{
    private const string M3uType = "audio/x-mpegurl";

    public static void MapPlaylists(this RouteGroupBuilder api)
    {
        var lists = api.MapGroup("/playlists").WithTags("Playlists");
        lists.MapGet("", ListAsync).Produces<PlaylistList>().Refuses(ErrorCode.InvalidField).WithSummary("The playlists that the caller may see, by name; q: words that must all begin a word of it");
        lists.MapGet("/{id}", OneAsync).Produces<PlaylistSummary>().Refuses(ErrorCode.PlaylistNotFound).WithSummary("One playlist");
        lists.MapGet("/{id}/tracks", TracksAsync).Produces<PlaylistPage>().Refuses(ErrorCode.PlaylistNotFound, ErrorCode.InvalidField).WithSummary("Its tracks, in order");
        lists.MapGet("/{id}/m3u", ExportAsync).Produces(StatusCodes.Status200OK, contentType: M3uType).Refuses(ErrorCode.PlaylistNotFound)
            .WithSummary("The playlist as extended M3U, with places within the music folders");

        var changes = lists.MapGroup("").Needs(Need.Resident).Changes().Refuses(ErrorCode.PlaylistNotAllowed, ErrorCode.InvalidField);
        changes.MapPost("", CreateAsync).Produces<PlaylistSummary>(StatusCodes.Status201Created).TakesJson().WithSummary("Makes a playlist");
        changes.MapPost("/import", ImportAsync).Produces<PlaylistImported>(StatusCodes.Status201Created).Accepts<byte[]>(M3uType).Refuses(ErrorCode.BodyTooLarge)
            .WithSummary("Makes a playlist of an M3U file, the body; name: else the file's own; shared=true: others may see it");

        var one = changes.MapGroup("/{id}").Refuses(ErrorCode.PlaylistNotFound);
        one.MapPatch("", PatchAsync).Produces<PlaylistSummary>().TakesJson().WithSummary("Another name, shared or not");
        one.MapDelete("", RemoveAsync).Produces(StatusCodes.Status204NoContent).WithSummary("Removes a playlist");
        var edits = one.MapGroup("").Refuses(ErrorCode.PlaylistChanged);
        edits.MapPut("/tracks", ReplaceAsync).Produces<PlaylistSummary>().TakesJson().WithSummary("All tracks anew");
        edits.MapPost("/tracks", AddAsync).Produces<PlaylistSummary>().TakesJson().WithSummary("More tracks, at the end or at an index");
        edits.MapPost("/move", MoveAsync).Produces<PlaylistSummary>().TakesJson().WithSummary("Some tracks in a row to another place");
        edits.MapDelete("/tracks/{index:int}", RemoveTracksAsync).Produces<PlaylistSummary>()
            .WithSummary("Takes out the track at an index, or count of them; version: the one that the index is about");
    }

    private static async Task<IResult> ListAsync(IPlaylistStore store, ITrackStore tracks, HttpContext http, CancellationToken ct, string q = "", int limit = 100, int offset = 0)
    {
        if (ListFields.Wrong(limit, offset) is { } problem)
        {
            return problem;
        }

        var page = await store.ListAsync(http.PlaylistReader(), q, new PageRange(offset, limit), ct);
        return TypedResults.Ok(new PlaylistList(await SummariesAsync(page.Items, tracks, http, ct), page.Total));
    }

    private static async Task<IResult> OneAsync(string id, PlaylistDesk desk, HttpContext http, CancellationToken ct) =>
        await AnswerAsync(await desk.FindAsync(id, http.PlaylistReader(), ct), id, http, ct);

    private static async Task<IResult> TracksAsync(
        string id, PlaylistDesk desk, ITrackStore tracks, HttpContext http, CancellationToken ct, int limit = 100, int offset = 0)
    {
        if (ListFields.Wrong(limit, offset) is { } problem)
        {
            return problem;
        }

        if (await desk.FindAsync(id, http.PlaylistReader(), ct) is not PlaylistOutcome.Done(var list))
        {
            return NoPlaylist(id);
        }

        var wanted = list.TrackIds.Skip(offset).Take(limit).ToList();
        var found = (await tracks.FindAsync(wanted, ct)).DistinctBy(track => track.Id).ToDictionary(track => track.Id);
        return TypedResults.Ok(new PlaylistPage(
            list.Version, [.. wanted.Index().Select(entry => new PlaylistEntry(offset + entry.Index, entry.Item, found.TryGetValue(entry.Item, out var track) ? Track.Of(track) : null))],
            list.TrackIds.Length));
    }

    private static async Task<IResult> ExportAsync(string id, PlaylistDesk desk, ITrackStore tracks, HttpContext http, CancellationToken ct)
    {
        if (await desk.FindAsync(id, http.PlaylistReader(), ct) is not PlaylistOutcome.Done(var list))
        {
            return NoPlaylist(id);
        }

        var text = M3u.Write(list.Name, await tracks.FindAsync(list.TrackIds, ct));
        return TypedResults.File(Encoding.UTF8.GetBytes(text), M3uType, $"{list.Name}.m3u8");
    }

    private static async Task<IResult> CreateAsync(PlaylistCreateRequest body, PlaylistDesk desk, HttpContext http, CancellationToken ct)
    {
        if (NameProblem(body.Name) is { } problem)
        {
            return problem;
        }

        var outcome = await desk.CreateAsync(body.Name.Trim(), body.Shared, body.TrackIds ?? [], http.PlaylistReader(), ct);
        return outcome is PlaylistOutcome.Done(var list)
            ? TypedResults.Created($"/api/playlists/{list.Id}", await SummaryAsync(list, http, ct))
            : await AnswerAsync(outcome, "", http, ct);
    }

    private static async Task<IResult> ImportAsync(PlaylistDesk desk, HttpContext http, CancellationToken ct, string? name = null, bool shared = false)
    {
        using var file = new MemoryStream();
        await http.Request.Body.CopyToAsync(file, ct);
        var (ownName, trackIds, missing) = await desk.ReadAsync(file.ToArray(), ct);
        var chosen = name ?? ownName ?? "Imported";
        if (NameProblem(chosen) is { } problem)
        {
            return problem;
        }

        var outcome = await desk.CreateAsync(chosen.Trim(), shared, trackIds, http.PlaylistReader(), ct);
        return outcome is PlaylistOutcome.Done(var list)
            ? TypedResults.Created($"/api/playlists/{list.Id}", new PlaylistImported(await SummaryAsync(list, http, ct), [.. missing.Select(entry => entry.Place)]))
            : await AnswerAsync(outcome, "", http, ct);
    }

    private static async Task<IResult> PatchAsync(string id, PlaylistPatchRequest body, PlaylistDesk desk, HttpContext http, CancellationToken ct) =>
        body.Name is { } name && NameProblem(name) is { } problem
            ? problem
            : await AnswerAsync(await desk.DescribeAsync(id, body.Name?.Trim(), body.Shared, http.PlaylistReader(), ct), id, http, ct);

    private static async Task<IResult> RemoveAsync(string id, PlaylistDesk desk, HttpContext http, CancellationToken ct) =>
        await desk.RemoveAsync(id, http.PlaylistReader(), ct) is var outcome && outcome is PlaylistOutcome.Done
            ? TypedResults.NoContent()
            : await AnswerAsync(outcome, id, http, ct);

    private static async Task<IResult> ReplaceAsync(string id, PlaylistTracksRequest body, PlaylistDesk desk, HttpContext http, CancellationToken ct) =>
        await AnswerAsync(await desk.EditAsync(id, body.Version, http.PlaylistReader(), Given(body.TrackIds), _ => Given(body.TrackIds), ct), id, http, ct);

    private static async Task<IResult> AddAsync(string id, PlaylistAddRequest body, PlaylistDesk desk, HttpContext http, CancellationToken ct) => await AnswerAsync(
        await desk.EditAsync(id, body.Version, http.PlaylistReader(), Given(body.TrackIds), tracks => PlaylistEdit.Insert(tracks, Given(body.TrackIds), body.At), ct), id, http, ct);

    private static async Task<IResult> MoveAsync(string id, PlaylistMoveRequest body, PlaylistDesk desk, HttpContext http, CancellationToken ct) => await AnswerAsync(
        await desk.EditAsync(id, body.Version, http.PlaylistReader(), tracks => PlaylistEdit.Move(tracks, body.From, body.To, body.Count), ct), id, http, ct);

    private static async Task<IResult> RemoveTracksAsync(
        string id, int index, PlaylistDesk desk, HttpContext http, CancellationToken ct, int count = 1, long? version = null) => await AnswerAsync(
        await desk.EditAsync(id, version, http.PlaylistReader(), tracks => PlaylistEdit.Remove(tracks, index, count), ct), id, http, ct);

    private static async Task<IResult> AnswerAsync(PlaylistOutcome outcome, string id, HttpContext http, CancellationToken ct) => outcome switch
    {
        PlaylistOutcome.Done(var list) => TypedResults.Ok(await SummaryAsync(list, http, ct)),
        PlaylistOutcome.NotFound => NoPlaylist(id),
        PlaylistOutcome.NotAllowed => Problems.Of(ErrorCode.PlaylistNotAllowed, "This playlist is not yours to change."),
        PlaylistOutcome.Changed => Problems.Of(ErrorCode.PlaylistChanged, "The playlist was changed meanwhile; read it again."),
        PlaylistOutcome.OutOfRange(var why) => Problems.Of(ErrorCode.InvalidField, $"That does not fit: {why}"),
        _ => throw new InvalidOperationException("an outcome that is none"),
    };

    private static async Task<PlaylistSummary> SummaryAsync(Playlist list, HttpContext http, CancellationToken ct) =>
        (await SummariesAsync([list], http.RequestServices.GetRequiredService<ITrackStore>(), http, ct))[0];

    private static async Task<IReadOnlyList<PlaylistSummary>> SummariesAsync(IReadOnlyList<Playlist> lists, ITrackStore tracks, HttpContext http, CancellationToken ct)
    {
        var ids = lists.SelectMany(list => list.TrackIds.Take(PlaylistResponses.CoverTracks)).Distinct().ToList();
        var found = (await tracks.FindAsync(ids, ct)).ToDictionary(track => track.Id);
        var reader = http.PlaylistReader();
        return [.. lists.Select(list => PlaylistSummary.Of(list, reader, found))];
    }

    private static PlaylistReader PlaylistReader(this HttpContext http) => DoorPolicy.Outside(http.Mode(), http.Caller()) switch
    {
        Caller.Account account => new PlaylistReader(account.Id.Value, account.Name, account.IsAdministrator),
        Caller.Anonymous => new PlaylistReader("", "", false),
        _ => new PlaylistReader(null, "", false),
    };

    private static ImmutableArray<string> Given(ImmutableArray<string> ids) => ids.IsDefault ? [] : ids;

    private static ProblemHttpResult NoPlaylist(string id) => Problems.Of(ErrorCode.PlaylistNotFound, $"There is no playlist {id}.");

    private static ProblemHttpResult? NameProblem(string name) => name.Trim() is { Length: 0 or > Playlist.MaxNameLength } || name.Any(char.IsControl)
        ? Problems.Of(ErrorCode.InvalidField, $"name must have 1 to {Playlist.MaxNameLength} characters, none of them a control character.")
        : null;
}
