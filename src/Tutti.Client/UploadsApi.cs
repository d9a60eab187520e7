using System.Text;
using Tutti.Client.Rest;
using Tutti.Protocol.Rest;

namespace Tutti.Client;

/// <summary>
/// Files into the server's own folder, for those who have the right: tus 1.0 (tus.io/protocols/resumable-upload). A line that breaks costs nothing:
/// <see cref="GetAsync"/> says how much arrived, and <see cref="AddAsync"/> goes on from there.
/// </summary>
public sealed class UploadsApi
{
    private readonly RestTransport _rest;

    internal UploadsApi(RestTransport rest) => _rest = rest;

    /// <summary>My uploads that are under way, and how much room there is.</summary>
    /// <exception cref="TuttiException">6001 <c>signInNeeded</c>.</exception>
    public Task<UploadList> ListAsync(CancellationToken ct = default) => _rest.GetAsync("api/uploads", AnswerJson.Default.UploadList, ct);

    /// <summary>Announces a file.</summary>
    /// <param name="fileName">Its name, 1 to 1,000 bytes in UTF-8.</param>
    /// <param name="sizeBytes">Of the whole file.</param>
    /// <param name="lastModified">When it was last changed: tells it from another of the same name and size.</param>
    /// <param name="ct">Gives up waiting.</param>
    /// <returns>The upload's id.</returns>
    /// <exception cref="TuttiException">5112 <c>uploadTooLarge</c>, 5113 <c>uploadQuotaFull</c>, 5116 <c>accountQuotaFull</c>, 5114 <c>uploadNotMusic</c>,
    /// 6019 <c>uploadRightNeeded</c>.</exception>
    public async Task<string> BeginAsync(string fileName, long sizeBytes, DateTimeOffset? lastModified = null, CancellationToken ct = default)
    {
        var about = $"filename {Coded(fileName)}" + (lastModified is { } at ? $",lastmodified {Coded($"{at.ToUnixTimeMilliseconds()}")}" : "");
        var place = await _rest.CreateAsync("api/uploads", [("Upload-Length", $"{sizeBytes}"), ("Upload-Metadata", about)], ct);
        return Uri.UnescapeDataString(place[(place.LastIndexOf('/') + 1)..]);
    }

    /// <summary>Adds bytes; with the last of them the file is read and decoded whole, and taken in or refused.</summary>
    /// <param name="id">The upload.</param>
    /// <param name="offset">How many bytes the server has.</param>
    /// <param name="bytes">Those that follow, as many as arrive within <see cref="TuttiClientOptions.RequestTimeout"/>; read to their end.</param>
    /// <param name="ct">Gives up waiting.</param>
    /// <exception cref="TuttiException">5115 <c>uploadOffsetWrong</c>, 5114 <c>uploadNotMusic</c>.</exception>
    public Task AddAsync(string id, long offset, Stream bytes, CancellationToken ct = default) =>
        _rest.AppendAsync(Path(id), [("Upload-Offset", $"{offset}")], bytes, "application/offset+octet-stream", ct);

    /// <summary>How far an upload is, and what became of it.</summary>
    /// <exception cref="TuttiException">5111 <c>uploadNotFound</c>.</exception>
    public Task<UploadDetail> GetAsync(string id, CancellationToken ct = default) => _rest.GetAsync(Path(id), AnswerJson.Default.UploadDetail, ct);

    /// <summary>Gives an upload up.</summary>
    /// <exception cref="TuttiException">5111 <c>uploadNotFound</c>.</exception>
    public Task CancelAsync(string id, CancellationToken ct = default) => _rest.SendAsync(HttpMethod.Delete, Path(id), ct);

    /// <summary>One page of the tracks that I uploaded, the newest first.</summary>
    /// <param name="everybodys">Those of everybody, for administrators.</param>
    /// <param name="offset">How many to leave out, ≥ 0.</param>
    /// <param name="limit">Most to answer with, 1 to <see cref="TracksApi.MaxPage"/>.</param>
    /// <param name="ct">Gives up waiting.</param>
    /// <exception cref="TuttiException">6007 <c>administratorNeeded</c>.</exception>
    public Task<TrackPage> TracksAsync(bool everybodys = false, int offset = 0, int limit = 100, CancellationToken ct = default) =>
        _rest.GetAsync($"api/uploads/tracks?of={(everybodys ? "all" : "mine")}&offset={offset}&limit={limit}", AnswerJson.Default.TrackPage, ct);

    /// <summary>Removes the file of a track that I uploaded; administrators may remove others' too.</summary>
    /// <exception cref="TuttiException">5001 <c>trackNotFound</c>, 5117 <c>trackNotUploaded</c>, 5118 <c>uploadNotOwn</c>.</exception>
    public Task RemoveAsync(string trackId, CancellationToken ct = default) =>
        _rest.SendAsync(HttpMethod.Delete, $"api/uploads/tracks/{PathPart.Of(trackId)}", ct);

    private static string Coded(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static string Path(string id) => $"api/uploads/{PathPart.Of(id)}";
}
