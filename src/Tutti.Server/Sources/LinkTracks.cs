using System.Buffers;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Options;
using Tutti.Protocol;
using Tutti.Server.Library.Reading;
using Tutti.Server.Sources.Radio;

namespace Tutti.Server.Sources;

/// <summary>A track that came from a link.</summary>
/// <param name="Channels">As in the file; 0 when not known.</param>
/// <param name="Live">A station: there is no file.</param>
public sealed record LinkTrack(string Id, string Url, string Title, string Artist, string Album, long DurationMicros, int Channels, bool Live = false);

/// <summary>
/// Files from links, kept as they came: one file of sound and one that describes it for each. The same link is the same track; it is fetched
/// again when it had to make room.
/// </summary>
public sealed class LinkTracks(DataFolder data, LinkFetcher fetcher, ITagReader reader, IOptions<SourceOptions> options, TimeProvider clock)
{
    private static readonly SearchValues<char> s_digits = SearchValues.Create("0123456789abcdef");

    private readonly ConcurrentDictionary<string, Lazy<Task<LinkTrack>>> _adding = new();
    private readonly Lock _tidying = new();
    private readonly string _folder = data.Within("links");

    /// <summary>Whether an id is one of a link, of whatever kind.</summary>
    public static bool IsLink(string trackId) => trackId.Length == 17 && trackId[0] == 'u';

    /// <summary>Makes a track of a link; at once when it is kept already.</summary>
    /// <exception cref="LinkException">5201 to 5204.</exception>
    /// <exception cref="IOException">The disk fails.</exception>
    public async Task<LinkTrack> AddAsync(string link, CancellationToken ct)
    {
        var url = LinkFetcher.Read(link);
        var id = "u" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(url.AbsoluteUri)).AsSpan(0, 8));
        if (Find(id) is { } known && (known.Live || File.Exists(SoundPath(id))))
        {
            return known;
        }
        // Whoever pasted it may lose patience; others may wait for the same.
        return await _adding.GetOrAdd(id, _ => new Lazy<Task<LinkTrack>>(() => FetchAsync(id, url))).Value.WaitAsync(ct);
    }

    /// <summary>What is known of a track; null when the link was never added.</summary>
    public LinkTrack? Find(string id)
    {
        try
        {
            return IsLink(id) && id.AsSpan(1).IndexOfAnyExcept(s_digits) < 0
                ? JsonSerializer.Deserialize(File.ReadAllBytes(NotePath(id)), LinkJson.Default.LinkTrack)
                : null;
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException or JsonException)
        {
            return null;
        }
    }

    /// <summary>The file of a track, fetched again if need be.</summary>
    /// <exception cref="LinkException">It cannot be had any more.</exception>
    /// <exception cref="IOException">The disk fails.</exception>
    public async Task<string> FileAsync(LinkTrack track, CancellationToken ct)
    {
        if (!File.Exists(SoundPath(track.Id)))
        {
            await AddAsync(track.Url, ct);
        }
        File.SetLastAccessTimeUtc(SoundPath(track.Id), clock.GetUtcNow().UtcDateTime);
        return SoundPath(track.Id);
    }

    private async Task<LinkTrack> FetchAsync(string id, Uri url)
    {
        await Task.Yield();
        var draft = SoundPath(id) + ".part";
        try
        {
            Directory.CreateDirectory(_folder);
            var station = await fetcher.FetchAsync(url, draft, CancellationToken.None);
            if (await reader.ReadAsync(draft, CancellationToken.None) is not FileReading.Sound { Format: var format, Tags: var tags })
            {
                throw new LinkException(ErrorCode.LinkSilent, "what is there is no sound that can be read");
            }
            var name = Path.GetFileNameWithoutExtension(Uri.UnescapeDataString(url.Segments[^1].Trim('/')));
            var track = station is not null ? Station(id, url, station, format.Channels) : new LinkTrack(
                id, url.AbsoluteUri, tags.Title.Length > 0 ? tags.Title : name.Length > 0 ? name : url.Host, tags.Artist.Length > 0 ? tags.Artist : url.Host, tags.Album,
                format.DurationMicros, format.Channels);
            if (station is null)
            {
                File.Move(draft, SoundPath(id), overwrite: true);
            }
            await File.WriteAllBytesAsync(NotePath(id), JsonSerializer.SerializeToUtf8Bytes(track, LinkJson.Default.LinkTrack));
            MakeRoom(id);
            return track;
        }
        finally
        {
            File.Delete(draft);
            _adding.TryRemove(id, out _);
        }
    }

    private static LinkTrack Station(string id, Uri url, StationHeaders station, int channels) => new(
        id, url.AbsoluteUri, station.Name.Length > 0 ? station.Name : url.Host, url.Host, "", TrackSummary.LiveDurationMicros, channels, Live: true);

    private void MakeRoom(string newest)
    {
        lock (_tidying)
        {
            var files = new DirectoryInfo(_folder).GetFiles("*.sound").OrderBy(file => file.LastAccessTimeUtc).ToList();
            var total = files.Sum(file => file.Length);
            foreach (var file in files.Where(file => Path.GetFileNameWithoutExtension(file.Name) != newest))
            {
                if (total <= options.Value.KeptMegabytes * 1_048_576L)
                {
                    return;
                }
                total -= file.Length;
                file.Delete();
            }
        }
    }

    private string SoundPath(string id) => Path.Combine(_folder, id + ".sound");

    private string NotePath(string id) => Path.Combine(_folder, id + ".json");
}

[JsonSerializable(typeof(LinkTrack))]
internal sealed partial class LinkJson : JsonSerializerContext;
