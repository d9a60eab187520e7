using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using Tutti.Protocol;
using Tutti.Server.Tests.Hosting;

namespace Tutti.Server.Tests.Access;

/// <summary>A thousand guesses at a running server, and its owner.</summary>
public sealed class GuessingTests : IAsyncLifetime
{
    // With the limits as they are shipped: no setting is turned up here.
    private readonly RunningServer _server = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _server.InitializeAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_thousand_guesses_are_locked_out_and_rate_limited_and_the_owner_gets_in()
    {
        using var owner = From("127.0.0.1");
        Assert.Equal(HttpStatusCode.Created, (await owner.PostAsJsonAsync("/auth/signup", new { name = "Ann", password = House.Password }, Ct)).StatusCode);

        using var guesser = From("127.0.0.2");
        var codes = new Dictionary<int, int>();
        await Parallel.ForEachAsync(Enumerable.Range(0, 1_000), new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = Ct }, async (n, ct) =>
        {
            // The right one is among them, late: a guesser who hits it while locked out does not learn it.
            var answer = await guesser.PostAsJsonAsync("/auth/login", new { name = "Ann", password = n == 700 ? House.Password : $"guess number {n}" }, ct);
            var problem = await answer.Content.ReadFromJsonAsync<System.Text.Json.Nodes.JsonObject>(ct);
            lock (codes)
            {
                var code = answer.IsSuccessStatusCode ? 200 : problem!["code"]!.GetValue<int>();
                codes[code] = codes.GetValueOrDefault(code) + 1;
            }
        });

        Assert.DoesNotContain(200, codes.Keys);
        Assert.InRange(codes[(int)ErrorCode.WrongCredentials], 5, 8);
        Assert.Equal(1_000, codes.Values.Sum());
        Assert.Equal(1_000 - codes[(int)ErrorCode.WrongCredentials], codes.GetValueOrDefault((int)ErrorCode.LockedOut) + codes.GetValueOrDefault((int)ErrorCode.TooManyRequests));

        // From the address that she is known at by a cookie, from another without one, and from the guesser's own by her browser's proof.
        Assert.Equal(HttpStatusCode.OK, (await SignInAsync(owner)).StatusCode);
        using var elsewhere = From("127.0.0.3");
        Assert.Equal(HttpStatusCode.OK, (await SignInAsync(elsewhere)).StatusCode);
        using var beside = From("127.0.0.2");
        var locked = await SignInAsync(beside);
        await locked.RefusedAsync(ErrorCode.LockedOut, HttpStatusCode.TooManyRequests);
        Assert.InRange(locked.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60));
        using var other = From("127.0.0.4", cookies: false);
        var proof = (await SignInAsync(other)).Headers.GetValues("Set-Cookie").Single(cookie => cookie.Contains("browser", StringComparison.Ordinal)).Split(';')[0];
        using var known = From("127.0.0.2", cookies: false);
        known.DefaultRequestHeaders.Add("Cookie", proof);
        Assert.Equal(HttpStatusCode.OK, (await SignInAsync(known)).StatusCode);
    }

    [Fact]
    public async Task A_name_that_is_not_there_takes_as_long_and_locks_alike()
    {
        using var owner = From("127.0.0.1");
        await owner.PostAsJsonAsync("/auth/signup", new { name = "Ann", password = House.Password }, Ct);
        var (there, notThere) = (new List<double>(), new List<double>());
        for (var n = 0; n < 8; n++)
        {
            using var guesser = From($"127.0.1.{n + 1}");
            there.Add(await TimeAsync(guesser, "Ann"));
            notThere.Add(await TimeAsync(guesser, "Nobody"));
        }

        // A hash takes some 100 ms; without one an answer takes some 2 ms.
        Assert.InRange(notThere.Order().ElementAt(4) / there.Order().ElementAt(4), 0.5, 2);
        using var last = From("127.0.2.1");
        foreach (var name in new[] { "Ann", "Nobody" })
        {
            for (var n = 0; n < 5; n++)
            {
                await (await SignInAsync(last, name, "wrong password")).RefusedAsync(ErrorCode.WrongCredentials, HttpStatusCode.Unauthorized);
            }

            await (await SignInAsync(last, name, "wrong password")).RefusedAsync(ErrorCode.LockedOut, HttpStatusCode.TooManyRequests);
        }
    }

    [Fact]
    public async Task Accounts_are_not_made_by_the_dozen()
    {
        using var somebody = From("127.0.0.9");
        var refused = 0;
        for (var n = 0; n < 25; n++)
        {
            var answer = await somebody.PostAsJsonAsync("/auth/signup", new { name = $"Name {n}", password = "short" }, Ct);
            refused += answer.StatusCode is HttpStatusCode.TooManyRequests ? 1 : 0;
        }

        Assert.Equal(5, refused);
    }

    private static async Task<double> TimeAsync(HttpClient client, string name)
    {
        var start = Stopwatch.GetTimestamp();
        await SignInAsync(client, name, "wrong password");
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static Task<HttpResponseMessage> SignInAsync(HttpClient client, string name = "Ann", string password = House.Password) =>
        client.PostAsJsonAsync("/auth/login", new { name, password }, Ct);

    /// <summary>A client at another address of this machine: all of 127.0.0.0/8 is.</summary>
    private HttpClient From(string address, bool cookies = true) => new(new SocketsHttpHandler
    {
        UseCookies = cookies,
        ConnectCallback = async (context, ct) =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            socket.Bind(new IPEndPoint(IPAddress.Parse(address), 0));
            await socket.ConnectAsync(context.DnsEndPoint.Host, context.DnsEndPoint.Port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        },
    })
    { BaseAddress = _server.Url };
}
