using System.Reflection;
using Tutti.Protocol;
using Tutti.Protocol.Rest;
using Tutti.Timing;

namespace Tutti.Server.Api;

/// <summary>Where the server is reached. Hosting knows.</summary>
public interface IServerAddresses
{
    /// <summary>URLs for other devices in the network, the likeliest first.</summary>
    IReadOnlyList<string> Lan { get; }
}

/// <summary>The server itself.</summary>
internal static class ServerEndpoints
{
    public static string Version { get; } =
        typeof(ServerEndpoints).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";

    public static void MapServer(this RouteGroupBuilder api)
    {
        var startMicros = ((IEndpointRouteBuilder)api).ServiceProvider.GetRequiredService<IServerClock>().Now;
        api.MapGet("/server", (IServerAddresses addresses, IServerClock clock) =>
            {
                var now = clock.Now;
                return TypedResults.Ok(new ServerDetail(
                    "Tutti", Version, ProtocolLimits.ProtocolVersion, addresses.Lan, Fields.Seconds(now - startMicros), now));
            })
            .WithTags("Server").WithSummary("Name, version, addresses in the network, and for how long it has run");
    }
}
