using Tutti.Client.Rest;
using Tutti.Protocol.Rest;

namespace Tutti.Client;

/// <summary>Looking through the library: search, albums, artists, genres, years and folders.</summary>
public sealed class CatalogApi
{
    private readonly RestTransport _rest;

    internal CatalogApi(RestTransport rest) => _rest = rest;

    /// <summary>The best tracks, albums and artists for what was typed so far.</summary>
    /// <param name="typed">Beginnings of words; a slip or two is forgiven.</param>
    /// <param name="limit">Most of each kind, 1 to 100.</param>
    /// <param name="ct">Gives up waiting.</param>
    public Task<SearchResult> SearchAsync(string typed, int limit = 20, CancellationToken ct = default) =>
        _rest.GetAsync($"api/search?q={Uri.EscapeDataString(typed)}&limit={limit}", AnswerJson.Default.SearchResult, ct);

    /// <summary>One page of the albums that match.</summary>
    /// <param name="words">Words that must all begin a word of it; empty: every album.</param>
    /// <param name="filter">What else it must be, and in which order.</param>
    /// <param name="offset">How many to leave out.</param>
    /// <param name="limit">Most to answer with, 1 to 1000.</param>
    /// <param name="ct">Gives up waiting.</param>
    public Task<AlbumPage> AlbumsAsync(string words = "", ListFilter? filter = null, int offset = 0, int limit = 100, CancellationToken ct = default) =>
        _rest.GetAsync($"api/albums?q={Uri.EscapeDataString(words)}&offset={offset}&limit={limit}{filter}", AnswerJson.Default.AlbumPage, ct);

    /// <summary>One album with its tracks.</summary>
    /// <exception cref="TuttiException">5101 <c>albumNotFound</c>.</exception>
    public Task<AlbumDetail> AlbumAsync(string id, CancellationToken ct = default) =>
        _rest.GetAsync($"api/albums/{PathPart.Of(id)}", AnswerJson.Default.AlbumDetail, ct);

    /// <summary>One page of the artists that match.</summary>
    /// <param name="words">Words that must all begin a word of the name; empty: every artist.</param>
    /// <param name="withAlbums">Only those with an album of their own.</param>
    /// <param name="offset">How many to leave out.</param>
    /// <param name="limit">Most to answer with, 1 to 1000.</param>
    /// <param name="ct">Gives up waiting.</param>
    public Task<ArtistPage> ArtistsAsync(string words = "", bool withAlbums = false, int offset = 0, int limit = 100, CancellationToken ct = default) => _rest.GetAsync(
        $"api/artists?q={Uri.EscapeDataString(words)}&withAlbums={(withAlbums ? "true" : "false")}&offset={offset}&limit={limit}", AnswerJson.Default.ArtistPage, ct);

    /// <summary>One artist with albums.</summary>
    /// <exception cref="TuttiException">5102 <c>artistNotFound</c>.</exception>
    public Task<ArtistDetail> ArtistAsync(string id, CancellationToken ct = default) =>
        _rest.GetAsync($"api/artists/{PathPart.Of(id)}", AnswerJson.Default.ArtistDetail, ct);

    /// <summary>One page of the genres, by name.</summary>
    public Task<GenrePage> GenresAsync(int offset = 0, int limit = 100, CancellationToken ct = default) =>
        _rest.GetAsync($"api/genres?offset={offset}&limit={limit}", AnswerJson.Default.GenrePage, ct);

    /// <summary>One genre.</summary>
    /// <exception cref="TuttiException">5103 <c>genreNotFound</c>.</exception>
    public Task<Genre> GenreAsync(string id, CancellationToken ct = default) =>
        _rest.GetAsync($"api/genres/{PathPart.Of(id)}", AnswerJson.Default.Genre, ct);

    /// <summary>The years that there is music of, newest first.</summary>
    public Task<YearList> YearsAsync(CancellationToken ct = default) => _rest.GetAsync("api/years", AnswerJson.Default.YearList, ct);

    /// <summary>One page of the music folders.</summary>
    public Task<FolderPage> FoldersAsync(int offset = 0, int limit = 100, CancellationToken ct = default) =>
        _rest.GetAsync($"api/folders?offset={offset}&limit={limit}", AnswerJson.Default.FolderPage, ct);

    /// <summary>One folder, the way to it, and one page of the folders in it.</summary>
    /// <exception cref="TuttiException">5104 <c>folderNotFound</c>.</exception>
    public Task<FolderDetail> FolderAsync(string id, int offset = 0, int limit = 100, CancellationToken ct = default) =>
        _rest.GetAsync($"api/folders/{PathPart.Of(id)}?offset={offset}&limit={limit}", AnswerJson.Default.FolderDetail, ct);

    /// <summary>A cover by its <c>coverUrl</c>; the stream is the caller's to close.</summary>
    /// <param name="coverUrl">As a track, album or artist has it.</param>
    /// <param name="size">64, 160, 320 or 640 pixels, the next that is enough; null: as it is.</param>
    /// <param name="ct">Gives up waiting.</param>
    /// <exception cref="TuttiException">5006 <c>coverNotFound</c>.</exception>
    public Task<Stream> OpenCoverAsync(string coverUrl, int? size = null, CancellationToken ct = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(coverUrl);
        return _rest.OpenAsync(coverUrl.TrimStart('/') + (size is null ? "" : $"?size={size}"), ct);
    }
}
