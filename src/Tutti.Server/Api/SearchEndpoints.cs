using Tutti.Protocol;
using Tutti.Protocol.Rest;
using Tutti.Server.Library.Searching;

namespace Tutti.Server.Api;

/// <summary>Search as you type.</summary>
internal static class SearchEndpoints
{
    private const int MaxLimit = 100;
    private const int MaxTyped = 200;

    public static void MapSearch(this RouteGroupBuilder api) => api.MapGet("/search", SearchAsync)
        .Produces<SearchResult>().Refuses(ErrorCode.InvalidField).WithTags("Search")
        .WithSummary("The best tracks, albums and artists for what was typed so far: beginnings of words, whatever their case and accents, with a slip or two forgiven");

    private static async Task<IResult> SearchAsync(LibrarySearch search, CancellationToken ct, string q = "", int limit = 20)
    {
        if (limit is < 1 or > MaxLimit || q.Length > MaxTyped)
        {
            return Problems.Of(ErrorCode.InvalidField, $"limit must be 1 to {MaxLimit}, and q no longer than {MaxTyped} characters.");
        }

        var found = await search.FindAsync(q, limit, ct);
        return TypedResults.Ok(new SearchResult(
            q, found.Meant, [.. found.Tracks.Select(Track.Of)], [.. found.Albums.Select(Album.Of)], [.. found.Artists.Select(Artist.Of)]));
    }
}
