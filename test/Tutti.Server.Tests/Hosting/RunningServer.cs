using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Tutti.Server.Hosting;
using Tutti.Server.Library;

namespace Tutti.Server.Tests.Hosting;

/// <summary>The real app on a real socket of this machine, with a music folder of three short tones and a data folder of its own.</summary>
public sealed class RunningServer : IAsyncLifetime
{
    // A PNG of 5 × 5 red pixels.
    private const string RedDot =
        "iVBORw0KGgoAAAANSUhEUgAAAAUAAAAFCAYAAACNbyblAAAAHElEQVQI12P4//8/w38GIAXDIBKE0DHxgljNBAAO9TXL0Y4OHwAAAABJRU5ErkJggg==";

    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);
    private readonly string _folder = Directory.CreateTempSubdirectory("tutti-test").FullName;
    private readonly string[] _settings;
    private WebApplication? _app;

    public RunningServer()
        : this([])
    {
    }

    internal RunningServer(params string[] settings) => _settings = settings;

    public HttpClient Http { get; private set; } = null!;

    public Uri Url => Http.BaseAddress!;

    public IServiceProvider Services => _app!.Services;

    public string MusicFolder => Path.Combine(_folder, "music");

    /// <summary>The file of the first track; a cover lies beside it.</summary>
    public string FirstFile => Path.Combine(MusicFolder, "A", "01 - First.wav");

    public string WebRoot => Path.Combine(_folder, "web");

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(FirstFile)!);
        Directory.CreateDirectory(Path.Combine(MusicFolder, "B"));
        await File.WriteAllBytesAsync(Path.Combine(MusicFolder, "A", "cover.png"), Convert.FromBase64String(RedDot), TestContext.Current.CancellationToken);
        foreach (var (name, seconds) in new[] { ("A/01 - First.wav", 3), ("B/02 - Second.wav", 3), ("B/03 - Third.wav", 90) })
        {
            await File.WriteAllBytesAsync(Path.Combine(MusicFolder, name), Tone(seconds), TestContext.Current.CancellationToken);
        }

        await File.WriteAllTextAsync(Path.Combine(MusicFolder, "broken.mp3"), "this is no sound", TestContext.Current.CancellationToken);
        WriteWebApp();
        string[] arguments = ["--host", "127.0.0.1", "--port", "0", "--music", MusicFolder, "--data", Path.Combine(_folder, "data"),
            $"--Tutti:Http:WebRoot={WebRoot}", "--Logging:LogLevel:Default=Warning", "--Tutti:Media:WarmUp=false", "--Tutti:Media:LevelAfterSeconds=0", .. _settings];
        _app = Program.Build(CommandLine.Read(arguments, _ => null));
        await _app.StartAsync(TestContext.Current.CancellationToken);
        Http = new HttpClient { BaseAddress = new Uri(_app.Urls.First()) };
    }

    /// <summary>A client with cookies of its own.</summary>
    public HttpClient NewClient(params (string Name, string Value)[] headers)
    {
        var client = new HttpClient { BaseAddress = Url };
        foreach (var (name, value) in headers)
        {
            client.DefaultRequestHeaders.TryAddWithoutValidation(name, value);
        }

        return client;
    }

    /// <summary>The tracks, in the order of their titles, once the first scan has ended.</summary>
    public async Task<JsonArray> TracksAsync()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(s_limit);
        await Services.GetRequiredService<MusicLibrary>().NextVersionAsync(seen: 0, limit.Token);
        return (await Http.GetFromJsonAsync<JsonObject>("/api/tracks", limit.Token))!["tracks"]!.AsArray();
    }

    public async Task<string> TrackIdAsync(int index) => (await TracksAsync())[index]!["id"]!.GetValue<string>();

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (_app is not null)
        {
            await _app.StopAsync(CancellationToken.None);
            await _app.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private void WriteWebApp()
    {
        Directory.CreateDirectory(Path.Combine(WebRoot, "assets"));
        File.WriteAllText(Path.Combine(WebRoot, "index.html"), "<!doctype html><title>Tutti</title>");
        File.WriteAllText(Path.Combine(WebRoot, "assets", "app-1a2b3c.js"), "plain");
        File.WriteAllText(Path.Combine(WebRoot, "assets", "app-1a2b3c.js.br"), "brotli");
        File.WriteAllText(Path.Combine(WebRoot, "assets", "app-1a2b3c.js.gz"), "gzip");
    }

    // A RIFF file of 16-bit mono at 8 kHz: the smallest thing that any decoder reads.
    private static byte[] Tone(int seconds)
    {
        const int Rate = 8_000;
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream, Encoding.ASCII);
        var bytes = seconds * Rate * 2;
        // Artist and genre, as RIFF keeps them; the title comes from the file's name.
        var info = "LIST\u001c\0\0\0INFOIART\u0004\0\0\0AnnaIGNR\u0004\0\0\0Test"u8;
        writer.Write("RIFF"u8);
        writer.Write(36 + info.Length + bytes);
        writer.Write("WAVEfmt "u8);
        writer.Write(16);
        writer.Write((short)1);
        writer.Write((short)1);
        writer.Write(Rate);
        writer.Write(Rate * 2);
        writer.Write((short)2);
        writer.Write((short)16);
        writer.Write(info);
        writer.Write("data"u8);
        writer.Write(bytes);
        for (var i = 0; i < bytes / 2; i++)
        {
            writer.Write((short)(8_000 * Math.Sin(i * 2 * Math.PI * 440 / Rate)));
        }

        return stream.ToArray();
    }
}
