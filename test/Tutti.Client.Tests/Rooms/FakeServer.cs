using System.Collections.Immutable;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Tutti.Client.Rooms;
using Tutti.Protocol;
using Tutti.Server.Tests.Rooms;
using Tutti.Timing;

namespace Tutti.Client.Tests.Rooms;

/// <summary>A server that the test plays by hand, and time that the test moves.</summary>
internal sealed class FakeServer
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(20);
    private readonly Channel<FakeSocket> _opened = Channel.CreateUnbounded<FakeSocket>();

    public ManualTimeProvider Time { get; } = new();

    /// <summary>What an attempt to connect throws; null: it succeeds.</summary>
    public Exception? Refusal { get; set; }

    public int Attempts { get; private set; }

    /// <summary>Uniform in [0, 1): the jitter of this test.</summary>
    public double Chance { get; set; }

    public static RoomState Empty { get; } = new(
        new RoomIdentity("HOME", "Home"), "e1", 1, PlaybackStatus.Stopped, Timeline.Nothing(new ServerMicros(0)), null, 80, null, []);

    public Task<RoomConnection> JoinAsync(RoomConnectionOptions? options = null)
    {
        var client = new TuttiClient(new Uri("http://server.test"), new TuttiClientOptions { ConnectSocket = ConnectAsync, Time = Time, Random = () => Chance });
        options ??= new RoomConnectionOptions { Device = new DeviceIdentity("device-a", "Desk", DeviceKind.Control) };
        return client.JoinAsync("HOME", options, TestContext.Current.CancellationToken);
    }

    /// <summary>A connection that has got its snapshot.</summary>
    public async Task<(RoomConnection Connection, FakeSocket Socket)> JoinedAsync(RoomConnectionOptions? options = null)
    {
        var joining = JoinAsync(options);
        var socket = await AcceptAsync();
        await SentAsync<ClientMessage.Hello>(socket);
        socket.Give(Snapshot(Empty));
        return (await joining.WaitAsync(s_limit), socket);
    }

    /// <summary>The next socket that the client opens.</summary>
    public Task<FakeSocket> AcceptAsync() => Within(_opened.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask(), "a connection");

    /// <summary>The next message of this kind that the client sends; others are passed over.</summary>
    public static async Task<TMessage> SentAsync<TMessage>(FakeSocket socket)
        where TMessage : ClientMessage
    {
        while (true)
        {
            var frame = await Within(socket.Sent.ReadAsync(TestContext.Current.CancellationToken).AsTask(), typeof(TMessage).Name);
            if (Assert.IsType<ClientFrame.Valid>(ClientFrames.Read(frame)).Message is TMessage message)
            {
                return message;
            }
        }
    }

    /// <summary>Moves time on in small steps until something is so.</summary>
    public async Task AdvanceUntilAsync(Func<bool> isSo, string what, int stepMs = 10)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (!isSo())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(start) < s_limit, $"Waited {s_limit.TotalSeconds} s for {what}.");
            Time.Advance(TimeSpan.FromMilliseconds(stepMs));
            await Task.Yield();
        }
    }

    public static byte[] Snapshot(RoomState state, params DeviceInfo[] devices) => StateFrames.Snapshot(
        "device-a", new ServerMicros(0), new SyncSettings(500, 1_000, 8, 0.03, 2, 50), Json(state), "seal", [.. devices]).ToArray();

    public static byte[] State(RoomState state) => StateFrames.State(Json(state), "seal").ToArray();

    public static byte[] Frame(ServerMessage message) => JsonSerializer.SerializeToUtf8Bytes(message, message.GetType(), ProtocolJson.Wire);

    public static DeviceInfo Device(string id) => new(
        id, id, DeviceKind.Browser, true, new ServerMicros(1), null, null, 100, false, 0, new SoundSwitch(true, new ServerMicros(1)), null);

    /// <summary>Awaits what must come; says what it waited for when it did not.</summary>
    public static async Task<T> Within<T>(Task<T> task, string what)
    {
        try
        {
            return await task.WaitAsync(s_limit, TestContext.Current.CancellationToken);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"Waited {s_limit.TotalSeconds} s for {what}.");
        }
    }

    private static byte[] Json(RoomState state) => JsonSerializer.SerializeToUtf8Bytes(state, ProtocolJson.Wire.RoomState);

    private Task<WebSocket> ConnectAsync(Uri address, string? token, CancellationToken ct)
    {
        Assert.Equal("ws://server.test/ws", address.ToString());
        Attempts++;
        if (Refusal is { } refusal)
        {
            return Task.FromException<WebSocket>(refusal);
        }

        var socket = new FakeSocket();
        _opened.Writer.TryWrite(socket);
        return Task.FromResult<WebSocket>(socket);
    }
}
