using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Tutti.Browser.Tests.Services;

/// <summary>
/// Stands in for YouTube and Spotify on loopback: their scripts with the same surface, and what their servers answer. The services themselves
/// are out of reach of tests.
/// </summary>
public sealed class StandIn : IDisposable
{
    private const string ClientId = "stand-in-client";
    private readonly HttpListener _http = new();
    private readonly SpotifyStandIn _spotify = new(ClientId);

    public StandIn()
    {
        using (TcpListener probe = new(IPAddress.Loopback, 0))
        {
            probe.Start();
            Address = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}";
        }

        _http.Prefixes.Add(Address + "/");
        _http.Start();
        _ = ServeAsync();
    }

    public string Address { get; }

    /// <summary>What a server is told so that it takes this for the services.</summary>
    public string[] Settings =>
    [
        $"--Tutti:Players:YouTubeAddress={Address}", $"--Tutti:Players:YouTubeFrames={Address}",
        $"--Tutti:Players:SpotifyClientId={ClientId}", $"--Tutti:Players:SpotifyAddress={Address}", $"--Tutti:Players:SpotifyScript={Address}/spotify-player.js",
        $"--Tutti:Players:SpotifyApi={Address}", $"--Tutti:Players:SpotifyAccounts={Address}",
        // What services say of tracks is asked for as any link is.
        "--Tutti:Sources:AllowPrivateAddresses=true",
    ];

    /// <summary>Paths that were asked for.</summary>
    public System.Collections.Concurrent.ConcurrentQueue<string> Asked { get; } = new();

    public void Dispose() => _http.Close();

    private async Task ServeAsync()
    {
        while (_http.IsListening)
        {
            try
            {
                var context = await _http.GetContextAsync();
                using var response = context.Response;
                var path = context.Request.Url!.AbsolutePath;
                Asked.Enqueue(path);
                if (await _spotify.AnswerAsync(context.Request, response))
                {
                    continue;
                }

                var (type, body) = path switch
                {
                    "/iframe_api" => ("text/javascript", await ScriptAsync("youtube.js")),
                    "/spotify-player.js" => ("text/javascript", await ScriptAsync("spotify.js")),
                    "/embed/" => ("text/html", "<!doctype html><title>Stand-in</title><body style='margin:0;height:100vh;background:linear-gradient(135deg,#24324f,#8a3b52)'>"),
                    "/oembed" => ("application/json", Described(context.Request.QueryString["url"] ?? "")),
                    _ => ("text/plain", ""),
                };
                response.StatusCode = body.Length > 0 ? 200 : path == "/oembed" ? 503 : 404;
                response.ContentType = type;
                await response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(body));
            }
            catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
            {
                // Over, or somebody has gone away.
            }
        }
    }

    // Nothing of "undescribed": its words must come from a device.
    private static string Described(string url) =>
        url.Contains("undescribed", StringComparison.Ordinal) ? "" : JsonSerializer.Serialize(new { title = "As the service says", author_name = "The Stand-in" });

    private static Task<string> ScriptAsync(string name) => File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Services", name));
}
