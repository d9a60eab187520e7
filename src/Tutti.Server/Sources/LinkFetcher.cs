using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;
using Tutti.Protocol;
using Tutti.Server.Sources.Radio;

namespace Tutti.Server.Sources;

/// <summary>
/// Fetches a file from the web. The address that a name was resolved to is judged at the very moment of connecting, for each hop of a
/// redirect or a station's list anew: a name that leads somewhere else the second time gains nothing.
/// </summary>
public sealed class LinkFetcher : IDisposable
{
    private const int MostHops = 5;

    // Lists that name lists would otherwise have thousands asked for one link.
    private const int MostRequests = 16;
    private const int BufferBytes = 1 << 16;

    // No station gives more than this on average, its first burst included; hardly a file comes so slowly.
    private const int StationBytesPerSecond = 100_000;
    private static readonly TimeSpan s_judgement = TimeSpan.FromSeconds(5);

    private readonly SourceOptions _options;
    private readonly TimeProvider _clock;
    private readonly HttpClient _http;

    public LinkFetcher(IOptions<SourceOptions> options, TimeProvider clock)
    {
        (_options, _clock) = (options.Value, clock);
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            ConnectTimeout = TimeSpan.FromSeconds(10),
            PooledConnectionLifetime = TimeSpan.Zero,
            ConnectCallback = ConnectAsync,
            PlaintextStreamFilter = static (context, _) => new(new IcyStatusStream(context.PlaintextStream)),
        };
        _http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        _http.DefaultRequestHeaders.UserAgent.ParseAdd("Tutti");
        // Stations then say what they play, between the sound; nobody else minds.
        _http.DefaultRequestHeaders.Add("Icy-MetaData", "1");
    }

    /// <summary>Reads a link as people paste it.</summary>
    /// <exception cref="LinkException">5201: it is no http or https address.</exception>
    public static Uri Read(string text) =>
        Uri.TryCreate(text.Trim(), UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.UserInfo.Length == 0 && url.Host.Length > 0
            ? url
            : throw new LinkException(ErrorCode.LinkRefused, "only http and https addresses can be added, without a user name in them");

    /// <summary>Fetches into a file. A station never ends: of one, the file gets a few seconds of sound.</summary>
    /// <returns>What a station says of itself; null for a file, which is there as a whole then.</returns>
    /// <exception cref="LinkException">5201 to 5203.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public async Task<StationHeaders?> FetchAsync(Uri url, string path, CancellationToken ct)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(_options.FetchSeconds), _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, ct);
        try
        {
            using var response = await FollowAsync(url, either.Token);
            if (StationHeaders.Of(response) is { } station)
            {
                await StationSample.KeepAsync(response, station, path, _clock, either.Token);
                return station;
            }
            return await KeepAsync(response, path, either.Token) ? null : StationHeaders.Plainly(response);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new LinkException(ErrorCode.LinkTooLarge, $"it did not come within {_options.FetchSeconds} s");
        }
        catch (HttpRequestException error)
        {
            throw error.InnerException as LinkException ?? new LinkException(ErrorCode.LinkUnreachable, error.Message);
        }
    }

    /// <summary>Opens what is there, to be read as it comes.</summary>
    /// <exception cref="LinkException">5201 or 5202.</exception>
    public async Task<HttpResponseMessage> OpenAsync(Uri url, CancellationToken ct)
    {
        try
        {
            return await FollowAsync(url, ct);
        }
        catch (HttpRequestException error)
        {
            throw error.InnerException as LinkException ?? new LinkException(ErrorCode.LinkUnreachable, error.Message);
        }
    }

    public void Dispose() => _http.Dispose();

    private Task<HttpResponseMessage> FollowAsync(Uri url, CancellationToken ct) => FollowAsync(url, new Patience(), MostHops, ct);

    // Through redirects, and through lists that lead to a stream.
    private async Task<HttpResponseMessage> FollowAsync(Uri url, Patience patience, int hops, CancellationToken ct)
    {
        if (patience.RequestsLeft-- <= 0)
        {
            throw new LinkException(ErrorCode.LinkUnreachable, $"it leads to more than {MostRequests} addresses");
        }
        var response = await _http.GetAsync(url, HttpCompletionOption.ResponseHeadersRead, ct);
        if (response.IsSuccessStatusCode && !StreamList.IsOne(url, response))
        {
            return response;
        }
        using (response)
        {
            var places = response.IsSuccessStatusCode ? await StreamList.ReadAsync(response, ct)
                : (int)response.StatusCode is 301 or 302 or 303 or 307 or 308 && response.Headers.Location is { } location ? [location.OriginalString]
                : throw new LinkException(ErrorCode.LinkUnreachable, $"{url.Host} answered {(int)response.StatusCode}") { HttpStatus = (int)response.StatusCode };
            if (hops == 0)
            {
                throw new LinkException(ErrorCode.LinkUnreachable, $"more than {MostHops} redirects");
            }
            return await FirstOfAsync(places, url, patience, hops - 1, ct);
        }
    }

    // The first that answers; when none does, why the last did not.
    private async Task<HttpResponseMessage> FirstOfAsync(IReadOnlyList<string> places, Uri from, Patience patience, int hops, CancellationToken ct)
    {
        for (var i = 0; ; i++)
        {
            try
            {
                return Uri.TryCreate(from, places[i], out var place)
                    ? await FollowAsync(Read(place.AbsoluteUri), patience, hops, ct)
                    : throw new LinkException(ErrorCode.LinkRefused, "the list has something else than addresses");
            }
            catch (Exception error) when (error is LinkException or HttpRequestException && i + 1 < places.Count && patience.RequestsLeft > 0)
            {
                // There is another way.
            }
        }
    }

    // False when it comes no faster than it sounds and does not end: a station that does not say that it is one.
    private async Task<bool> KeepAsync(HttpResponseMessage response, string path, CancellationToken ct)
    {
        var most = _options.MaxFileMegabytes * 1_048_576L;
        var begun = _clock.GetTimestamp();
        var mayBeStation = response.Content.Headers.ContentLength is null && StationHeaders.IsSound(response.Content.Headers.ContentType?.MediaType);
        if (response.Content.Headers.ContentLength > most)
        {
            throw TooLarge();
        }
        await using var from = await response.Content.ReadAsStreamAsync(ct);
        await using var to = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.Asynchronous);
        var buffer = new byte[BufferBytes];
        var total = 0L;
        try
        {
            for (int read; (read = await from.ReadAsync(buffer, ct)) > 0;)
            {
                total += read;
                if (total > most)
                {
                    throw TooLarge();
                }
                await to.WriteAsync(buffer.AsMemory(0, read), ct);
                if (mayBeStation && _clock.GetElapsedTime(begun) is var elapsed && elapsed >= s_judgement && total < StationBytesPerSecond * elapsed.TotalSeconds)
                {
                    return false;
                }
            }
            return true;
        }
        catch (HttpIOException error)
        {
            throw new LinkException(ErrorCode.LinkUnreachable, error.Message);
        }
    }

    private LinkException TooLarge() => new(ErrorCode.LinkTooLarge, $"it is larger than {_options.MaxFileMegabytes} MB");

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await Dns.GetHostAddressesAsync(host, ct);
        var allowed = _options.AllowPrivateAddresses ? addresses : Array.FindAll(addresses, AddressRules.IsPublic);
        if (allowed.Length == 0)
        {
            throw new LinkException(ErrorCode.LinkRefused, $"{host} is not an address of the public Internet");
        }
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            // The very addresses that were judged, not the name again.
            await socket.ConnectAsync(allowed, port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>What one link may still cost.</summary>
    private sealed class Patience
    {
        public int RequestsLeft { get; set; } = MostRequests;
    }
}
