using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using Tutti.Protocol;
using Tutti.Server.Media;
using Tutti.Timing;

namespace Tutti.Server.Sources.Embedded;

/// <summary>A track that a service has, as far as it is known.</summary>
/// <param name="WholeMicros">The length that the service has, µs; 0 until a device has loaded it.</param>
/// <param name="IsDescribed">Whether title and artist are the service's own words to this server: those of devices then count for nothing.</param>
/// <param name="HasCover">Whether its picture is kept.</param>
public sealed record EmbeddedTrack(EmbeddedRef Ref, string Title, string Artist, long WholeMicros, bool IsDescribed, bool HasCover)
{
    private const int SampleRate = 48_000;

    /// <summary>The same place of the same service is the same track.</summary>
    [JsonIgnore]
    public string Id { get; } = IdOf(Ref);

    /// <summary>What is left from where it begins, µs; null until it is known.</summary>
    [JsonIgnore]
    public long? DurationMicros => WholeMicros > 0 ? Math.Max(ServerMicros.PerSecond, WholeMicros - Ref.StartMicros) : null;

    /// <summary>What is known before anybody was asked.</summary>
    public static EmbeddedTrack Unknown(EmbeddedRef of) => new(of, $"{NameOf(of.Service)} {of.Id}", NameOf(of.Service), 0, IsDescribed: false, HasCover: false);

    /// <summary>The service's name, for people.</summary>
    public static string NameOf(EmbeddedService service) => service == EmbeddedService.YouTube ? "YouTube" : "Spotify";

    public static string IdOf(EmbeddedRef of) =>
        "e" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{of.Service}:{of.Id}@{of.StartMicros}")).AsSpan(0, 8));

    public static bool IsId(string trackId) => trackId.Length == 17 && trackId[0] == 'e';

    public TrackSummary Summary() => new(Id, Title, Artist, "", DurationMicros ?? TrackSummary.UnknownDurationMicros, HasCover ? $"/api/tracks/{Id}/cover" : null)
    {
        Embedded = Ref,
    };

    /// <summary>Its sound as rooms count it: no segments stand behind this key.</summary>
    public MediaInfo Media() => new(
        $"embedded-{Id}", SampleRate, SegmentFormat.SegmentSamples, DurationMicros is { } micros ? micros * SampleRate / ServerMicros.PerSecond : null);
}
