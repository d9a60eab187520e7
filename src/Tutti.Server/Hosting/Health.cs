using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Tutti.Protocol;
using Tutti.Server.Rooms;

namespace Tutti.Server.Hosting;

/// <summary><c>/health/live</c>: the process answers. <c>/health/ready</c>: it can do its work.</summary>
public static class Health
{
    private const string Ready = "ready";

    public static IServiceCollection AddTuttiHealth(this IServiceCollection services)
    {
        services.AddHealthChecks().AddCheck<HomeIsOpen>("rooms", tags: [Ready]);
        return services;
    }

    public static void MapTuttiHealth(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = static _ => false });
        endpoints.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = static check => check.Tags.Contains(Ready) });
    }

    /// <summary>Opening Home takes the directory and, the first time, the database.</summary>
    private sealed class HomeIsOpen(IRoomDirectory rooms) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken) =>
            await rooms.OpenAsync(RoomCodes.Home, cancellationToken) is RoomLookup.Found
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Unhealthy("Home cannot be opened.");
    }
}
