using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Tutti.Client.Rest;

/// <summary>One REST call: JSON out, JSON in, problem details as <see cref="TuttiException"/>.</summary>
internal sealed class RestTransport : IDisposable
{
    private readonly HttpClient _http;
    private readonly Uri _server;

    public RestTransport(Uri server, TuttiClientOptions options)
    {
        _server = server;
        // Without cookies: who asks is said by the token alone, and not by a guest's pass that an earlier call was given.
        _http = options.Handler is { } handler ? new HttpClient(handler, disposeHandler: false) : new HttpClient(new SocketsHttpHandler { UseCookies = false });
        _http.BaseAddress = server;
        _http.Timeout = options.RequestTimeout;
        if (options.Token is { } token)
        {
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }
    }

    public Task<T> GetAsync<T>(string path, JsonTypeInfo<T> answer, CancellationToken ct) => SendAsync(HttpMethod.Get, path, null, answer, ct);

    public Task<T> PostAsync<T>(string path, JsonTypeInfo<T> answer, CancellationToken ct) => SendAsync(HttpMethod.Post, path, null, answer, ct);

    public Task<T> DeleteAsync<T>(string path, JsonTypeInfo<T> answer, CancellationToken ct) => SendAsync(HttpMethod.Delete, path, null, answer, ct);

    public Task<T> SendAsync<TBody, T>(
        HttpMethod method, string path, TBody body, JsonTypeInfo<TBody> bodyType, JsonTypeInfo<T> answer, CancellationToken ct) =>
        SendAsync(method, path, Content(body, bodyType), answer, ct);

    /// <summary>A call whose answer has no body that matters.</summary>
    public async Task SendAsync<TBody>(HttpMethod method, string path, TBody body, JsonTypeInfo<TBody> bodyType, CancellationToken ct)
    {
        using var response = await SendAsync(method, path, Content(body, bodyType), ct);
    }

    /// <inheritdoc cref="SendAsync{TBody}(HttpMethod, string, TBody, JsonTypeInfo{TBody}, CancellationToken)"/>
    public async Task SendAsync(HttpMethod method, string path, CancellationToken ct)
    {
        using var response = await SendAsync(method, path, (HttpContent?)null, ct);
    }

    /// <summary>A body that is not JSON: a cover, a file, a segment. The stream belongs to the caller.</summary>
    public async Task<Stream> OpenAsync(string path, CancellationToken ct)
    {
        var response = await SendAsync(HttpMethod.Get, path, (HttpContent?)null, ct);
        return await response.Content.ReadAsStreamAsync(ct);
    }

    /// <summary>Sends a file.</summary>
    public Task<T> UploadAsync<T>(string path, Stream file, string contentType, JsonTypeInfo<T> answer, CancellationToken ct)
    {
        var content = new StreamContent(file);
        content.Headers.ContentType = new MediaTypeHeaderValue(contentType);
        return SendAsync(HttpMethod.Post, path, content, answer, ct);
    }

    /// <summary>Makes something by headers alone, and tells where it then is.</summary>
    public async Task<string> CreateAsync(string path, (string Name, string Value)[] headers, CancellationToken ct)
    {
        using var response = await SendAsync(HttpMethod.Post, path, null, ct, headers);
        return response.Headers.Location?.OriginalString ?? throw new UnexpectedAnswerException(new Uri(_server, path), "it does not say where");
    }

    /// <summary>Adds the bytes of a stream to something.</summary>
    public async Task AppendAsync(string path, (string Name, string Value)[] headers, Stream bytes, string contentType, CancellationToken ct)
    {
        var content = new StreamContent(bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue(contentType);
        using var response = await SendAsync(HttpMethod.Patch, path, content, ct, headers);
    }

    /// <summary>Asks for the reason of a status that came without its body, and throws it.</summary>
    public async Task ThrowRefusalAsync(string path, HttpStatusCode status, CancellationToken ct)
    {
        using var response = await SendAsync(HttpMethod.Get, path, (HttpContent?)null, ct);
        throw new UnexpectedAnswerException(new Uri(_server, path), $"status {(int)status}");
    }

    public void Dispose() => _http.Dispose();

    private async Task<T> SendAsync<T>(HttpMethod method, string path, HttpContent? body, JsonTypeInfo<T> answer, CancellationToken ct)
    {
        using var response = await SendAsync(method, path, body, ct);
        try
        {
            await using var json = await response.Content.ReadAsStreamAsync(ct);
            return await JsonSerializer.DeserializeAsync(json, answer, ct) ?? throw new JsonException("null is no answer");
        }
        catch (JsonException exception)
        {
            throw new UnexpectedAnswerException(new Uri(_server, path), exception.Message, exception);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            throw new ServerUnreachableException(_server, exception.Message, exception);
        }
    }

    private async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, HttpContent? body, CancellationToken ct, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body };
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        HttpResponseMessage response;
        try
        {
            response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
        }
        catch (HttpRequestException exception)
        {
            throw new ServerUnreachableException(_server, exception.Message, exception);
        }
        catch (OperationCanceledException exception) when (!ct.IsCancellationRequested)
        {
            throw new ServerUnreachableException(_server, $"no answer within {_http.Timeout.TotalSeconds} s", exception);
        }

        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            throw await RefusalAsync(response, new Uri(_server, path), ct);
        }
    }

    private static async Task<Exception> RefusalAsync(HttpResponseMessage response, Uri asked, CancellationToken ct)
    {
        try
        {
            await using var json = await response.Content.ReadAsStreamAsync(ct);
            if (await JsonSerializer.DeserializeAsync(json, RestJson.Default.Problem, ct) is { } problem)
            {
                return new TuttiException(problem.Code, problem.Name, problem.Detail ?? problem.Name)
                {
                    Status = response.StatusCode,
                    RetryAfter = response.Headers.RetryAfter?.Delta,
                };
            }
        }
        catch (JsonException)
        {
            // No problem details: not one of ours.
        }

        return new UnexpectedAnswerException(asked, $"status {(int)response.StatusCode}");
    }

    private static ByteArrayContent Content<TBody>(TBody body, JsonTypeInfo<TBody> type)
    {
        // Known length: a server behind a proxy may refuse chunked bodies.
        var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, type));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return content;
    }
}
