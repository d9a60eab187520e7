using System.Net.WebSockets;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Tutti.Protocol;
using Tutti.Server.Realtime;
using Tutti.Server.Tests.Rooms;
using Tutti.Timing;

namespace Tutti.Server.Tests.Realtime;

/// <summary>The writer against a socket whose sends the test holds back.</summary>
public sealed class SocketSenderTests : IDisposable
{
    private readonly ManualTimeProvider _time = new();
    private readonly HeldSocket _socket = new();
    private readonly SocketSender _sender;

    public SocketSenderTests() =>
        _sender = new SocketSender(_socket, new ServerClock(_time), _time, new SyncSettings(500, 1_000, 8, 0.03, 2, 50), NullLogger.Instance);

    public void Dispose()
    {
        _sender.Dispose();
        _socket.Dispose();
    }

    [Fact]
    public void A_probe_is_answered_ahead_of_a_large_broadcast_that_waits()
    {
        _sender.Enqueue(Encoding.UTF8.GetBytes("first"));
        var large = House.Seal.Seal(Stage.Empty().Did(Stage.Add([.. Enumerable.Repeat("t1", 1_000)])).State);
        _sender.OfferState(large);
        _sender.ReplyToProbe(new ProbeReply(9, 8, new ServerMicros(7)));
        _socket.Release();
        Assert.StartsWith("""{"type":"probeReply","id":9""", _socket.Sent[1], StringComparison.Ordinal);
        _socket.Release();
        Assert.True(_socket.Sent[2].Length > 100_000, "then the broadcast");
    }

    [Fact]
    public void The_reply_is_stamped_when_it_is_sent()
    {
        _sender.Enqueue(Encoding.UTF8.GetBytes("first"));
        var t1 = new ServerClock(_time).Now;
        _sender.ReplyToProbe(new ProbeReply(9, 8, t1));
        _time.Advance(TimeSpan.FromMilliseconds(3));
        _socket.Release();
        Assert.EndsWith($"\"t1\":{t1.Value},\"t2\":{t1.Value + 3_000}}}", _socket.Sent[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_device_that_does_not_read_is_closed_with_4002_and_cut_off_when_even_that_does_not_go_out()
    {
        for (var i = 0; i < Outbox.LineCapacity + 2; i++)
        {
            _sender.Enqueue(Encoding.UTF8.GetBytes("notice"));
        }

        Assert.True(_sender.IsClosing);
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.True(_socket.WasAborted);
        _socket.Release();
        Assert.Equal(SocketSender.SlowStatus, (int?)_socket.CloseStatus);
    }

    /// <summary>Each send ends when the test lets it.</summary>
    private sealed class HeldSocket : WebSocket
    {
        private TaskCompletionSource? _held;
        private WebSocketCloseStatus? _closeStatus;

        public List<string> Sent { get; } = [];

        public bool WasAborted { get; private set; }

        public override WebSocketCloseStatus? CloseStatus => _closeStatus;

        public override string? CloseStatusDescription => null;

        public override WebSocketState State => WebSocketState.Open;

        public override string? SubProtocol => null;

        public void Release() => Interlocked.Exchange(ref _held, null)?.SetResult();

        public override void Abort() => WasAborted = true;

        public override Task CloseAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken) =>
            CloseOutputAsync(closeStatus, statusDescription, cancellationToken);

        public override Task CloseOutputAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken)
        {
            _closeStatus = closeStatus;
            return Task.CompletedTask;
        }

        public override void Dispose()
        {
        }

        public override Task<WebSocketReceiveResult> ReceiveAsync(ArraySegment<byte> buffer, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public override Task SendAsync(ArraySegment<byte> buffer, WebSocketMessageType messageType, bool endOfMessage, CancellationToken cancellationToken)
        {
            Assert.Null(_held);
            Sent.Add(Encoding.UTF8.GetString(buffer));
            _held = new TaskCompletionSource();
            return _held.Task;
        }
    }
}
