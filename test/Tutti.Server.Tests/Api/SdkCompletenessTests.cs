using System.Net;
using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Tutti.Client;
using Tutti.Protocol;
using Tutti.Server.Tests.Hosting;

namespace Tutti.Server.Tests.Api;

/// <summary>
/// The SDK has a method for every operation of the OpenAPI document, and asks for nothing that is not there. Each of its methods is called once
/// over a handler that writes down what is asked.
/// </summary>
public sealed partial class SdkCompletenessTests(RunningServer server) : IClassFixture<RunningServer>
{
    /// <summary>Operations that the SDK has no method for, and why.</summary>
    private static readonly Dictionary<string, string> s_exceptions = new()
    {
        ["GET /api/clients"] = "the same as /api/devices, which Mine.DevicesAsync asks for",
        ["GET /media/{key}/opus/{n}"] = "the base class library decodes no Opus, and the FLAC segments hold the same samples",
    };

    /// <summary>What is no JSON: a file, and the place of what was made.</summary>
    private static readonly Type?[] s_withoutJson = [typeof(Stream), typeof(string)];

    [Fact]
    public async Task Every_operation_has_a_method_and_every_method_an_operation()
    {
        var operations = (await OperationsAsync()).Keys;
        var asked = (await AskedAsync()).SelectMany(call => call.Requests).ToHashSet();

        Assert.All(asked, request => Assert.Contains(operations, operation => Is(operation, request)));
        Assert.Equal(s_exceptions.Keys.Order(), operations.Where(operation => !asked.Any(request => Is(operation, request))).Order());
    }

    [Fact]
    public async Task Every_method_returns_what_its_operation_answers_with()
    {
        var operations = await OperationsAsync();
        var asked = (await AskedAsync()).Where(call => call.Requests.Count == 1 && !s_withoutJson.Contains(AnswerOf(call.Method))).ToArray();
        Assert.True(asked.Length > 100, $"only {asked.Length} methods were looked at");
        string[] wrong = [.. asked.Select(call =>
        {
            // The operation whose path has the fewest variables is the one that is meant.
            var operation = operations.Where(entry => Is(entry.Key, call.Requests[0])).MinBy(entry => entry.Key.Count(letter => letter == '{'));
            return (call.Method, Returns: AnswerOf(call.Method)?.Name, operation.Key, Answers: operation.Value);
        }).Where(call => call.Returns != call.Answers).Select(call => $"{call.Method.DeclaringType!.Name}.{call.Method.Name} returns {call.Returns}, {call.Key} answers with {call.Answers}")];
        Assert.True(wrong.Length == 0, string.Join('\n', wrong));
    }

    /// <summary>Each operation with the name of what it answers with; null: nothing.</summary>
    private async Task<Dictionary<string, string?>> OperationsAsync()
    {
        var paths = (await (await server.GetAsync("/openapi/v1.json")).JsonAsync())["paths"]!.AsObject();
        return paths.SelectMany(path => path.Value!.AsObject().Select(operation => (Name: $"{operation.Key.ToUpperInvariant()} {path.Key}", operation.Value)))
            .ToDictionary(operation => operation.Name, operation => SchemaOf(operation.Value!["responses"]!.AsObject()));
    }

    private static string? SchemaOf(JsonObject responses) =>
        responses.First(response => response.Key.StartsWith('2')).Value!["content"]?["application/json"]?["schema"]?["$ref"]?.ToString().Split('/')[^1];

    /// <summary>What a method gives in the end; null: nothing.</summary>
    private static Type? AnswerOf(MethodInfo method) => method.ReturnType.IsGenericType ? method.ReturnType.GetGenericArguments()[0] : null;

    private static async Task<List<(MethodInfo Method, List<string> Requests)>> AskedAsync()
    {
        var log = new Log();
        var calls = new List<(MethodInfo, List<string>)>();
        using var client = new TuttiClient(new Uri("http://server.example"), new TuttiClientOptions { Handler = log });
        var room = client.Room("CODE");
        object[] parts = [client, client.Account, client.Tracks, client.Catalog, client.Playlists, client.Rooms, client.Uploads, client.Mine, room, room.People];
        var reachable = typeof(TuttiClient).GetProperties().Concat(typeof(RoomApi).GetProperties()).Select(property => property.PropertyType)
            .Where(type => type.Name.EndsWith("Api", StringComparison.Ordinal));
        Assert.Empty(reachable.Except(parts.Select(part => part.GetType())));
        foreach (var part in parts)
        {
            foreach (var method in part.GetType().GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            {
                // The socket of the client's JoinAsync is not REST.
                if (method.ReturnType.IsAssignableTo(typeof(Task)) && !(part is TuttiClient && method.Name == nameof(TuttiClient.JoinAsync)))
                {
                    log.Requests = [];
                    await CallAsync(part, method);
                    calls.Add((method, log.Requests));
                }
            }
        }

        return calls;
    }

    private static async Task CallAsync(object part, MethodInfo method)
    {
        try
        {
            await (Task)method.Invoke(part, [.. method.GetParameters().Select(Made)])!;
            Assert.Fail($"{method} asked nothing");
        }
        catch (Exception expected) when (expected is UnexpectedAnswerException or TargetInvocationException { InnerException: InvalidOperationException })
        {
            // What the log answers makes no sense; short forms say that they have no such call.
        }
    }

    private static object? Made(ParameterInfo parameter) => parameter.ParameterType switch
    {
        _ when parameter.Name == "coverUrl" => "/api/covers/x",
        { } type when type == typeof(string) => "x",
        { } type when type == typeof(IEnumerable<string>) => new[] { "x" },
        { } type when type == typeof(Stream) => new MemoryStream(),
        { } type when type == typeof(Uri) => new Uri("http://server.example/song.mp3"),
        { IsValueType: true } type => Activator.CreateInstance(type),
        { } type when type == typeof(DeviceChange) => new DeviceChange(),
        { } type => Activator.CreateInstance(type),
    };

    private static bool Is(string operation, string request) => Regex.IsMatch(request, $"^{Variable().Replace(operation, "[^/]+")}$");

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Variable();

    private sealed class Log : HttpMessageHandler
    {
        public List<string> Requests { get; set; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Requests.Add($"{request.Method} {request.RequestUri!.AbsolutePath}");
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.NotFound) { Content = new StringContent("nothing here") });
        }
    }
}
