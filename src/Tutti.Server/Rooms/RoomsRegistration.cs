using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Tutti.Timing;

namespace Tutti.Server.Rooms;

/// <summary>Wiring of this folder.</summary>
public static class RoomsRegistration
{
    /// <summary>
    /// Adds rooms. Hosting provides what they stand on: <see cref="SyncOptions"/>, <see cref="HandoverKey"/>, <see cref="ITrackSource"/>,
    /// <see cref="IRoomStore"/>, <see cref="IDeviceStore"/>. The store must be usable when hosted services start.
    /// </summary>
    public static IServiceCollection AddTuttiRooms(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IServerClock, ServerClock>();
        services.AddSingleton<StateSeal>();
        services.AddSingleton<PersonalRooms>();
        services.AddSingleton<DeviceShelf>();
        services.AddSingleton<RoomServices>();
        services.AddSingleton<RoomDirectory>();
        services.AddSingleton<Departures>();
        services.AddSingleton<IRoomDirectory>(provider => provider.GetRequiredService<RoomDirectory>());
        services.AddHostedService<RoomsLifetime>();
        return services;
    }
}
