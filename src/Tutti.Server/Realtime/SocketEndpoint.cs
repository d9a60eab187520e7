using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Tutti.Protocol;
using Tutti.Server.Access;
using Tutti.Server.Access.Door;
using Tutti.Server.Rooms;
using Tutti.Timing;

namespace Tutti.Server.Realtime;

/// <summary>Takes sockets in at <c>/ws</c> and closes them cleanly when the server stops.</summary>
internal sealed class SocketEndpoint : IDisposable
{
    private readonly ConcurrentDictionary<SocketSender, byte> _open = new();
    private readonly ISocketDoor _door;
    private readonly IRoomDirectory _rooms;
    private readonly IServerClock _clock;
    private readonly TimeProvider _time;
    private readonly SyncSettings _settings;
    private readonly ILogger _logger;
    private readonly CancellationTokenRegistration _stopping;

    public SocketEndpoint(
        ISocketDoor door,
        IRoomDirectory rooms,
        IServerClock clock,
        TimeProvider time,
        IOptions<SyncOptions> options,
        IHostApplicationLifetime lifetime,
        ILogger<SocketEndpoint> logger)
    {
        (_door, _rooms, _clock, _time, _logger) = (door, rooms, clock, time, logger);
        var sync = options.Value;
        _settings = new SyncSettings(
            sync.ProbeIntervalMs, sync.ReportIntervalMs, sync.BufferSeconds, sync.DriftToleranceMs, sync.SpliceThresholdMs, sync.RecueThresholdMs);
        _stopping = lifetime.ApplicationStopping.Register(CloseAll);
    }

    public async Task AcceptAsync(HttpContext context)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            context.Response.StatusCode = StatusCodes.Status426UpgradeRequired;
            context.Response.Headers.Upgrade = "websocket";
            return;
        }

        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        using var sender = new SocketSender(socket, _clock, _time, _settings, _logger);
        _open.TryAdd(sender, 0);
        try
        {
            if (_stopping.Token.IsCancellationRequested)
            {
                CloseForShutdown(sender);
            }

            await new SocketSession(socket, sender, context.CredentialIn, _door, _rooms, _clock, _time, _logger).RunAsync(context.RequestAborted);
        }
        finally
        {
            _open.TryRemove(sender, out _);
        }
    }

    public void Dispose() => _stopping.Dispose();

    private void CloseAll()
    {
        foreach (var sender in _open.Keys)
        {
            CloseForShutdown(sender);
        }
    }

    private static void CloseForShutdown(SocketSender sender)
    {
        var error = ErrorMessage.Of(ErrorCode.ShuttingDown, "The server is shutting down.");
        sender.Enqueue(JsonSerializer.SerializeToUtf8Bytes(error, ProtocolJson.Wire.ErrorMessage));
        sender.Close(ErrorCode.ShuttingDown.CloseStatus()!.Value, ErrorCode.ShuttingDown.Name(), atOnce: false);
    }
}
