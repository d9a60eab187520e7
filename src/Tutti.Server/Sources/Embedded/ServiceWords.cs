using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Options;
using Tutti.Protocol;

namespace Tutti.Server.Sources.Embedded;

/// <summary>What a service says of a track, by oEmbed (oembed.com).</summary>
public sealed record ServiceAnswer(string? Title, [property: JsonPropertyName("author_name")] string? Author, [property: JsonPropertyName("thumbnail_url")] string? Picture);

/// <summary>Asks services what their tracks are called and what they look like. Where they cannot be reached, devices find out later.</summary>
public sealed class ServiceWords(LinkFetcher fetcher, IOptions<PlayerOptions> options, TimeProvider clock)
{
    private const int MaxAnswerBytes = 65_536;
    private const int MaxPictureBytes = 2 << 20;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    /// <summary>Null when the service cannot be reached or says nothing that can be read.</summary>
    /// <exception cref="LinkException">5209: the service says that this cannot be played.</exception>
    public async Task<ServiceAnswer?> AskAsync(EmbeddedRef of, CancellationToken ct)
    {
        var page = of.Service == EmbeddedService.YouTube ? $"https://www.youtube.com/watch?v={of.Id}" : $"https://open.spotify.com/track/{of.Id}";
        var service = of.Service == EmbeddedService.YouTube ? options.Value.YouTubeAddress : options.Value.SpotifyAddress;
        try
        {
            return JsonSerializer.Deserialize(
                await ReadAsync(new Uri(service, $"/oembed?format=json&url={Uri.EscapeDataString(page)}"), MaxAnswerBytes, ct), ServiceJson.Default.ServiceAnswer);
        }
        catch (LinkException error) when (error.HttpStatus is 400 or 401 or 403 or 404)
        {
            throw new LinkException(ErrorCode.NotPlayable, $"{EmbeddedTrack.NameOf(of.Service)} says that it is gone, private, or not to be played elsewhere");
        }
        catch (Exception error) when (error is LinkException or JsonException)
        {
            return null;
        }
    }

    /// <summary>The picture as JPEG; null when it cannot be had.</summary>
    public async Task<byte[]?> PictureAsync(string address, CancellationToken ct)
    {
        try
        {
            var picture = await ReadAsync(LinkFetcher.Read(address), MaxPictureBytes, ct);
            return picture is [0xFF, 0xD8, 0xFF, ..] ? picture : null;
        }
        catch (LinkException)
        {
            return null;
        }
    }

    private async Task<byte[]> ReadAsync(Uri url, int mostBytes, CancellationToken ct)
    {
        using var patience = new CancellationTokenSource(s_patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, ct);
        try
        {
            using var response = await fetcher.OpenAsync(url, either.Token);
            await response.Content.LoadIntoBufferAsync(mostBytes, either.Token);
            return await response.Content.ReadAsByteArrayAsync(either.Token);
        }
        catch (HttpRequestException error)
        {
            throw new LinkException(ErrorCode.LinkTooLarge, error.Message);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new LinkException(ErrorCode.LinkUnreachable, $"{url.Host} did not answer within {s_patience.TotalSeconds} s");
        }
    }
}

[JsonSerializable(typeof(ServiceAnswer))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class ServiceJson : JsonSerializerContext;
