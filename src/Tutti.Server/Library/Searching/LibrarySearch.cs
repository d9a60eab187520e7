namespace Tutti.Server.Library.Searching;

/// <summary>What was found, the best of each kind first.</summary>
/// <param name="Meant">What was looked for instead, because nothing begins as it was typed; null when it was looked for as typed.</param>
public sealed record Found(string? Meant, IReadOnlyList<LibraryTrack> Tracks, IReadOnlyList<AlbumEntry> Albums, IReadOnlyList<ArtistEntry> Artists);

/// <summary>Port: the index of words.</summary>
public interface ISearchIndex
{
    /// <summary>
    /// A bounded number of things that match, good ones among them: names that begin with the whole text, then words of names, then words anywhere.
    /// </summary>
    /// <param name="kind"><c>tracks</c>, <c>albums</c> or <c>artists</c>.</param>
    /// <param name="words">Each with its alternatives; all must begin some word.</param>
    Task<IReadOnlyList<Candidate>> CandidatesAsync(string kind, IReadOnlyList<IReadOnlyList<string>> words, CancellationToken ct);

    /// <summary>Every word there is.</summary>
    Task<IReadOnlyCollection<string>> WordsAsync(CancellationToken ct);
}

/// <summary>
/// Search as you type. What is typed is taken as beginnings of words; a word that nothing begins with is taken for the words nearest to it.
/// The vocabulary for that is held in memory, some megabytes for a hundred thousand tracks, and read anew after a scan that changed something.
/// </summary>
public sealed class LibrarySearch(ISearchIndex index, ITrackStore tracks, ICatalog catalog, MusicLibrary library) : IDisposable
{
    private readonly SemaphoreSlim _reading = new(1);
    private (long Changes, Vocabulary Words)? _vocabulary;

    /// <param name="limit">Of each kind.</param>
    public async Task<Found> FindAsync(string typed, int limit, CancellationToken ct)
    {
        var words = SearchWords.Of(typed);
        if (words.Count == 0)
        {
            return new Found(null, [], [], []);
        }
        var asTyped = words.Select(IReadOnlyList<string> (word) => [word]).ToList();
        var found = await FindAsync(words, asTyped, limit, null, ct);
        if (found.Tracks.Count + found.Albums.Count + found.Artists.Count > 0)
        {
            return found;
        }
        var vocabulary = await VocabularyAsync(ct);
        var all = words.All(vocabulary.Has);
        var meant = words.Select(IReadOnlyList<string> (word) =>
            vocabulary.Has(word) ? all ? [word, .. vocabulary.Near(word)] : [word] : vocabulary.Near(word)).ToList();
        return meant.Exists(alternatives => alternatives.Count == 0)
            ? found
            : await FindAsync([.. meant.Select(alternatives => alternatives[0])], meant, limit, string.Join(' ', meant.Select(alternatives => alternatives[0])), ct);
    }

    public void Dispose() => _reading.Dispose();

    private async Task<Found> FindAsync(
        IReadOnlyList<string> words, IReadOnlyList<IReadOnlyList<string>> wanted, int limit, string? meant, CancellationToken ct)
    {
        return new Found(
            meant,
            await tracks.FindAsync(await BestAsync("tracks"), ct),
            await catalog.AlbumsAsync(await BestAsync("albums"), ct),
            await catalog.ArtistsAsync(await BestAsync("artists"), ct));

        async Task<IReadOnlyCollection<string>> BestAsync(string kind) =>
            [.. Ranking.Of(words, await index.CandidatesAsync(kind, wanted, ct)).Take(limit).Select(candidate => candidate.Id)];
    }

    private async Task<Vocabulary> VocabularyAsync(CancellationToken ct)
    {
        await _reading.WaitAsync(ct);
        try
        {
            var changes = library.Changes;
            if (_vocabulary is not { } known || known.Changes != changes)
            {
                _vocabulary = known = (changes, new Vocabulary(await index.WordsAsync(ct)));
            }
            return known.Words;
        }
        finally
        {
            _reading.Release();
        }
    }
}
