using Tutti.Server.Rooms;
using Tutti.Server.Sources.Embedded;
using Tutti.Server.Sources.Radio;

namespace Tutti.Server.Sources;

/// <summary>Wires what can be played beside the library.</summary>
public static class SourceServices
{
    public static IServiceCollection AddTuttiSources(this IServiceCollection services)
    {
        services.AddSingleton<LinkFetcher>();
        services.AddSingleton<LinkTracks>();
        services.AddSingleton<RadioStations>();
        services.AddSingleton<SoundSegments>();
        services.AddSingleton<ServiceWords>();
        services.AddSingleton<EmbeddedTracks>();
        services.AddSingleton<ITrackSource, TrackSources>();
        return services;
    }
}
