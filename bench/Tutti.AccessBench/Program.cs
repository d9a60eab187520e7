// Measures signing in on a socket: from hello sent to snapshot received, over loopback, one after the other.
//   dotnet run -c Release --project bench/Tutti.AccessBench [PostgreSQL connection string]
using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Tutti.Server;
using Tutti.Server.Access;
using Tutti.Server.Access.Accounts;
using Tutti.Server.Access.Credentials;
using Tutti.Server.Hosting;

const int Runs = 500;
const int WarmUp = 50;
var folder = Directory.CreateTempSubdirectory("tutti-access-bench");
var music = folder.CreateSubdirectory("music");
string[] arguments =
[
    "--host", "127.0.0.1", "--port", "0", "--data", folder.FullName, "--music", music.FullName, "--access", "accounts", "--Logging:LogLevel:Default=Warning",
    .. args.Length > 0 ? new[] { $"--Tutti:Storage:ConnectionString={args[0]}" } : [],
];
await using var app = Tutti.Server.Program.Build(CommandLine.Read(arguments, static _ => null));
await app.StartAsync();
var address = new UriBuilder(app.Urls.First()) { Scheme = "ws", Path = "/ws" }.Uri;

var accounts = app.Services.GetRequiredService<IAccountStore>();
var desk = app.Services.GetRequiredService<CredentialDesk>();
var name = $"Bench {Guid.NewGuid():N}"[..20];
var ann = new AccountRecord(new AccountId(Guid.NewGuid().ToString("N")[..26]), name, "no password", false, new UtcMicros(0));
await accounts.AddAsync(ann, AccountNames.KeyOf(name), null, default);
var bearer = (await desk.AddBearerAsync(ann, "bench", default))!.Value.Token;
var token = (await desk.AddTokenAsync(ann.Id, "bench", null, default))!.Value.Token;
var cookie = $"tutti_session_{address.Port}={(await desk.AddBrowserAsync(ann, "bench", default))!.Value.Cookie}";

Console.WriteLine("| signing in with | median, ms | p95, ms | worst, ms |");
Console.WriteLine("| --- | --- | --- | --- |");
await MeasureAsync("a bearer token in hello, seen before", _ => Task.FromResult<(string?, string?)>((bearer, null)));
await MeasureAsync("a bearer token in hello, each a new one", async _ => ((await desk.AddBearerAsync(ann, "bench", default))!.Value.Token, null));
await MeasureAsync("a personal access token in hello", _ => Task.FromResult<(string?, string?)>((token, null)));
await MeasureAsync("a browser's cookie on the upgrade", _ => Task.FromResult<(string?, string?)>((null, cookie)));
await app.StopAsync();
folder.Delete(recursive: true);

async Task MeasureAsync(string what, Func<int, Task<(string? Token, string? Cookie)>> credential)
{
    var taken = new List<double>();
    for (var run = -WarmUp; run < Runs; run++)
    {
        var (shown, sent) = await credential(run);
        var ms = await SignInAsync(shown, sent);
        if (run >= 0)
        {
            taken.Add(ms);
        }
    }

    taken.Sort();
    Console.WriteLine($"| {what} | {taken[Runs / 2]:0.00} | {taken[Runs * 95 / 100]:0.00} | {taken[^1]:0.00} |");
}

async Task<double> SignInAsync(string? shown, string? sent)
{
    using var socket = new ClientWebSocket();
    if (sent is not null)
    {
        socket.Options.SetRequestHeader("Cookie", sent);
    }

    await socket.ConnectAsync(address, default);
    var hello = Encoding.UTF8.GetBytes(
        $$$"""{"type":"hello","protocol":1,"room":"HOME",{{{(shown is null ? "" : $"\"token\":{JsonSerializer.Serialize(shown)},")}}}"device":{"id":"bench-device","name":"Bench","kind":"control"}}""");
    var start = Stopwatch.GetTimestamp();
    await socket.SendAsync(hello, WebSocketMessageType.Text, true, default);
    var first = await ReceiveAsync(socket);
    var ms = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    if (!first.StartsWith("""{"type":"snapshot""", StringComparison.Ordinal))
    {
        throw new InvalidOperationException($"no snapshot: {first}");
    }

    await socket.SendAsync("""{"type":"bye"}"""u8.ToArray(), WebSocketMessageType.Text, true, default);
    while (await ReceiveAsync(socket) is { Length: > 0 })
    {
    }

    await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, default);
    return ms;
}

static async Task<string> ReceiveAsync(ClientWebSocket socket)
{
    var buffer = new byte[65_536];
    using var message = new MemoryStream();
    while (true)
    {
        var result = await socket.ReceiveAsync(buffer, default);
        message.Write(buffer, 0, result.Count);
        if (result.MessageType == WebSocketMessageType.Close || result.EndOfMessage)
        {
            return Encoding.UTF8.GetString(message.ToArray());
        }
    }
}
