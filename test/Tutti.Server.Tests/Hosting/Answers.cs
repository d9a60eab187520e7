using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Tutti.Protocol;

namespace Tutti.Server.Tests.Hosting;

/// <summary>What tests ask of answers.</summary>
internal static class Answers
{
    public static async Task<JsonObject> JsonAsync(this HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, $"{(int)answer.StatusCode} {text}");
        return JsonNode.Parse(text)!.AsObject();
    }

    /// <summary>Asserts problem details with this number, its stable name and its status.</summary>
    public static async Task RefusedAsync(this HttpResponseMessage answer, ErrorCode code, HttpStatusCode status)
    {
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = JsonNode.Parse(text)!;
        Assert.Equal(((int)code, code.Name(), (int)status), (problem["code"]!.GetValue<int>(), problem["name"]!.GetValue<string>(), problem["status"]!.GetValue<int>()));
        Assert.Equal(status, answer.StatusCode);
        Assert.NotEmpty(problem["detail"]!.GetValue<string>());
    }

    public static Task<HttpResponseMessage> GetAsync(this RunningServer server, string path) =>
        server.Http.GetAsync(path, TestContext.Current.CancellationToken);

    public static Task<HttpResponseMessage> PostAsync(this RunningServer server, string path, object? body = null) =>
        body is null
            ? server.Http.PostAsync(path, null, TestContext.Current.CancellationToken)
            : server.Http.PostAsJsonAsync(path, body, TestContext.Current.CancellationToken);

    public static Task<HttpResponseMessage> PostTextAsync(this RunningServer server, string path, string text, string contentType = "application/json") =>
        server.Http.PostAsync(path, new StringContent(text, Encoding.UTF8, contentType), TestContext.Current.CancellationToken);

    public static Task<HttpResponseMessage> SendAsync(this RunningServer server, HttpMethod method, string path, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, path);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return server.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
