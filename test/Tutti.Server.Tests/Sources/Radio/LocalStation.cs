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

    /// <param name="sound">What each connection gets at once.</param>
    public LocalStation(byte[] sound, string type = "audio/mpeg")
    {
        (_sound, _type) = (sound, type);
        _listener.Start();
        _ = AcceptAsync();
    }

    public string Url => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/live";

    /// <summary>What is playing; said with the first word of each connection.</summary>
    public string Title { get; set; } = "";

    /// <summary>Whether it says that it is a station.</summary>
    public bool IsSilentAboutItself { get; init; }

    /// <summary>Refuses who comes from now on.</summary>
    public bool IsOff { get; set; }

    /// <summary>Times somebody has connected.</summary>
    public int Connections { get; private set; }

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
                Connections++;
                _connected.Enqueue(client);
                _ = GiveAsync(client);
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task GiveAsync(TcpClient client)
    {
        try
        {
            var stream = client.GetStream();
            var request = new StreamReader(stream, Encoding.ASCII);
            var wantsWords = false;
            while (await request.ReadLineAsync(_ending.Token) is { Length: > 0 } line)
            {
                wantsWords |= line.StartsWith("Icy-MetaData: 1", StringComparison.OrdinalIgnoreCase);
            }
            if (IsOff)
            {
                await stream.WriteAsync("HTTP/1.0 503 Busy\r\n\r\n"u8.ToArray(), _ending.Token);
                client.Dispose();
                return;
            }
            wantsWords &= !IsSilentAboutItself;
            var says = IsSilentAboutItself ? "" : "icy-name: Radio Local\r\nicy-br: 128\r\n" + (wantsWords ? $"icy-metaint: {Interval}\r\n" : "");
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.0 200 OK\r\nContent-Type: {_type}\r\n{says}\r\n"), _ending.Token);
            var all = wantsWords ? WithWords() : _sound;
            await stream.WriteAsync(all, _ending.Token);
        }
        catch (Exception error) when (error is IOException or OperationCanceledException or ObjectDisposedException)
        {
            client.Dispose();
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
