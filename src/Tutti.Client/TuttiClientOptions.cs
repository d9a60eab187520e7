using Tutti.Client.Sockets;

namespace Tutti.Client;

/// <summary>How a <see cref="TuttiClient"/> reaches its server, and what stands in for the world in tests.</summary>
public sealed record TuttiClientOptions
{
    /// <summary>Bearer token for REST and the socket; null: as nobody in particular.</summary>
    public string? Token { get; init; }

    /// <summary>How long one REST call may take.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Sends REST calls; null: a handler of its own. A handler that is given is not disposed.</summary>
    public HttpMessageHandler? Handler { get; init; }

    /// <summary>Opens sockets; null: <see cref="System.Net.WebSockets.ClientWebSocket"/>.</summary>
    public ConnectSocket? ConnectSocket { get; init; }

    /// <summary>The only clock that is read, and the only source of timers.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Uniform in [0, 1), for the jitter of reconnecting.</summary>
    public Func<double> Random { get; init; } = System.Random.Shared.NextDouble;
}
