using System.Text.Json.Nodes;
using Tutti.Server.Tests.Hosting;

namespace Tutti.Server.Tests.Api;

public sealed class OpenApiTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Fact]
    public async Task Every_operation_says_what_it_does_and_how_it_refuses()
    {
        var paths = (await (await server.GetAsync("/openapi/v1.json")).JsonAsync())["paths"]!.AsObject();
        Assert.True(paths.Count >= 30, "the document has paths");
        foreach (var (path, item) in paths)
        {
            foreach (var (method, operation) in item!.AsObject())
            {
                var name = $"{method} {path}";
                Assert.True(operation!["summary"]?.ToString().Length > 5, $"{name} has no summary");
                var responses = operation["responses"]!.AsObject();
                Assert.True(responses.Any(response => response.Key.StartsWith('2')), $"{name} never succeeds");
                Assert.Contains("9001 internal", responses["500"]!["description"]!.ToString());
                if (path.Contains("{code}", StringComparison.Ordinal))
                {
                    Assert.Contains("2001 roomNotFound", responses["404"]!["description"]!.ToString());
                }

                if (method is "post" or "delete")
                {
                    Assert.Contains("1106 tooManyRequests", responses["429"]!["description"]!.ToString());
                }
            }
        }
    }

    [Fact]
    public async Task Bodies_and_answers_have_schemas()
    {
        var document = await (await server.GetAsync("/openapi/v1.json")).JsonAsync();
        var play = document["paths"]!["/api/rooms/{code}/playback/play"]!["post"]!;
        Assert.Equal("#/components/schemas/PlayRequest", Schema(play["requestBody"]!["content"]!["application/json"]!["schema"]!));
        Assert.Equal("#/components/schemas/PlaybackState", Schema(play["responses"]!["200"]!["content"]!["application/json"]!["schema"]!));
        Assert.Equal("array", document["components"]!["schemas"]!["TrackPage"]!["properties"]!["tracks"]!["type"]!.ToString());
    }

    // An optional body is written as "this or null".
    private static string? Schema(JsonNode schema) =>
        (schema["$ref"] ?? schema["oneOf"]?.AsArray().Select(choice => choice!["$ref"]).FirstOrDefault(reference => reference is not null))?.ToString();
}
