using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Tutti.Server.Tests.Sources.Radio;

/// <summary>
/// A station of our own on loopback, as bare as one can be: to each connection it says its headers, gives what it is told to give, and holds the line
/// until it is told to drop it. It gives nothing by itself, so that no test depends on how fast it is.
/// </summary>
internal sealed class LocalStation : IDisposable
{
    /// <summary>Bytes of sound between two words.</summary>
    public const int Interval = 8_192;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentQueue<TcpClient> _connected = new();
    private readonly CancellationTokenSource _ending = new();
    private readonly byte[] _sound;
    private readonly string _type;
    private int _left;

    /// <param name="sound">What each connection gets at once.</param>
    public LocalStation(byte[] sound, string type = "audio/mpeg")
    {
        (_sound, _type) = (sound, type);
        _listener.Start();
        _ = AcceptAsync();
    }

    public string Url => $"{Root}live";

    /// <summary>Leads to the stream by a redirect.</summary>
    public string MovedUrl => $"{Root}moved";

    /// <summary>Leads to it, by the redirect, in a list of the other players' kind; its first address is dead.</summary>
    public string PlsUrl => $"{Root}listen.pls";

    /// <summary>Leads to it in a list without a type.</summary>
    public string M3uUrl => $"{Root}listen.m3u?id=1";

    /// <summary>A list of HLS.</summary>
    public string HlsUrl => $"{Root}hls.m3u8";

    /// <summary>A list that leads to itself.</summary>
    public string LoopUrl => $"{Root}loop.m3u";

    /// <summary>How its answers begin: SHOUTcast's are <c>ICY 200 OK</c>.</summary>
    public string StatusLine { get; init; } = "HTTP/1.0 200 OK";

    /// <summary>What is playing; said with the first word of each connection.</summary>
    public string Title { get; set; } = "";

    /// <summary>Whether it says that it is a station.</summary>
    public bool IsSilentAboutItself { get; init; }

    /// <summary>Refuses who comes from now on.</summary>
    public bool IsOff { get; set; }

    /// <summary>Times somebody has connected to the stream.</summary>
    public int Connections { get; private set; }

    /// <summary>Listeners that have gone, or were dropped.</summary>
    public int Left => _left;

    private string Root => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/";

    /// <summary>Drops everybody.</summary>
    public void Drop()
    {
        while (_connected.TryDequeue(out var client))
        {
            client.Dispose();
        }
    }

    public void Dispose()
    {
        _ending.Cancel();
        _listener.Stop();
        Drop();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_ending.Token);
                _connected.Enqueue(client);
                _ = AnswerAsync(client);
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        try
        {
            var stream = client.GetStream();
            var request = new StreamReader(stream, Encoding.ASCII);
            var asked = (await request.ReadLineAsync(_ending.Token) ?? "").Split(' ').ElementAtOrDefault(1);
            var wantsWords = false;
            while (await request.ReadLineAsync(_ending.Token) is { Length: > 0 } line)
            {
                wantsWords |= line.StartsWith("Icy-MetaData: 1", StringComparison.OrdinalIgnoreCase);
            }
            if (asked == "/live")
            {
                Connections++;
                await GiveAsync(stream, wantsWords && !IsSilentAboutItself);
                return;
            }
            await stream.WriteAsync(Encoding.ASCII.GetBytes(asked switch
            {
                "/moved" => $"HTTP/1.1 302 Found\r\nLocation: /live\r\nContent-Length: 0\r\n\r\n",
                "/listen.pls" => Page("audio/x-scpls", $"[playlist]\r\nNumberOfEntries=2\r\nFile1=http://127.0.0.1:1/gone\r\nTitle1=Dead\r\nFile2={MovedUrl}\r\nVersion=2\r\n"),
                "/listen.m3u?id=1" => Page("text/plain", "#EXTM3U\n#EXTINF:-1,Radio Local\n/live\n"),
                "/hls.m3u8" => Page("application/vnd.apple.mpegurl", "#EXTM3U\n#EXT-X-TARGETDURATION:6\n#EXTINF:6,\npiece1.ts\n"),
                "/loop.m3u" => Page("audio/x-mpegurl", "loop.m3u\n"),
                _ => "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n",
            }), _ending.Token);
            client.Dispose();
        }
        catch (Exception error) when (error is IOException or OperationCanceledException or ObjectDisposedException)
        {
            client.Dispose();
        }
    }

    private static string Page(string type, string text) => $"HTTP/1.1 200 OK\r\nContent-Type: {type}\r\nContent-Length: {text.Length}\r\n\r\n{text}";

    private async Task GiveAsync(NetworkStream stream, bool wantsWords)
    {
        if (IsOff)
        {
            await stream.WriteAsync("HTTP/1.0 503 Busy\r\n\r\n"u8.ToArray(), _ending.Token);
            await stream.DisposeAsync();
            return;
        }
        try
        {
            var says = IsSilentAboutItself ? "" : "icy-name: Radio Local\r\nicy-br: 128\r\n" + (wantsWords ? $"icy-metaint: {Interval}\r\n" : "");
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"{StatusLine}\r\nContent-Type: {_type}\r\n{says}\r\n"), _ending.Token);
            await stream.WriteAsync(wantsWords ? WithWords() : _sound, _ending.Token);

            // Listeners say nothing more; what comes is that they go.
            while (await stream.ReadAsync(new byte[1], _ending.Token) > 0)
            {
            }
        }
        finally
        {
            Interlocked.Increment(ref _left);
        }
    }

    private byte[] WithWords()
    {
        using var all = new MemoryStream();
        var title = Title;
        for (var at = 0; at < _sound.Length; at += Interval)
        {
            var run = _sound.AsSpan(at, Math.Min(Interval, _sound.Length - at));
            all.Write(run);
            if (run.Length == Interval)
            {
                var words = title.Length > 0 ? Encoding.UTF8.GetBytes($"StreamTitle='{title}';StreamUrl='';") : [];
                title = "";
                all.WriteByte((byte)((words.Length + 15) / 16));
                all.Write(words);
                all.Write(new byte[(16 - (words.Length % 16)) % 16]);
            }
        }
        return all.ToArray();
    }
}
