using System.Data.Common;
using Dapper;
using Tutti.Server.Library.Searching;

namespace Tutti.Server.Storage.Library;

/// <summary>
/// The index of words in the database. Each query is bounded, so that three letters that begin a third of all titles cost no more than others.
/// </summary>
public sealed class SearchIndex(Database database) : ISearchIndex
{
    private const int MaxByName = 50;
    private const int MaxByWords = 100;

    // Sorts after every letter that may follow; names are compared by code point in both dialects.
    private const char Last = '\uFFFF';

    public async Task<IReadOnlyList<Candidate>> CandidatesAsync(string kind, IReadOnlyList<IReadOnlyList<string>> words, CancellationToken ct)
    {
        var start = string.Join(' ', words.Select(alternatives => alternatives[0]));
        var candidates = new Dictionary<string, (string Name, string Other)>(StringComparer.Ordinal);
        await using var connection = await database.OpenAsync(ct);
        await AddAsync(
            $"SELECT f.id, f.name, f.other FROM find_{kind} f WHERE f.name >= @start AND f.name < @end ORDER BY f.name, f.id LIMIT {MaxByName};",
            new { start, end = start + Last });
        await AddAsync($"{database.ByWords("f.id, f.name, f.other", kind, "@wanted")} LIMIT {MaxByWords};", new { wanted = database.WordsWanted(words, nameOnly: true) });
        if (kind != "artists" && candidates.Count < MaxByWords)
        {
            await AddAsync($"{database.ByWords("f.id, f.name, f.other", kind, "@wanted")} LIMIT {MaxByWords};", new { wanted = database.WordsWanted(words, nameOnly: false) });
        }
        var plays = kind == "tracks" ? await PlaysAsync(connection, [.. candidates.Keys]) : [];
        return [.. candidates.Select(one => new Candidate(one.Key, one.Value.Name, one.Value.Other, plays.GetValueOrDefault(one.Key)))];

        async Task AddAsync(string sql, object values)
        {
            foreach (var (id, name, other) in await connection.QueryAsync<(string Id, string Name, string Other)>(sql, values))
            {
                candidates[id] = (name, other);
            }
        }
    }

    public async Task<IReadOnlyCollection<string>> WordsAsync(CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        return (await connection.QueryAsync<string>($"{database.Vocabulary("tracks")};")).AsList();
    }

    private async Task<Dictionary<string, long>> PlaysAsync(DbConnection connection, string[] ids) => (await connection.QueryAsync<(string Id, long Plays)>(
        $"SELECT track_id, plays FROM track_plays WHERE {database.AnyOf("track_id", "@ids")};", new { ids })).ToDictionary();
}
