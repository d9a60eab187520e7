using System.Collections.Immutable;
using Tutti.Client.Rest;
using Tutti.Protocol.Rest;

namespace Tutti.Client;

/// <summary>
/// Playlists. Changes by index take the version that they are about; when somebody else was faster they are refused with 5107
/// <c>playlistChanged</c>. A list that may be seen but not changed is 5106 <c>playlistNotAllowed</c>.
/// </summary>
public sealed class PlaylistsApi
{
    private readonly RestTransport _rest;

    internal PlaylistsApi(RestTransport rest) => _rest = rest;

    /// <summary>One page of the playlists that one may see, by name.</summary>
    /// <param name="words">Words that must all begin a word of the name; empty: every playlist.</param>
    /// <param name="offset">How many to leave out.</param>
    /// <param name="limit">Most to answer with, 1 to 1000.</param>
    /// <param name="ct">Gives up waiting.</param>
    public Task<PlaylistList> ListAsync(string words = "", int offset = 0, int limit = 100, CancellationToken ct = default) =>
        _rest.GetAsync($"api/playlists?q={Uri.EscapeDataString(words)}&offset={offset}&limit={limit}", AnswerJson.Default.PlaylistList, ct);

    /// <summary>One playlist.</summary>
    /// <exception cref="TuttiException">5105 <c>playlistNotFound</c>.</exception>
    public Task<PlaylistSummary> GetAsync(string id, CancellationToken ct = default) => _rest.GetAsync(Path(id), AnswerJson.Default.PlaylistSummary, ct);

    /// <summary>One page of a playlist's tracks, in order.</summary>
    public Task<PlaylistPage> TracksAsync(string id, int offset = 0, int limit = 100, CancellationToken ct = default) =>
        _rest.GetAsync($"{Path(id)}/tracks?offset={offset}&limit={limit}", AnswerJson.Default.PlaylistPage, ct);

    /// <summary>Makes a playlist.</summary>
    /// <param name="name">1 to 200 characters.</param>
    /// <param name="trackIds">At most 10,000.</param>
    /// <param name="shared">Whether others may see it.</param>
    /// <param name="ct">Gives up waiting.</param>
    public Task<PlaylistSummary> CreateAsync(string name, IEnumerable<string>? trackIds = null, bool shared = false, CancellationToken ct = default) =>
        SendAsync(HttpMethod.Post, "api/playlists", new PlaylistBody(name, shared, trackIds?.ToImmutableArray()), ct);

    /// <summary>Gives it another name, or shares it or not; what is null stays.</summary>
    public Task<PlaylistSummary> ChangeAsync(string id, string? name = null, bool? shared = null, CancellationToken ct = default) =>
        SendAsync(HttpMethod.Patch, Path(id), new PlaylistBody(name, shared), ct);

    /// <summary>Removes a playlist.</summary>
    public Task DeleteAsync(string id, CancellationToken ct = default) => _rest.SendAsync(HttpMethod.Delete, Path(id), ct);

    /// <summary>All tracks anew.</summary>
    public Task<PlaylistSummary> ReplaceAsync(string id, IEnumerable<string> trackIds, long? version = null, CancellationToken ct = default) =>
        SendAsync(HttpMethod.Put, id, new PlaylistTracksBody([.. trackIds], null, version), ct);

    /// <summary>More tracks, at the end or at an index.</summary>
    public Task<PlaylistSummary> AddAsync(string id, IEnumerable<string> trackIds, int? at = null, long? version = null, CancellationToken ct = default) =>
        SendAsync(HttpMethod.Post, id, new PlaylistTracksBody([.. trackIds], at, version), ct);

    /// <summary>Some tracks in a row to another place.</summary>
    public Task<PlaylistSummary> MoveAsync(string id, int from, int to, int count = 1, long? version = null, CancellationToken ct = default) => _rest.SendAsync(
        HttpMethod.Post, $"{Path(id)}/move", new PlaylistMoveBody(from, to, count, version), RestJson.Default.PlaylistMoveBody, AnswerJson.Default.PlaylistSummary, ct);

    /// <summary>Takes out some tracks in a row.</summary>
    public Task<PlaylistSummary> RemoveAsync(string id, int index, int count = 1, long? version = null, CancellationToken ct = default) => _rest.DeleteAsync(
        $"{Path(id)}/tracks/{index}?count={count}{(version is null ? "" : $"&version={version}")}", AnswerJson.Default.PlaylistSummary, ct);

    /// <summary>The playlist as extended M3U; the stream is the caller's to close.</summary>
    public Task<Stream> ExportAsync(string id, CancellationToken ct = default) => _rest.OpenAsync($"{Path(id)}/m3u", ct);

    /// <summary>Makes a playlist of an M3U file.</summary>
    /// <param name="m3u">The file; it is read to its end.</param>
    /// <param name="name">Null: the file's own.</param>
    /// <param name="shared">Whether others may see it.</param>
    /// <param name="ct">Gives up waiting.</param>
    public Task<PlaylistImported> ImportAsync(Stream m3u, string? name = null, bool shared = false, CancellationToken ct = default) => _rest.UploadAsync(
        $"api/playlists/import?shared={(shared ? "true" : "false")}{(name is null ? "" : $"&name={Uri.EscapeDataString(name)}")}", m3u, "audio/x-mpegurl",
        AnswerJson.Default.PlaylistImported, ct);

    private static string Path(string id) => $"api/playlists/{PathPart.Of(id)}";

    private Task<PlaylistSummary> SendAsync(HttpMethod method, string path, PlaylistBody body, CancellationToken ct) =>
        _rest.SendAsync(method, path, body, RestJson.Default.PlaylistBody, AnswerJson.Default.PlaylistSummary, ct);

    private Task<PlaylistSummary> SendAsync(HttpMethod method, string id, PlaylistTracksBody body, CancellationToken ct) =>
        _rest.SendAsync(method, $"{Path(id)}/tracks", body, RestJson.Default.PlaylistTracksBody, AnswerJson.Default.PlaylistSummary, ct);
}
