using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Tutti.Client;
using Tutti.Client.Rooms;
using Tutti.Protocol;
using Tutti.Server.Access;
using Tutti.Server.Access.Credentials;
using Tutti.Server.Access.Door;
using Tutti.Server.Realtime;
using Tutti.Server.Rooms;
using Tutti.Server.Tests.Rooms;
using Tutti.Timing;

namespace Tutti.Server.Tests.Realtime;

/// <summary>
/// A server on real sockets with nothing in it but rooms and the device socket; its time is the test's own. Not the in-memory test server:
/// that one has a WebSocket of its own, which checks less than the real one.
/// </summary>
internal sealed class SocketHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private SocketHost(WebApplication app, ManualTimeProvider time) => (_app, Time) = (app, time);

    public ManualTimeProvider Time { get; }

    public IServerClock Clock => _app.Services.GetRequiredService<IServerClock>();

    public IRoomDirectory Rooms => _app.Services.GetRequiredService<IRoomDirectory>();

    public static async Task<SocketHost> StartAsync(SyncOptions? options = null)
    {
        var time = new ManualTimeProvider();
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseKestrel().UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<TimeProvider>(time);
        builder.Services.AddSingleton(Options.Create(options ?? new SyncOptions()));
        builder.Services.AddSingleton(new HandoverKey(new byte[HandoverKey.Bytes]));
        builder.Services.AddSingleton<ITrackSource, FakeTracks>();
        builder.Services.AddSingleton<IRoomStore, FakeStore>();
        builder.Services.AddSingleton<IDeviceStore, FakeDeviceStore>();
        builder.Services.AddSingleton<ISocketDoor, OpenDoor>();
        builder.Services.AddTuttiRooms().AddTuttiRealtime();
        var app = builder.Build();
        app.MapTuttiSocket();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new SocketHost(app, time);
    }

    /// <summary>A device that behaves as one.</summary>
    public async Task<RoomConnection> EnterAsync(string deviceId, string room = "HOME")
    {
        using var client = new TuttiClient(new Uri(_app.Urls.Single()));
        var options = new RoomConnectionOptions { Device = new DeviceIdentity(deviceId, deviceId, DeviceKind.Browser) };
        return await client.JoinAsync(room, options, TestContext.Current.CancellationToken);
    }

    /// <summary>A bare socket, for what no device would say.</summary>
    public async Task<TestSocket> ConnectAsync()
    {
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri(_app.Urls.Single().Replace("http:", "ws:", StringComparison.Ordinal) + "/ws"), TestContext.Current.CancellationToken);
        return new TestSocket(socket);
    }

    public async Task<TestSocket> JoinAsync(string deviceId, string room = "HOME")
    {
        var socket = await ConnectAsync();
        await socket.SendAsync(TestSocket.Hello(deviceId, room));
        await socket.ReceiveAsync("snapshot");
        return socket;
    }

    public Task StopAsync() => _app.StopAsync(TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}

/// <summary>Lets everybody in.</summary>
internal sealed class OpenDoor : ISocketDoor
{
    public ValueTask<Admission> AdmitAsync(Credential? shown, string? token, string roomCode, CancellationToken ct) =>
        ValueTask.FromResult<Admission>(new Admission.Granted(Caller.Anonymous.Instance, null));

    public IDisposable Watch(Credential credential, Action<ErrorCode> onEnded) => throw new NotSupportedException("nobody has a credential here");
}

/// <summary>A device that says exactly what it is told to.</summary>
internal sealed class TestSocket(WebSocket socket) : IDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(20);

    public static string Hello(string deviceId, string room = "HOME", string? token = null) =>
        $$$"""{"type":"hello","protocol":1,"room":"{{{room}}}",{{{(token is null ? "" : $"\"token\":{JsonSerializer.Serialize(token)},")}}}"device":{"id":"{{{deviceId}}}","name":"{{{deviceId}}}","kind":"browser"}}""";

    public Task SendAsync(string text) => SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text);

    public Task SendAsync(byte[] bytes, WebSocketMessageType type) => socket.SendAsync(bytes, type, true, TestContext.Current.CancellationToken);

    /// <summary>The next frame of this type; others are passed over. Null type: any frame.</summary>
    public async Task<JsonElement> ReceiveAsync(string? type = null)
    {
        while (await NextAsync($"a frame {type}") is { } frame)
        {
            if (type is null || frame.GetProperty("type").GetString() == type)
            {
                return frame;
            }
        }

        throw new InvalidOperationException($"The server closed ({socket.CloseStatus} {socket.CloseStatusDescription}) before a frame {type} came.");
    }

    /// <summary>Reads to the end of the connection.</summary>
    /// <returns>Close status and the number of the last error.</returns>
    public async Task<(int Status, int? Error)> ReceiveCloseAsync()
    {
        int? error = null;
        while (await NextAsync("the close") is { } frame)
        {
            error = frame.GetProperty("type").GetString() == "error" ? frame.GetProperty("code").GetInt32() : error;
        }

        return ((int)socket.CloseStatus!.Value, error);
    }

    public void Dispose() => socket.Dispose();

    private async Task<JsonElement?> NextAsync(string what)
    {
        using var message = new MemoryStream();
        var buffer = new byte[16_384];
        while (true)
        {
            WebSocketReceiveResult result;
            try
            {
                result = await socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken).WaitAsync(s_limit);
            }
            catch (TimeoutException)
            {
                throw new TimeoutException($"Waited {s_limit.TotalSeconds} s for {what}.");
            }

            if (result.MessageType == WebSocketMessageType.Close)
            {
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, TestContext.Current.CancellationToken);
                return null;
            }

            message.Write(buffer, 0, result.Count);
            if (result.EndOfMessage)
            {
                return JsonDocument.Parse(message.ToArray()).RootElement;
            }
        }
    }
}
