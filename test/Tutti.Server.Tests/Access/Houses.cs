using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Tutti.Server.Access;
using Tutti.Server.Access.Accounts;
using Tutti.Server.Access.Tokens;
using Tutti.Server.Tests.Hosting;
using Tutti.Server.Tests.Realtime;

namespace Tutti.Server.Tests.Access;

/// <summary>A running server with its administrator, and ways for people to come in.</summary>
public abstract class House(params string[] settings) : IAsyncLifetime
{
    public const string Password = "correct horse battery";

    private int _people;

    public RunningServer Server { get; } = new(["--Tutti:Access:SignUpsPerHour=10000", "--Tutti:Http:ChangesPerSecond=100000", .. settings]);

    /// <summary>The administrator, with a bearer token.</summary>
    public Person Ann { get; private set; } = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await Server.InitializeAsync();
        var code = Server.Services.GetRequiredService<SetUpCode>().Code!;
        Ann = await PersonAsync("/auth/setup", new { code, name = "Ann", password = Password, session = "bearer" });
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Somebody new, signed in with a bearer token.</summary>
    public async Task<Person> SomebodyAsync()
    {
        var made = await (await Ann.Http.PostAsync("/auth/signup-links", null, Ct)).JsonAsync();
        return await PersonAsync("/auth/signup", new { name = $"Somebody {Interlocked.Increment(ref _people)}", password = Password, link = made["link"]!.ToString(), session = "bearer" });
    }

    /// <summary>A browser in which this person has just signed in: with cookies, and with the Origin that browsers send.</summary>
    public async Task<HttpClient> BrowserAsync(string name)
    {
        var browser = Server.NewClient(("Origin", Server.Url.GetLeftPart(UriPartial.Authority)));
        await (await browser.PostAsJsonAsync("/auth/login", new { name, password = Password }, Ct)).JsonAsync();
        return browser;
    }

    /// <summary>A guest's pass for a room.</summary>
    public string Pass(string roomCode) =>
        Server.Services.GetRequiredService<GuestPasses>().Issue(new Caller.Guest(GuestPasses.NewGuestId(), roomCode, "Gus")).Pass;

    internal async Task<TestSocket> SocketAsync(string? bearer = null, string? cookie = null)
    {
        var socket = new ClientWebSocket();
        if (bearer is not null)
        {
            socket.Options.SetRequestHeader("Authorization", $"Bearer {bearer}");
        }

        if (cookie is not null)
        {
            socket.Options.SetRequestHeader("Cookie", cookie);
        }

        await socket.ConnectAsync(new UriBuilder(Server.Url) { Scheme = "ws", Path = "/ws" }.Uri, Ct);
        return new TestSocket(socket);
    }

    private async Task<Person> PersonAsync(string path, object body)
    {
        var answer = await (await Server.Http.PostAsJsonAsync(path, body, Ct)).JsonAsync();
        var token = answer["token"]!.ToString();
        return new Person(
            answer["account"]!["name"]!.ToString(), token, answer["session"]!.ToString(), Server.NewClient(("Authorization", $"Bearer {token}")));
    }
}

/// <param name="Http">Sends the token along.</param>
public sealed record Person(string Name, string Token, string Session, HttpClient Http);

public sealed class HouseWith(params string[] settings) : House(settings);

public sealed class OpenHouse() : House();

public sealed class ClosedHouse() : House("--access", "accounts");
