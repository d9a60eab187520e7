using System.Net;
using System.Net.Sockets;
using System.Text;
using Tutti.SoundLab.Machine;

namespace Tutti.SoundLab.Players;

/// <summary>
/// A station of internet radio on this machine: to each listener it sends a file of sound from its begin on, as fast as it sounds, after the burst
/// that stations give so that listeners can begin at once.
/// </summary>
internal sealed class LoopbackStation : IAsyncDisposable
{
    private static readonly TimeSpan s_step = TimeSpan.FromMilliseconds(100);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ending = new();
    private readonly byte[] _sound;
    private readonly TimeSpan _length;
    private readonly TimeSpan _burst;
    private readonly Task _accepting;

    /// <param name="sound">A FLAC file, of about as many bytes in each of its seconds.</param>
    /// <param name="length">What it lasts.</param>
    /// <param name="burst">How much of it comes at once.</param>
    public LoopbackStation(byte[] sound, TimeSpan length, TimeSpan burst)
    {
        (_sound, _length, _burst) = (sound, length, burst);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public string Url => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/live";

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        _listener.Stop();
        await _accepting;
        _ending.Dispose();
    }

    private async Task AcceptAsync()
    {
        List<Task> listeners = [];
        try
        {
            while (true)
            {
                listeners.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_ending.Token)));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(listeners);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var held = client;
        try
        {
            var stream = client.GetStream();
            StreamReader request = new(stream, Encoding.ASCII);
            while (await request.ReadLineAsync(_ending.Token) is { Length: > 0 })
            {
            }

            await stream.WriteAsync("HTTP/1.0 200 OK\r\nContent-Type: audio/flac\r\nicy-name: Lab noise\r\n\r\n"u8.ToArray(), _ending.Token);
            await SendAsync(stream);
        }
        catch (Exception error) when (error is IOException or OperationCanceledException)
        {
            // The listener has gone, or the case is over.
        }
    }

    private async Task SendAsync(NetworkStream stream)
    {
        var since = Libc.MonotonicNanos();
        using PeriodicTimer timer = new(s_step);
        for (var sent = 0; sent < _sound.Length;)
        {
            var seconds = _burst.TotalSeconds + ((Libc.MonotonicNanos() - since) / 1e9);
            var due = (int)(_sound.Length * Math.Min(1, seconds / _length.TotalSeconds));
            await stream.WriteAsync(_sound.AsMemory(sent, due - sent), _ending.Token);
            sent = due;
            await timer.WaitForNextTickAsync(_ending.Token);
        }
    }
}
