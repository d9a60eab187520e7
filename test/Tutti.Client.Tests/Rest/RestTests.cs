using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Tutti.Protocol;

namespace Tutti.Client.Tests.Rest;

/// <summary>REST calls against answers that the test makes up.</summary>
public sealed class RestTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_token_and_the_path_of_the_server_are_kept()
    {
        var handler = new Answering(_ => Json("""{"rooms":[],"total":0,"later":1}"""));
        using var client = new TuttiClient(new Uri("https://house.test/tutti?x=1"), new TuttiClientOptions { Handler = handler, Token = "secret" });
        Assert.Equal(0, (await client.Rooms.ListAsync(Ct)).Total);
        Assert.Equal(("https://house.test/tutti/api/rooms", "Bearer secret"), (handler.Asked[0].RequestUri!.ToString(), handler.Asked[0].Headers.Authorization!.ToString()));
    }

    [Fact]
    public async Task What_is_typed_is_escaped()
    {
        var handler = new Answering(_ => Json("""{"tracks":[],"total":0}"""));
        using var client = new TuttiClient(new Uri("http://house.test"), new TuttiClientOptions { Handler = handler });
        await client.Tracks.FindAsync("a&b=c/ü?", 3, 7, new ListFilter { Album = "a b", Descending = true }, Ct);
        Assert.Equal("/api/tracks?q=a%26b%3Dc%2F%C3%BC%3F&offset=3&limit=7&album=a%20b&order=desc", handler.Asked[0].RequestUri!.PathAndQuery);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(".")]
    [InlineData("..")]
    public async Task An_id_that_names_nothing_is_not_asked_for(string id)
    {
        var handler = new Answering(_ => Json("{}"));
        using var client = new TuttiClient(new Uri("http://house.test"), new TuttiClientOptions { Handler = handler });
        // One level up it would be the whole queue.
        await Assert.ThrowsAsync<ArgumentException>(() => client.Mine.RemoveAsync(id, Ct));
        await Assert.ThrowsAsync<ArgumentException>(() => client.Account.RevokeTokenAsync(id, Ct));
        Assert.Throws<ArgumentException>(() => client.Room(id));
        Assert.Empty(handler.Asked);
    }

    [Fact]
    public async Task Bodies_say_what_was_asked_and_no_more()
    {
        var bodies = new List<string>();
        var handler = new Answering(async request =>
        {
            bodies.Add(request.Content is null ? "" : await request.Content.ReadAsStringAsync(Ct));
            return Problem(404, "{}");
        });
        using var client = new TuttiClient(new Uri("http://house.test"), new TuttiClientOptions { Handler = handler });
        var room = client.Room("ABCDEF");
        foreach (var call in new Func<Task>[]
        {
            () => room.PlayAsync(Ct),
            () => room.PlayAsync(["a", "b"], 1, TimeSpan.FromSeconds(1.5), Ct),
            () => room.AddAsync(["a"], ct: Ct),
            () => room.AddAsync(["a"], QueuePlace.Next, Ct),
            () => room.AddAsync(["a"], QueuePlace.AtIndex(0), Ct),
            () => room.ChangeToItemAsync("q1", Ct),
            () => room.SetDeviceAsync("device-a", new DeviceChange(Muted: true), Ct),
        })
        {
            await Assert.ThrowsAnyAsync<Exception>(call);
        }

        Assert.Equal(
            [
                "", """{"trackIds":["a","b"],"startIndex":1,"position":1.5}""", """{"trackIds":["a"]}""", """{"trackIds":["a"],"at":"next"}""",
                """{"trackIds":["a"],"at":0}""", """{"itemId":"q1"}""", """{"muted":true}""",
            ],
            bodies);
    }

    [Fact]
    public async Task Problem_details_are_thrown_by_number()
    {
        var refusal = Problem(429, """{"type":"urn:tutti:error:1106","title":"tooManyRequests","status":429,"detail":"Slow down.","code":1106,"name":"tooManyRequests"}""");
        refusal.Headers.RetryAfter = new RetryConditionHeaderValue(TimeSpan.FromSeconds(7));
        using var client = new TuttiClient(new Uri("http://house.test"), new TuttiClientOptions { Handler = new Answering(_ => refusal) });
        var thrown = await Assert.ThrowsAsync<TuttiException>(() => client.Mine.StopAsync(Ct));
        Assert.Equal(
            (1106, "tooManyRequests", "Slow down.", HttpStatusCode.TooManyRequests, TimeSpan.FromSeconds(7)),
            (thrown.Code, thrown.Name, thrown.Message, thrown.Status, thrown.RetryAfter));
    }

    [Fact]
    public async Task A_number_of_a_later_server_is_kept()
    {
        using var client = new TuttiClient(
            new Uri("http://house.test"), new TuttiClientOptions { Handler = new Answering(_ => Problem(400, """{"code":7777,"name":"tooLoud"}""")) });
        var thrown = await Assert.ThrowsAsync<TuttiException>(() => client.Mine.StopAsync(Ct));
        Assert.Equal((7777, "tooLoud", null), (thrown.Code, thrown.Name, thrown.Known));
    }

    [Theory]
    [InlineData(200, "<html>Welcome to your router</html>")]
    [InlineData(200, "null")]
    [InlineData(200, """{"name":null}""")]
    [InlineData(200, """{"name":"Tutti","version":7}""")]
    [InlineData(502, "<html>Bad gateway</html>")]
    [InlineData(500, """{"error":"other program"}""")]
    public async Task Another_program_s_answer_is_told_apart(int status, string body)
    {
        using var client = new TuttiClient(new Uri("http://house.test"), new TuttiClientOptions { Handler = new Answering(_ => Problem(status, body)) });
        await Assert.ThrowsAsync<UnexpectedAnswerException>(() => client.ServerAsync(Ct));
    }

    [Fact]
    public async Task No_answer_is_told_as_such_and_giving_up_as_cancellation()
    {
        using var broken = new TuttiClient(
            new Uri("http://house.test"), new TuttiClientOptions { Handler = new Answering(_ => Task.FromException<HttpResponseMessage>(new HttpRequestException("no route"))) });
        Assert.Contains("no route", (await Assert.ThrowsAsync<ServerUnreachableException>(() => broken.ServerAsync(Ct))).Message);

        using var given = new CancellationTokenSource();
        var handler = new Answering(async _ =>
        {
            await given.CancelAsync();
            given.Token.ThrowIfCancellationRequested();
            return Json("{}");
        });
        using var client = new TuttiClient(new Uri("http://house.test"), new TuttiClientOptions { Handler = handler });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.ServerAsync(given.Token));
    }

    [Theory]
    [InlineData("ftp://house.test")]
    [InlineData("house.test:3000")]
    [InlineData("/api")]
    public void Only_http_addresses_are_taken(string address) =>
        Assert.Throws<ArgumentException>(() => new TuttiClient(new Uri(address, UriKind.RelativeOrAbsolute)));

    private static HttpResponseMessage Json(string body) => new(HttpStatusCode.OK) { Content = new StringContent(body, Encoding.UTF8, "application/json") };

    private static HttpResponseMessage Problem(int status, string body) =>
        new((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, "application/problem+json") };

    private sealed class Answering(Func<HttpRequestMessage, Task<HttpResponseMessage>> answer) : HttpMessageHandler
    {
        public Answering(Func<HttpRequestMessage, HttpResponseMessage> answer)
            : this(request => Task.FromResult(answer(request)))
        {
        }

        public List<HttpRequestMessage> Asked { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Asked.Add(request);
            return answer(request);
        }
    }
}
