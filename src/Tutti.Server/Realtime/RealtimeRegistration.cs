using Tutti.Server.Access.Door;

namespace Tutti.Server.Realtime;

/// <summary>Wiring of this folder.</summary>
public static class RealtimeRegistration
{
    // Pings find connections that died without a word; the answer is waited for as long again.
    private static readonly TimeSpan s_pingInterval = TimeSpan.FromSeconds(15);

    public static IServiceCollection AddTuttiRealtime(this IServiceCollection services) => services.AddSingleton<SocketEndpoint>();

    /// <summary>Maps the device socket at <c>/ws</c> (docs/protocol.md).</summary>
    public static IEndpointConventionBuilder MapTuttiSocket(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var socket = endpoints.CreateApplicationBuilder();
        socket.UseWebSockets(new WebSocketOptions { KeepAliveInterval = s_pingInterval, KeepAliveTimeout = s_pingInterval });
        socket.Run(context => context.RequestServices.GetRequiredService<SocketEndpoint>().AcceptAsync(context));
        return endpoints.Map("/ws", socket.Build()).Needs(Need.Nobody).ExcludeFromDescription();
    }
}
