using System.Net.WebSockets;
using System.Text.Json;

namespace Tutti.Server.Tests.Realtime;

/// <summary>A device on a real server that says its sound is on, and then listens until it is put away.</summary>
internal sealed class SpeakingDevice : IAsyncDisposable
{
    private readonly ClientWebSocket _socket;
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _listening;

    private SpeakingDevice(ClientWebSocket socket)
    {
        _socket = socket;
        _listening = ListenAsync();
    }

    public static async Task<SpeakingDevice> JoinAsync(Uri server, string deviceId, string room = "HOME")
    {
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(new UriBuilder(server) { Scheme = "ws", Path = "/ws" }.Uri, TestContext.Current.CancellationToken);
        var said = new TestSocket(socket);
        await said.SendAsync(TestSocket.Hello(deviceId, room));
        await said.ReceiveAsync("snapshot");
        await said.SendAsync(
            """{"type":"report","output":"on","syncErrorMs":null,"bufferMs":0,"rttMs":1,"rttJitterMs":0,"offsetMicros":0,"offsetErrorMicros":0,"outputLatencyMs":1,"ratePpm":0,"dropouts":0}""");
        while (!Shows(await said.ReceiveAsync("devices"), deviceId))
        {
        }

        return new SpeakingDevice(socket);
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _listening.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _socket.Dispose();
        _ending.Dispose();
    }

    private static bool Shows(JsonElement devices, string deviceId) => devices.GetProperty("devices").EnumerateArray().Any(device =>
        device.GetProperty("id").GetString() == deviceId && device.GetProperty("report") is { ValueKind: JsonValueKind.Object } report
        && report.GetProperty("output").GetString() == "on");

    // Whoever does not listen does not answer pings either.
    private async Task ListenAsync()
    {
        var buffer = new byte[16_384];
        while (_socket.State == WebSocketState.Open)
        {
            await _socket.ReceiveAsync(buffer, _ending.Token);
        }
    }
}
