using Microsoft.Extensions.DependencyInjection.Extensions;
using Tutti.Server.Media.Levels;

namespace Tutti.Server.Media;

/// <summary>Wires media.</summary>
public static class MediaServices
{
    public static IServiceCollection AddTuttiMedia(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<SegmentCache>();
        services.AddSingleton<MediaService>();
        services.AddSingleton<OpusTier>();
        services.AddSingleton<SoundNews>();
        services.AddSingleton<LevelDesk>();
        services.AddSingleton<AwaitedLevels>();
        services.AddHostedService<LevelWorker>();
        services.AddSingleton<LibraryTrackSource>();
        services.AddHostedService<WarmUp>();
        return services;
    }
}
