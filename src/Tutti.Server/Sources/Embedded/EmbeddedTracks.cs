using System.Buffers;
using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Options;
using Tutti.Protocol;
using Tutti.Server.Library.Tags;

namespace Tutti.Server.Sources.Embedded;

/// <summary>The tracks of services that were ever added: a note of each, and its picture, in the data folder.</summary>
public sealed partial class EmbeddedTracks(
    DataFolder data, ServiceWords words, IOptions<PlayerOptions> options, ILogger<EmbeddedTracks> logger)
{
    private static readonly SearchValues<char> s_digits = SearchValues.Create("0123456789abcdef");

    private readonly ConcurrentDictionary<string, Lazy<Task<EmbeddedTrack>>> _adding = new();
    private readonly Lock _writing = new();
    private readonly string _folder = data.Within("embedded");

    /// <summary>A track is known better than before. Raised from any thread.</summary>
    public event Action<EmbeddedTrack>? Changed;

    /// <summary>Makes a track of a link's place; at once when its words are known already.</summary>
    /// <exception cref="LinkException">5207 or 5209.</exception>
    /// <exception cref="IOException">The disk fails.</exception>
    public async Task<EmbeddedTrack> AddAsync(EmbeddedRef of, CancellationToken ct)
    {
        if (!options.Value.Offers(of.Service))
        {
            throw Off(of.Service);
        }
        var id = EmbeddedTrack.IdOf(of);
        if (Find(id) is { IsDescribed: true } known)
        {
            return known;
        }
        return await _adding.GetOrAdd(id, _ => new Lazy<Task<EmbeddedTrack>>(() => AskAsync(of))).Value.WaitAsync(ct);
    }

    /// <summary>What is known of a track; null when it was never added.</summary>
    public EmbeddedTrack? Find(string id)
    {
        try
        {
            return IsSafe(id) ? JsonSerializer.Deserialize(File.ReadAllBytes(NotePath(id)), EmbeddedJson.Default.EmbeddedTrack) : null;
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Its picture, a JPEG; null without one.</summary>
    public string? PictureOf(string id) => IsSafe(id) && File.Exists(PicturePath(id)) ? PicturePath(id) : null;

    /// <summary>Why tracks of a service cannot be played here; null when they can.</summary>
    public FaultInfo? Refusal(EmbeddedTrack track) =>
        options.Value.Offers(track.Ref.Service) ? null : FaultInfo.Of(ErrorCode.ServiceOff, Off(track.Ref.Service).Message);

    /// <summary>
    /// Takes what a device's player says. The length of whoever loaded it last is believed: nobody else can say it, and a wrong one is put
    /// right by the next. Words only where the service itself gave none.
    /// </summary>
    public void Learn(string id, LoadedFacts facts)
    {
        try
        {
            EmbeddedTrack? changed = null;
            lock (_writing)
            {
                if (Find(id) is { } known && With(known, facts) is var better && better != known)
                {
                    Write(changed = better);
                }
            }
            if (changed is not null)
            {
                Changed?.Invoke(changed);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            LogNotKept(id, error.Message);
        }
    }

    private static EmbeddedTrack With(EmbeddedTrack known, LoadedFacts facts)
    {
        // Devices' readings of one length differ by a little.
        var isSame = Math.Abs(known.WholeMicros - facts.DurationMicros) < 1_500_000;
        var better = isSame ? known : known with { WholeMicros = facts.DurationMicros };
        return known.IsDescribed ? better : better with { Title = Clean(facts.Title) ?? known.Title, Artist = Clean(facts.Artist) ?? known.Artist };
    }

    private async Task<EmbeddedTrack> AskAsync(EmbeddedRef of)
    {
        await Task.Yield();
        var track = EmbeddedTrack.Unknown(of);
        try
        {
            var answer = await words.AskAsync(of, CancellationToken.None);
            if (Clean(answer?.Title) is { } title)
            {
                track = track with { Title = title, Artist = Clean(answer?.Author) ?? track.Artist, IsDescribed = true };
            }
            Directory.CreateDirectory(_folder);
            if (answer?.Picture is { } address && await words.PictureAsync(address, CancellationToken.None) is { } picture)
            {
                await File.WriteAllBytesAsync(PicturePath(track.Id), picture);
                track = track with { HasCover = true };
            }
            lock (_writing)
            {
                var known = Find(track.Id);
                track = track with { WholeMicros = known?.WholeMicros ?? 0 };
                Write(known is null || track.IsDescribed ? track : track = known);
            }
            return track;
        }
        finally
        {
            _adding.TryRemove(track.Id, out _);
        }
    }

    private void Write(EmbeddedTrack track)
    {
        var draft = NotePath(track.Id) + ".part";
        File.WriteAllBytes(draft, JsonSerializer.SerializeToUtf8Bytes(track, EmbeddedJson.Default.EmbeddedTrack));
        File.Move(draft, NotePath(track.Id), overwrite: true);
    }

    private static string? Clean(string? text) => PlainText.Line(text ?? "", LoadedFacts.TextMaxLength) is { Length: > 0 } clean ? clean : null;

    private static LinkException Off(EmbeddedService service) => new(ErrorCode.ServiceOff, service == EmbeddedService.YouTube
        ? "YouTube is turned off on this server (Tutti:Players:YouTube)"
        : "Spotify is not set up on this server: its operator registers an app there and sets Tutti:Players:SpotifyClientId");

    private static bool IsSafe(string id) => EmbeddedTrack.IsId(id) && id.AsSpan(1).IndexOfAnyExcept(s_digits) < 0;

    private string NotePath(string id) => Path.Combine(_folder, id + ".json");

    private string PicturePath(string id) => Path.Combine(_folder, id + ".jpg");

    [LoggerMessage(Level = LogLevel.Warning, Message = "What a device said of {TrackId} could not be kept: {Reason}")]
    private partial void LogNotKept(string trackId, string reason);
}

[JsonSerializable(typeof(EmbeddedTrack))]
internal sealed partial class EmbeddedJson : JsonSerializerContext;
